"""Which figures a rejected row would change, by what can still be read of it.

In `police`, what a table does not show is that of a vehicle crime in St Albans of April 2020; one
good row stands beside each faulty one, so that the file is not refused as a whole.
"""

import pytest
from support.desk import fly_tips, police
from support.post import Post

from schemas.measures import measures_of

GOOD = "41/9/20 | 45 | Recorded | St Albans | 14/04/2020 | N"


@pytest.fixture
def doubts(post: Post):
    """Send an extract and return what its rejected rows may belong to: measure and month."""

    def sent(row: str) -> dict[str, int]:
        heads = "Crime Reference | HO Code | Status | District | Date Recorded | DA"
        done = post.send("police-crime-2020-21-q1.csv", police(f"{heads}\n{GOOD}\n{row}\n"))
        assert done.rejected == [3]
        profile = done.closing.profile
        assert profile is not None
        return {
            f"{measure} {month.code if month else '-'}": number
            for (measure, month), number in profile.doubtful.items()
        }

    return sent


def test_a_row_rejected_for_something_else_belongs_where_it_says(doubts):
    assert doubts("x | 34A | Recorded | St Albans | 14/05/2020 | N") == {
        "all-crime 2020-05": 1, "robbery 2020-05": 1,
    }  # fmt: skip


def test_a_row_whose_offence_is_blank_may_belong_to_any_row_of_the_table(doubts):
    found = doubts("41/3/20 |  | Recorded | St Albans | 14/05/2020 | N")
    assert {"all-crime 2020-05", "robbery 2020-05", "possession-of-weapons 2020-05"} <= set(found)
    assert "domestic-abuse 2020-05" not in found


def test_a_row_whose_date_is_unreadable_may_be_of_any_month(doubts):
    assert doubts("41/3/20 | 34A | Recorded | St Albans | 14.05.2020 | Y") == {
        "all-crime -": 1, "robbery -": 1, "domestic-abuse -": 1,
    }  # fmt: skip


def test_a_code_without_a_row_of_its_own_is_in_no_row_at_any_date(doubts):
    """Public order is a part of other crime: that it has no row is no doubt about its row."""
    assert doubts("41/3/20 | 66 | Recorded | St Albans | 14.05.2020 | N") == {"all-crime -": 1}


def test_a_cancelled_crime_belongs_to_no_figure(doubts):
    assert doubts("x | 34A | Cancelled | St Albans | 14/05/2020 | N") == {}


def test_a_row_of_another_district_belongs_to_no_figure_of_ours(doubts):
    assert doubts("x | 34A | Recorded | Dacorum | 14/05/2020 | N") == {}


def test_a_row_of_an_unreadable_district_may_be_ours(doubts):
    assert "robbery 2020-05" in doubts("x | 34A | Recorded | Narnia | 14/05/2020 | N")


def test_a_blank_that_is_an_answer_is_no_doubt(post: Post):
    """A fly-tip that nobody cleared has no size: it is not one of unknown size."""
    rows = "Case Reference | Size | Clearance Cost (£)\nFT/1 | Single Item | 5\nFT/2 |  | much\n"
    done = post.send("fly-tips-2020-21-q1.ods", fly_tips(rows))
    assert done.rejected == [3]
    assert done.closing.profile is not None
    found = {measure for measure, _ in done.closing.profile.doubtful}
    assert "size-not-cleared" in found
    assert "size-single-item" not in found


def test_a_row_of_the_wrong_width_may_be_anything(post: Post):
    content = police("Crime Reference\n41/1/20\n41/2/20\n") + b"half,a,row\n"
    done = post.send("police-crime-2020-21-q1.csv", content)
    assert done.rejected == [4]
    assert done.closing.profile is not None
    assert {measure for measure, month in done.closing.profile.doubtful if month is None} == {
        m.code for m in measures_of("police_crime") if not m.is_residual
    }
