"""A slice of the attacks on hidden figures; `make torture` runs all of it."""

import pytest

from faults import attack
from reports import audience
from reports.disclosure import State

pytestmark = pytest.mark.slow


def test_no_hidden_figure_is_worked_out_from_all_packs_of_a_warehouse():
    result = attack.campaign(40, seed=1)
    assert result.recovered == [], attack.lines_of(result)
    assert result.packs > 200
    assert min(result.shown, result.small) > 1_000
    assert result.others > 200


def test_the_attacker_can_attack(monkeypatch: pytest.MonkeyPatch):
    """Where the small counts alone are left out, he has them back."""

    def the_small_ones_alone(items, sums):
        del sums
        return {key for key, item in items.items() if item.state is State.HIDDEN}

    monkeypatch.setattr(audience, "suppressed", the_small_ones_alone)
    result = attack.campaign(4, seed=1)
    assert len(result.recovered) > 20
