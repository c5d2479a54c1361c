"""One module a partner record: what one row is, column by column, and the rules across columns.

Every module here is imported, so that a new record is known without being listed anywhere.
"""

from importlib import import_module
from pkgutil import iter_modules

from schemas.records.base import Record, records

for _module in iter_modules(__path__, f"{__name__}."):
    import_module(_module.name)

RECORDS: dict[str, type[Record]] = dict(sorted(records().items()))
"""The record of each source by the source's code."""
