"""Puts a page into its place: whole, or not at all."""

import os
from pathlib import Path

STATUS = "status.html"
"""The page that says how things stand, where it was written: it lies beside the packs."""


def put_whole(place: Path, text: str) -> None:
    """Write a page beside its place, and move it there once it is complete."""
    fresh = place.with_name(f".{place.name}.{os.getpid()}.new")
    try:
        fresh.write_text(text, encoding="utf-8", newline="\n")
        fresh.replace(place)
    finally:
        fresh.unlink(missing_ok=True)
