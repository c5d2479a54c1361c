"""Imports go one way: schemas ← sources, schemas ← warehouse ← reports, and all ← flows.

The rules are those of the design; each test reports all offences at once.
"""

import ast
import fnmatch
from functools import cache
from pathlib import Path

import pytest

MAY_IMPORT = {
    "schemas": set(),
    "sources": {"schemas"},
    "warehouse": {"schemas"},
    "reports": {"schemas", "warehouse"},
    "flows": {"schemas", "sources", "warehouse", "reports"},
}
ONLY_IN = {
    "pandera": "schemas",
    "sqlalchemy": "warehouse",
    "alembic": "warehouse",
    "great_tables": "reports",
    "gptables": "reports",
    "pydyf": "reports",
    "weasyprint": "reports",
    "docx": "reports",
    "prefect": "flows",
}
FOLDERS = {*MAY_IMPORT, "deploy", "tests"}


@cache
def imported(code: str) -> list[tuple[int, str, bool]]:
    """Return line, module and whether the import is for type checkers alone."""
    tree = ast.parse(code)
    for_types = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name, id(node) in for_types) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append(
                (node.lineno, "." * node.level + (node.module or ""), id(node) in for_types)
            )
    return found


def wrong_way(package: str, code: str, place: str) -> list[str]:
    """Return what a module of a package imports that it should not know."""
    found = []
    for line, module, _ in imported(code):
        top = module.split(".")[0]
        if top in MAY_IMPORT and top not in MAY_IMPORT[package] | {package}:
            found.append(f"{place}:{line} imports {module}: {package} does not know {top}")
        if module.startswith("."):
            found.append(f"{place}:{line} imports by dots: name the package")
        if top in ("tests", "support"):
            found.append(f"{place}:{line} imports {module}: tests are not for use")
    return found


def away_from_home(package: str, code: str, place: str) -> list[str]:
    """Return which libraries a module imports that belong to another package.

    An import for type checkers alone is no use of a library.
    """
    return [
        f"{place}:{line} imports {module}: only {ONLY_IN[top]} does that"
        for line, module, for_types in imported(code)
        if (top := module.split(".")[0]) in ONLY_IN and ONLY_IN[top] != package and not for_types
    ]


def offences(package: str, code: str, place: str = "x.py") -> list[str]:
    return wrong_way(package, code, place) + away_from_home(package, code, place)


@pytest.fixture(scope="module")
def modules(root: Path) -> list[tuple[str, str, str]]:
    """Every module of ours: its package, its text and where it is."""
    return [
        (package, path.read_text("utf-8"), str(path.relative_to(root)))
        for package in MAY_IMPORT
        for path in sorted((root / package).rglob("*.py"))
    ]


def test_imports_go_one_way(modules: list[tuple[str, str, str]]):
    assert [offence for module in modules for offence in wrong_way(*module)] == []


@pytest.mark.parametrize("library", ONLY_IN)
def test_each_library_has_one_home(modules: list[tuple[str, str, str]], library: str):
    found = [offence for module in modules for offence in away_from_home(*module)]
    assert [offence for offence in found if f"imports {library}" in offence] == []


@pytest.mark.parametrize(
    ("package", "code"),
    [
        ("schemas", "import sources"),
        ("schemas", "def f():\n    from warehouse.load import x"),
        ("sources", "from warehouse import load"),
        ("sources", "import pandera.pandas as pa"),
        ("warehouse", "import sources.gate, schemas.check"),
        ("reports", "from sources.gate import Gate"),
        ("reports", "import sqlalchemy"),
        ("flows", "from great_tables import GT"),
        ("schemas", "from prefect import flow"),
        ("sources", "from .read import open_text"),
        ("flows", "from support.files import put"),
        ("sources", "if TYPE_CHECKING:\n    import flows"),
    ],
)
def test_an_offence_is_noticed(package: str, code: str):
    assert len(offences(package, code)) == 1


@pytest.mark.parametrize(
    ("package", "code"),
    [
        ("sources", "from schemas.period import Month\nimport sources.read"),
        ("reports", "from warehouse.read import x\nimport great_tables"),
        ("flows", "import schemas, sources, warehouse, reports, prefect"),
        ("flows", "if TYPE_CHECKING:\n    from sqlalchemy import Engine"),
        ("schemas", "import pandera.pandas as pa"),
    ],
)
def test_what_is_allowed_is_no_offence(package: str, code: str):
    assert offences(package, code) == []


def test_the_top_level_folders_are_those_of_the_design(root: Path):
    ignored = [
        line.strip("/\n")
        for line in (root / ".gitignore").read_text().splitlines()
        if line.endswith("/")
    ]
    there = {
        path.name
        for path in root.iterdir()
        if path.is_dir()
        and not path.name.startswith(".")
        and not any(fnmatch.fnmatch(path.name, pattern) for pattern in ignored)
    }
    assert there == FOLDERS


def test_every_package_says_what_it_is(root: Path):
    silent = [
        str(path.relative_to(root))
        for package in MAY_IMPORT
        for path in sorted((root / package).rglob("*.py"))
        if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]
    assert silent == []


# --- who may hold a partner's own lines -------------------------------------------------------

MAY_KNOW = {
    "sources.lines": {"flows/show_lines.py"},
    "flows.show_lines": {"flows/cli_trace.py"},
    "flows.cli_trace": {"flows/cli.py"},
}
"""Rows as a partner wrote them go one way: to the terminal of the data team."""
NOT_BESIDE_LINES = ("logging", "prefect", "rich", "tempfile", "warnings")


def test_the_lines_of_a_partner_are_known_to_the_terminal_alone(
    modules: list[tuple[str, str, str]],
):
    found = {
        module: {place for _, code, place in modules if module in names_imported(code)}
        for module in MAY_KNOW
    }
    assert found == MAY_KNOW


def names_imported(code: str) -> set[str]:
    """Return every module that is imported, whole or in part."""
    tree = ast.parse(code)
    parts = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return parts | {module for _, module, _ in imported(code)}


@pytest.mark.parametrize("path", ["sources/lines.py", "flows/show_lines.py"])
def test_what_holds_lines_can_write_nowhere_else(root: Path, path: str):
    code = (root / path).read_text("utf-8")
    assert [m for _, m, _ in imported(code) if m.split(".")[0] in NOT_BESIDE_LINES] == []
    calls = {ast.unparse(n.func) for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Call)}
    outlets = {call for call in calls if "write" in call or "print" in call or "echo" in call}
    assert outlets <= {"sys.stdout.write", "_write", "written", "sign.isprintable"}


def test_an_import_of_lines_is_noticed():
    assert "sources.lines" in names_imported("from sources import lines")
    assert "sources.lines" in names_imported("def f():\n    from sources.lines import written")
    assert "sources.lines" in names_imported("import sources.lines as x")
