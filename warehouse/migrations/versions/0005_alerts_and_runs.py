"""Alerts are kept until they are sent, and every run is a row."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; of what came before nothing is told afterwards."""
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.String(length=20),
            nullable=False,
            comment="receive, quarter-end, year-end, watch.",
        ),
        sa.Column(
            "period_code",
            sa.String(length=10),
            nullable=False,
            comment="Quarter or year; '' if none.",
        ),
        sa.Column("host", sa.Text(), nullable=False, comment="Machine that it runs on."),
        sa.Column("started_at", sa.DateTime(), nullable=False, comment="UTC."),
        sa.Column(
            "ended_at", sa.DateTime(), nullable=True, comment="UTC; null: under way, or cut off."
        ),
        sa.Column(
            "state",
            sa.String(length=10),
            nullable=False,
            comment="running, done, held, failed, crashed.",
        ),
        sa.Column(
            "detail", sa.Text(), nullable=False, comment="What came of it; never a text of a file."
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        comment="One row a run of the pipeline, by schedule or by hand.",
    )
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_run_kind_period_code"), ["kind", "period_code"], unique=False
        )

    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="As in schemas.alerts."),
        sa.Column(
            "cause", sa.String(length=200), nullable=False, comment="What it is told once of."
        ),
        sa.Column("raised_at", sa.DateTime(), nullable=False, comment="UTC."),
        sa.Column("delivery_id", sa.Integer(), nullable=True, comment="Delivery that it is about."),
        sa.Column("release_id", sa.Integer(), nullable=True, comment="Release that it is about."),
        sa.Column(
            "source",
            sa.String(length=40),
            nullable=False,
            comment="Code of the source; '' if none.",
        ),
        sa.Column(
            "period_code",
            sa.String(length=10),
            nullable=False,
            comment="Quarter or year; '' if none.",
        ),
        sa.Column(
            "detail", sa.Text(), nullable=False, comment="In our words; never a text of a file."
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_alert_delivery_id")
        ),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_alert_release_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("cause", name=op.f("uq_alert_cause")),
        comment="One row a thing that a person must hear of, written with its cause.",
    )
    op.create_table(
        "alert_sending",
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column(
            "route",
            sa.String(length=20),
            nullable=False,
            comment="coordinator, security, or others.",
        ),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column(
            "claimed_until",
            sa.DateTime(),
            nullable=True,
            comment="UTC; a sender is at it until then.",
        ),
        sa.Column(
            "failure", sa.Text(), nullable=False, comment="Why the last try failed; '' if none did."
        ),
        sa.Column("sent_at", sa.DateTime(), nullable=True, comment="UTC; null: not sent yet."),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_sending_alert_id")),
        sa.PrimaryKeyConstraint("alert_id", "route", name=op.f("pk_alert_sending")),
        comment="One row a route by which an alert must go, and what became of it.",
    )


def downgrade() -> None:
    """Forget alerts and runs."""
    op.drop_table("alert_sending")
    op.drop_table("alert")
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_run_kind_period_code"))

    op.drop_table("run")
