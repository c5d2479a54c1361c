"""Who may read the views, on PostgreSQL: roles, granted, and granted again after a migration.

Migrations drop the views and make them anew, and a view takes its grants with it. They are read
before and given again afterwards, in the same transaction: PostgreSQL itself remembers them, and a
role that somebody granted one view has that one view again. Default privileges would not do: in
PostgreSQL they are the same for tables and views, and readers must have no table.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, inspect, text

from warehouse.engine import WarehouseError, is_sqlite
from warehouse.views import view_selects

ROLE = re.compile(r"(?!pg_)[a-z_][a-z0-9_]{0,62}")
_GRANTS = text(
    r"""
    SELECT c.relname, a.column_name,
           CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END,
           g.privilege_type, g.is_grantable
    FROM pg_class c
    JOIN LATERAL (
        SELECT '' AS column_name, c.relacl AS acl
        UNION ALL
        SELECT attname, attacl FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0
    ) a ON a.acl IS NOT NULL
    JOIN LATERAL aclexplode(a.acl) g ON g.grantee <> c.relowner
    WHERE c.relkind = 'v' AND c.relnamespace = current_schema()::regnamespace
      AND c.relname ~ '^csp_[a-z_]+_v[0-9]+$'
    ORDER BY 1, 2, 3, 4
    """
)


@dataclass(frozen=True)
class Grant:
    """One privilege on a view, or on one of its columns; `role` is written as SQL wants it."""

    view: str
    column: str
    role: str
    privilege: str
    may_pass_on: bool

    @property
    def statement(self) -> str:
        """The statement that gives it."""
        column = f' ("{self.column}")' if self.column else ""
        more = " WITH GRANT OPTION" if self.may_pass_on else ""
        return f"GRANT {self.privilege}{column} ON {self.view} TO {self.role}{more}"


@dataclass(frozen=True)
class Readers:
    """What `grant_readers` did: the role, whether it is new, and what else it can read already."""

    role: str
    is_new: bool
    views: int
    tables: tuple[str, ...]


def grants_of(conn: Connection) -> list[Grant]:
    """Return all that was granted on the views for readers; none on SQLite."""
    return [] if is_sqlite(conn) else [Grant(*row) for row in conn.execute(_GRANTS)]


def grant_again(conn: Connection, grants: Collection[Grant], views_before: Collection[str]) -> None:
    """Give grants again to views that were made anew.

    Who could read all views of before can read those that are new; who could read some, those.
    """
    if not grants:
        return
    there = {
        view: {column["name"] for column in inspect(conn).get_columns(view)}
        for view in view_selects()
    }
    for grant in grants:
        if grant.view in there and (not grant.column or grant.column in there[grant.view]):
            conn.exec_driver_sql(grant.statement)
    read = {(g.role, g.view) for g in grants if g.privilege == "SELECT" and not g.column}
    for role in {role for role, _ in read}:
        if all((role, view) in read for view in views_before):
            for view in there.keys() - set(views_before):
                conn.exec_driver_sql(Grant(view, "", role, "SELECT", False).statement)


def grant_readers(conn: Connection, role: str) -> Readers:
    """Let a role read the views and nothing else; it is made, without a login, where it is not.

    Raises `WarehouseError` on SQLite, which has no roles, and for a name that is none.
    """
    if is_sqlite(conn):
        raise WarehouseError(
            "SQLite has no roles: whoever may read the file of the warehouse, and write in its "
            "folder, can read all of it. Set their permissions, or give readers a copy."
        )
    if not ROLE.fullmatch(role) or role == "public":
        raise WarehouseError(
            f"'{role}' cannot be the name of a role for readers: use small letters, digits and _."
        )
    known = text("SELECT 1 FROM pg_roles WHERE rolname = :role")
    is_new = conn.execute(known, {"role": role}).first() is None
    if is_new:
        conn.exec_driver_sql(f"CREATE ROLE {role} NOLOGIN")
    quoted = conn.dialect.identifier_preparer.quote(role)
    schema = conn.dialect.identifier_preparer.quote(
        conn.exec_driver_sql("SELECT current_schema()").scalar_one()
    )
    conn.exec_driver_sql(f"GRANT USAGE ON SCHEMA {schema} TO {quoted}")
    conn.exec_driver_sql(f"GRANT SELECT ON {', '.join(view_selects())} TO {quoted}")
    return Readers(role, is_new, len(view_selects()), tables_read_by(conn, role))


def tables_read_by(conn: Connection, role: str) -> tuple[str, ...]:
    """Return the tables of the warehouse that a role can read, by whatever way."""
    found = conn.execute(
        text(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname IN :names "
            "AND relnamespace = current_schema()::regnamespace "
            "AND has_table_privilege(:role, oid, 'SELECT') ORDER BY 1"
        ).bindparams(bindparam("names", expanding=True)),
        {"role": role, "names": inspect(conn).get_table_names()},
    )
    return tuple(found.scalars())
