"""The Home Office's open data by partnership: a sheet a year, a row an offence and quarter."""
# ruff: noqa: E501 - the files are shown as they are

from support.official import home_office
from support.post import Post, table

NAME = "prc-csp-open-data.xlsx"


def test_the_quarters_of_all_sheets_are_kept_for_the_own_partnership(post: Post):
    got = post.send(
        NAME,
        home_office(
            y2019_20="""
            Financial Year | Financial Quarter | CSP Name  | Offence Code | Offence Count
            2019/20        | 1                 | Dacorum   | 46           | 200
            2019/20        | 1                 | St Albans | 46           | 240
            2019/20        | 2                 | St Albans | 46           | 251
            2019/20        | 3                 | St Albans | 46           | 262
            2019/20        | 4                 | St Albans | 46           | 244
            """,
            y2020_21="""
            Financial Year | Financial Quarter | CSP Name  | Offence Code | Offence Count
            2020/21        | 1                 | St Albans | 28E          | 61
            2020/21        | 1                 | St Albans | AS           | 0
            """,
        ),
    )
    assert got.span.label == "Apr 2019 to Jun 2020"
    assert (got.read, got.rejected) == (6, [])
    assert got.shows("row month period_code offence_code report_row_code offence_count") == table("""
        10000003 | 2019-06 | 2019-20-Q1 | 46  | theft-from-shop      | 240
        10000004 | 2019-09 | 2019-20-Q2 | 46  | theft-from-shop      | 251
        10000005 | 2019-12 | 2019-20-Q3 | 46  | theft-from-shop      | 262
        10000006 | 2020-03 | 2019-20-Q4 | 46  | theft-from-shop      | 244
        20000002 | 2020-06 | 2020-21-Q1 | 28E | burglary-residential | 61
        20000003 | 2020-06 | 2020-21-Q1 | AS  | -                    | 0
    """)
    assert got.issues == ["row 20000003: offence-unmapped"]
    assert got.file_issues == ["rows-elsewhere"]


def test_the_other_name_of_the_count_is_known(post: Post):
    """The tables by force have it, and some years of those by partnership."""
    got = post.send(NAME, home_office("Number of Offences", y2020_21="Offence Code\n46"))
    assert got.shows("offence_count") == [["236"]]
    assert got.file_issues == ["Number of Offences: header-alias"]


def test_a_quarter_that_is_none_is_rejected(post: Post):
    got = post.send(
        NAME,
        home_office(
            y2020_21="""
            Financial Year | Financial Quarter | Offence Code
            2020/21        | 1                 | 46
            2020/21        | 5                 | 45
            2020/22        | 1                 | 48
            2020-21        | Q1                | 126
            """
        ),
    )
    assert got.rejected == [3, 4]
    assert got.issues == ["row 3: ends_on year-unreadable", "row 4: ends_on year-unreadable"]


def test_crimes_may_be_taken_back(post: Post):
    """The force cancels more than it records where a quarter before was recorded wrongly."""
    got = post.send(NAME, home_office(y2020_21="Offence Code | Offence Count\n46 | -2"))
    assert got.shows("offence_count") == [["-2"]]


def test_fraud_is_kept_and_not_counted(post: Post):
    got = post.send(NAME, home_office(y2020_21="Offence Code\nNFIB19\n46"))
    assert got.shows("offence_code is_counted") == table("""
        NFIB19 | no
        46     | yes
    """)
