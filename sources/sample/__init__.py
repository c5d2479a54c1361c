"""Synthetic exports of every source: the published totals of 2019-20 and 2020-21, made-up records.

For trying, showing and testing. Nothing in them is real but the totals (`totals.py` says which are
published and which assumed), the names and codes of areas, and the code lists.
"""

from sources.sample.files import write_samples
from sources.sample.people import CANARY

__all__ = ["CANARY", "write_samples"]
