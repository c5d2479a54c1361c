"""Makes a process ready to be forked from: everything that is made once, at first use, is made.

Importing this takes two small files through the whole way, in a warehouse that goes away again.
"""

import sys
import tempfile
from pathlib import Path

# The checks load Hypothesis where it is installed, unless it says that it is not (see flows.cli).
sys.modules.setdefault("hypothesis", None)  # type: ignore[arg-type]

from support.databases import SQLITE  # noqa: E402
from support.desk import Desk, police, street  # noqa: E402

import flows.cli  # noqa: E402, F401
from flows.receipts import write_receipts  # noqa: E402
from flows.show_outcomes import show_outcomes  # noqa: E402, F401

with tempfile.TemporaryDirectory() as folder, Desk.open(SQLITE, Path(folder)) as desk:
    for name, content in {
        "2025-04-hertfordshire-street.csv": street("Crime ID\na\nb\n"),
        "police-crime-2020-21-q1.csv": police("Crime Reference\n41/1/20\n41/2/20\n"),
    }.items():
        write_receipts(desk.engine, [desk.accept(name, content)], desk.settings)
