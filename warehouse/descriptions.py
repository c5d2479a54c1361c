"""What readers are told of each view and column that no partner's record describes: data only.

The columns of a fact view are described in the record (`schemas/records/`); the two that every fact
has are here, and the views of figures in `descriptions_measures.py`. A view or a column without a
description fails a test. Where a column may be null, its sentence says what a null means.
"""

from collections.abc import Mapping

from schemas.alerts import TITLES
from schemas.dictionary import Column, Described
from schemas.rules import Response
from warehouse.descriptions_measures import DELIVERY, FIGURES, FIRST_OF_MONTH, SOURCE

# --- facts --------------------------------------------------------------------------------------

FACT_KEY = ("delivery_id", "source_row")
FACT_COLUMNS: Mapping[str, Column] = {
    "delivery_id": Column("Delivery that brought the row as it stands.", refers_to=DELIVERY),
    "source_row": Column("Number of the row in the partner's file, as a spreadsheet shows it."),
}
FACT_CAVEATS = (
    "Current rows only: a row that a later delivery replaced, or no longer has, is not here. A row "
    "that came again unchanged stays with the delivery that first brought it.",
    "A null says that the partner's cell was blank, or that the layout has no such column, unless "
    "the column says otherwise.",
)

# --- all views ----------------------------------------------------------------------------------

DESCRIBED: Mapping[str, Described] = {
    **FIGURES,
    "csp_delivery_v1": Described(
        row="A file that was received, accepted or rejected.",
        key=("id",),
        columns={
            "id": Column("Number of the delivery, in the order of receipt.", low=1),
            "source": Column(f"{SOURCE}; '' if it was not recognised."),
            "layout": Column("Layout that it was recognised by; '' if it was not."),
            "extent": Column(
                "Area that the file speaks for (GSS code), or the partner whose return it is (such "
                "as probation); '' if it is not known."
            ),
            "file_name": Column("Name of the file as it came."),
            "sha256": Column(
                "SHA-256 of its bytes, by which the archive keeps them.", pattern="^[0-9a-f]{64}$"
            ),
            "size_bytes": Column("Its size.", unit="bytes", low=0),
            "received_at": Column("When it was received (UTC)."),
            "status": Column(
                "Whether its accepted rows were loaded, or nothing of it.",
                values={"accepted": "loaded", "rejected": "refused as a whole"},
            ),
            "first_month": Column("First month that it covers; null if not known.", nullable=True),
            "last_month": Column("Last month that it covers; null if not known.", nullable=True),
            "rows_read": Column("Rows read: accepted and rejected ones.", unit="rows", low=0),
            "rows_accepted": Column("Rows that every rule accepted.", unit="rows", low=0),
            "rows_rejected": Column("Rows that a rule rejected.", unit="rows", low=0),
            "rows_new": Column("Accepted rows whose record was not there.", unit="rows", low=0),
            "rows_unchanged": Column("Accepted rows that were there already.", unit="rows", low=0),
            "rows_superseded": Column("Earlier rows that it replaced.", unit="rows", low=0),
            "program_version": Column("Version of csp that took it."),
            "rows_changed": Column(
                "Accepted rows whose record was there, different; null where it was taken by a "
                "version that did not count them.",
                unit="rows", low=0, nullable=True,
            ),
            "rows_vanished": Column(
                "Earlier rows whose record the file has no more; null where it was taken by a "
                "version that did not count them.",
                unit="rows", low=0, nullable=True,
            ),
            "corrections_sha256": Column(
                "Fingerprint of the corrections on record that were made to it; blank if none."
            ),
            "bytes_removed_at": Column(
                "When retention removed the bytes (UTC); null while they are kept.", nullable=True
            ),
            "again_by": Column(
                "Who decided that this file, which a later one had replaced, was to stand again; "
                "null: it just came.",
                nullable=True,
            ),
            "again_because": Column("Why; null: it just came.", nullable=True),
        },
        caveats=(
            "A rejected delivery changed nothing else: its rows are in no other view but "
            "`csp_issue_v1`.",
            "`first_month` and `last_month` are the first days of the months.",
        ),
    ),
    "csp_delivery_month_v1": Described(
        row="A month that an accepted delivery covers.",
        key=("delivery_id", "month"),
        columns={
            "delivery_id": Column("The delivery.", refers_to=DELIVERY),
            "month": Column(FIRST_OF_MONTH),
            "row_count": Column(
                "Rows of the month that were current once it was loaded.", unit="rows", low=0
            ),
        },
        not_for=("counting what is current now: a later delivery may have replaced the month.",),
    ),
    "csp_issue_v1": Described(
        row="A finding in a delivery: place and rule, never the value.",
        columns={
            "delivery_id": Column("The delivery.", refers_to=DELIVERY),
            "source_row": Column(
                "Number of the row in the partner's file; null for the whole file.", nullable=True
            ),
            "field": Column("Our name of the column; '' for the whole row or file."),
            "header": Column("The partner's heading of the column; '' for the whole row or file."),
            "rule": Column("Code of the rule; see Rules."),
            "response": Column(
                "What was done about it.", values={r.value: r.value for r in Response}
            ),
            "expected": Column("What was expected there; '' where the rule says it."),
        },
        not_for=("counting rejected rows: a row may break several rules (`csp_rejected_row_v1`).",),
    ),
    "csp_rejected_row_v1": Described(
        row="A rejected row of an accepted file; its content is in the archived bytes only.",
        key=("delivery_id", "source_row"),
        columns={
            "delivery_id": Column("The delivery.", refers_to=DELIVERY),
            "source_row": Column("Number of the row in the partner's file."),
        },
    ),
    "csp_hold_v1": Described(
        row="A finding that keeps figures from being published until a person decides.",
        key=("id",),
        columns={
            "id": Column("Number of the hold.", low=1),
            "delivery_id": Column("The delivery that raised it.", refers_to=DELIVERY),
            "source": Column(f"{SOURCE}."),
            "extent": Column(
                "Area that the delivery speaks for (GSS code), or the partner whose return it is."
            ),
            "file_name": Column("Name of its file."),
            "rule": Column("Code of the rule; see Rules."),
            "detail": Column("What was counted; never a text of the file."),
            "first_month": Column("First month whose figures it holds (its first day)."),
            "last_month": Column("Last month whose figures it holds (its first day)."),
            "is_year_only": Column("It holds the packs of whole years only."),
            "raised_at": Column("When it was raised (UTC)."),
            "released_at": Column("When it was released (UTC); null: not released.", nullable=True),
            "released_by": Column("Who released it; null: not released.", nullable=True),
            "released_because": Column("Why; null: not released.", nullable=True),
            "ended_by_id": Column(
                "Delivery since which a figure and the official one are others than it says; null: "
                "none.",
                refers_to=DELIVERY, nullable=True,
            ),
        },
        caveats=(
            "A hold that was not released has ended all the same where later deliveries have "
            "replaced all of its months; one of an official figure (`official-differs`) ends by "
            "`ended_by_id` alone.",
        ),
    ),
    "csp_alert_v1": Described(
        row="A thing that a person had to hear of, written down with its cause.",
        key=("id",),
        columns={
            "id": Column("Number of the alert, in the order in which they were raised.", low=1),
            "kind": Column("What it tells of.", values={k.value: t for k, t in TITLES.items()}),
            "raised_at": Column("When it was raised (UTC)."),
            "source": Column(f"{SOURCE}; '' if it is about none."),
            "period_code": Column("Quarter or year that it is about; '' if none."),
            "delivery_id": Column(
                "Delivery that it is about; null if none.", refers_to=DELIVERY, nullable=True
            ),
            "release_id": Column("Release that it is about; null if none.", nullable=True),
            "detail": Column("What happened, in our words; '' where the delivery says it."),
            "sent_at": Column(
                "When it had gone by all of its routes (UTC); null: it waits to be sent.",
                nullable=True,
            ),
        },
        not_for=("counting what is wrong now: what an alert tells of may have been mended since.",),
    ),
    "csp_run_v1": Described(
        row="A run of the pipeline, started by the schedule or by a command.",
        key=("id",),
        columns={
            "id": Column("Number of the run.", low=1),
            "kind": Column(
                "What it does.",
                values={
                    "receive": "takes the inbox, by the schedule",
                    "quarter-end": "publishes a quarter, by the schedule",
                    "year-end": "publishes a year, by the schedule",
                    "watch": "looks for what did not happen, by the schedule or a command",
                    "csp receive": "takes files, by a command",
                    "csp quarter": "publishes a quarter, by a command",
                    "csp year": "publishes a year, by a command",
                },
            ),
            "period_code": Column("Quarter or year that it is about; '' if none."),
            "host": Column("Machine that it ran on."),
            "started_at": Column("When it started (UTC)."),
            "ended_at": Column("When it ended (UTC); null: it goes on.", nullable=True),
            "state": Column(
                "How it ended.",
                values={
                    "running": "goes on", "done": "all was done",
                    "held": "holds kept its pack from being published", "failed": "failed",
                    "crashed": "was cut off",
                },
            ),
            "detail": Column("What came of it, in our words."),
        },
    ),
}  # fmt: skip
"""Every view but those of the facts."""
