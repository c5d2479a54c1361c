"""Says what is wrong with `csp.toml` in words, setting by setting, for whoever wrote it."""

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

GSS_CODE = r"^[EW][0-9]{8}$"
OTHER_CODE = r"^([EWL][0-9]{8})?$"
FORCE_SLUG = r"^[a-z-]+$"
ADDRESS = r"^[^@\s<>,;]+@[^@\s<>,;]+$"
BLOCK_NAME = r"^[a-z0-9-]*$"
HOST_NAME = r"^[A-Za-z0-9.:-]+$"

WRITTEN = {
    GSS_CODE: "must be a code of the ONS, as E07000240",
    OTHER_CODE: "must be a code of the ONS, as E12000006, one of your own, L and eight digits, "
    'or ""',
    FORCE_SLUG: "must be small letters and hyphens, as data.police.uk writes the force",
    ADDRESS: "must be an e-mail address, as name@example.org",
    BLOCK_NAME: "must be small letters, digits and hyphens",
    HOST_NAME: "must be the name or the number of a machine, as 127.0.0.1",
}
"""How a text must be written, by its pattern."""

SENTENCES = {
    "path_type": "must be a path, between quotation marks",
    "string_type": "must be a text, between quotation marks",
    "string_too_short": "must not be empty",
    "string_too_long": "must not be longer than {max_length} characters",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "finite_number": "must be a number",
    "list_type": 'must be a list, as ["one", "two"]',
    "tuple_type": 'must be a list, as ["one", "two"]',
    "dict_type": "must be a table: a line [{place}], and its settings below",
    "model_type": "must be a table: a line [{place}], and its settings below",
    "model_attributes_type": "must be a table: a line [{place}], and its settings below",
    "greater_than": "must be more than {gt:g}",
    "greater_than_equal": "must be {ge:g} or more",
    "less_than": "must be less than {lt:g}",
    "less_than_equal": "must be {le:g} or less",
    "literal_error": "must be {expected}",
    "enum": "must be {expected}",
}


def sentences(
    faults: Iterable[ErrorDetails], settings: type[BaseModel], given: Mapping[str, str]
) -> str:
    """Return every fault with its place, and never what stood there: it may be a password.

    `given` names the variable of the environment that a setting was taken from.
    """
    return "; ".join(_sentence(fault, settings, given) for fault in faults)


def _sentence(fault: ErrorDetails, settings: type[BaseModel], given: Mapping[str, str]) -> str:
    names = [str(part) for part in fault["loc"] if isinstance(part, str)]
    entries = [part for part in fault["loc"] if isinstance(part, int)]
    place = given.get(names[0], ".".join(names)) if names else ""
    entry = f", entry {entries[0] + 1}" if entries else ""
    lead = f"{place}{entry}: " if place else ""
    if fault["type"] == "extra_forbidden":
        return f"{lead}there is no such setting{_nearest(names, settings)}"
    return lead + _what(fault, place)


def _what(fault: ErrorDetails, place: str) -> str:
    context: dict[str, Any] = fault.get("ctx", {})
    if fault["type"] == "string_pattern_mismatch":
        return WRITTEN[context["pattern"]]
    if said := SENTENCES.get(fault["type"]):
        return said.format(place=place, **context)
    return fault["msg"].removeprefix("Value error, ")


def _nearest(names: list[str], settings: type[BaseModel]) -> str:
    """Name the setting that was most likely meant, where one is written nearly so."""
    known = list(_known(settings))
    near = difflib.get_close_matches(".".join(names), known, 1, 0.75)
    near = near or [place for place in known if place.rpartition(".")[2] == names[-1]][:1]
    return f"; nearest is {near[0]}" if near else " (csp config lists them all)"


def _known(model: type[BaseModel], lead: str = "") -> Iterable[str]:
    for name, field in model.model_fields.items():
        yield lead + name
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _known(field.annotation, f"{lead}{name}.")
