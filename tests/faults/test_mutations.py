"""A slice of the campaign of damaged files; `make torture` runs all of it."""

import pytest

from faults.mutations import bases, campaign, mutate


@pytest.mark.slow
def test_every_damaged_file_ends_in_a_verdict():
    result = campaign(300, seed=2021)
    assert result.raised == []
    assert result.runs == 300
    assert result.accepted > 20
    assert result.refused > 100
    assert len(result.rules) > 15


def test_a_campaign_is_the_same_every_time():
    import random

    first, again = (mutate(bases()[0], random.Random("1-1")) for _ in range(2))
    assert first == again
