"""Figures in words: the same wherever they are said."""

import pytest

from schemas.words import printed, printed_unit


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (7846, "recorded crimes", "7,846"),
        (1_594_000, "pence", "£15,940"),
        (1_594_005, "pence", "£15,940.05"),
        (-150, "pence", "-£1.50"),
    ],
)
def test_a_figure_is_printed_without_what_it_counts(value: int, unit: str, told: str):
    assert printed(value, unit) == told


def test_what_is_kept_in_pence_is_printed_in_pounds():
    assert [printed_unit(unit) for unit in ("pence", "discs")] == ["pounds", "discs"]
