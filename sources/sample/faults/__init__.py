"""The fault catalogue, planted: for each of its 33 numbers small files, and the answer due to them.

Every file is made by the samples' own generator and spoiled on purpose; nothing in it is real. What
was spoiled, and in which rows, is written down by whoever spoils it and never read from the gate,
so that the two can be held against each other. Personal data and, where it can, the faulty cell
itself carry the canary of `sources.sample`.

    page.py         a page of cells, and the truth about it
    bench.py        small clean pages of every source
    plant.py        edits that spoil a page
    books.py        bytes of CSV, Excel, OpenDocument and zip files
    fault.py        what a planted fault is
    about_*.py      the faults themselves, as declarations
    write.py        all of them as folders with a truth.toml each
"""

from sources.sample.faults.about_books import ABOUT_BOOKS
from sources.sample.faults.about_casework import ABOUT_CASEWORK
from sources.sample.faults.about_dates import ABOUT_DATES
from sources.sample.faults.about_deliveries import ABOUT_DELIVERIES
from sources.sample.faults.about_files import ABOUT_FILES
from sources.sample.faults.about_places import ABOUT_PLACES
from sources.sample.faults.about_rows import ABOUT_ROWS
from sources.sample.faults.bench import Bench
from sources.sample.faults.fault import Answer, Fault, Planted, Sent, Status

__all__ = ["CATALOGUE", "Answer", "Bench", "Fault", "Planted", "Sent", "Status"]

CATALOGUE: tuple[Fault, ...] = tuple(
    sorted(
        (
            *ABOUT_BOOKS,
            *ABOUT_CASEWORK,
            *ABOUT_DATES,
            *ABOUT_DELIVERIES,
            *ABOUT_FILES,
            *ABOUT_PLACES,
            *ABOUT_ROWS,
        ),
        key=lambda fault: (fault.catalogue_number, fault.number),
    )
)
"""All planted faults, in the order of the catalogue."""
