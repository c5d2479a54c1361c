"""Figures in words: the same wherever they are said."""

import pytest

from schemas.words import printed, printed_unit, printed_with_unit


@pytest.mark.parametrize(
    ("value", "unit", "alone", "with_unit"),
    [
        (7846, "recorded crimes", "7,846", "7,846 recorded crimes"),
        (1_594_000, "pence", "£15,940", "£15,940"),
        (1_594_005, "pence", "£15,940.05", "£15,940.05"),
        (-150, "pence", "-£1.50", "-£1.50"),
    ],
)
def test_a_figure_and_what_it_counts(value: int, unit: str, alone: str, with_unit: str):
    assert printed(value, unit) == alone
    assert printed_with_unit(value, unit) == with_unit


def test_what_is_kept_in_pence_is_printed_in_pounds():
    assert [printed_unit(unit) for unit in ("pence", "discs")] == ["pounds", "discs"]
