"""The way from a delivery to checked rows, in one place.

read → headers → corrections → repairs → text check → parse → conform → places → typed check →
personal data, a chunk at a time; what only the whole file can tell (references that stand twice,
the order of day and month) comes at the end, as rows to take back or a file to refuse.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd

from schemas.areas import Home, district_codes
from schemas.check import (
    MISSING,
    TextRule,
    find_issues,
    over_distinct,
    split,
    text_schema,
    typed_issues,
)
from schemas.doubt import doubtful, unknown
from schemas.fingerprint import Fingerprints, fingerprint
from schemas.issues import Checked, Closing, DeliveryRejected, Issue, no_issues, rejects
from schemas.measures import measures_of
from schemas.period import Span
from schemas.profile import Profile
from schemas.records.base import Record, fields_of, identity_of
from schemas.words import counted
from sources.ahead import (
    counts_from_1904,
    have_exchanged_coordinates,
    refuse_wrong_orders,
    rows_by_month,
)
from sources.corrections import Correction, corrections_of
from sources.coverage import span_from_rows, spread
from sources.dates import DateOrders
from sources.frames import TextChunk
from sources.furniture import marks_of
from sources.inbox import Recognised
from sources.ledger import Ledger
from sources.parse import TIME, Parser, parse_frame
from sources.personal import search
from sources.places import PRECISION, settle, settle_masked, sort_codes_and_names
from sources.repairs import gathered, issue_frame, refine, repair
from sources.spec import Layout, SourceSpec
from sources.terms import Terms

NIL_WORD = "nil"


@dataclass
class Gate:
    """One delivery on its way through the checks.

    Iterate over `chunks()` to the end, then ask `closing()`. `span` is known from the start.
    """

    found: Recognised
    terms: Terms
    span: Span
    file_issues: tuple[Issue, ...]
    orders: DateOrders
    read: int = 0
    accepted: int = 0
    profile: Profile = field(default_factory=Profile)
    elsewhere: int = 0
    _ledger: Ledger = field(default_factory=Ledger)

    @classmethod
    def open(
        cls, found: Recognised, home: Home, today: date, corrections: Sequence[Correction] = ()
    ) -> "Gate":
        """Settle what only the whole file tells: its months, its corrections, its coordinates.

        Raises `DeliveryRejected` if the months are unclear or a correction no longer fits.
        """
        corrected = corrections_of(found, corrections)
        terms = Terms(
            found.source, found.layout, home, today, corrected,
            counts_from_1904=counts_from_1904(found),
        )  # fmt: skip
        issues = found.issues + corrected.settle(found, today)
        if have_exchanged_coordinates(found, terms):
            terms = replace(terms, exchanged=True)
            issues += (Issue("coordinates-exchanged"),)
        named = found.layout.span_in_name(found.delivery.own_name)
        if named is None and found.layout.must_name_months:
            raise DeliveryRejected(Issue("months-unknown", expected="Its name states no period."))
        orders = DateOrders(terms.parsers, terms.dated_by, named)
        span = named or span_from_rows(
            spread(rows_by_month(found, terms), found.layout.months_a_row)
        )
        profile = Profile(holds_figures=identity_of(found.source.record).holds_figures)
        return cls(found, terms, span, issues, orders, profile=profile)

    @property
    def corrections_sha256(self) -> str:
        """Fingerprint of the corrections made to the file; "" where there is none."""
        return self.terms.corrections.sha256

    def chunks(self) -> Iterator[tuple[Checked, Fingerprints]]:
        """Yield the rows, checked, with the fingerprints of the accepted ones."""
        source, layout, file = self.found.source, self.found.layout, self.found.file
        positions, marks = self.found.match.positions, marks_of(source, layout)
        for whole in file.chunks(self.found.header, positions, layout, marks):
            text = own_rows(whole, self.terms)
            self.elsewhere += whole.read - text.read
            checked = check_chunk(text, self.terms, self.span, self.orders)
            prints = fingerprint(checked.accepted, source.record)
            self._ledger.enter(prints)
            self.profile.add(checked, source.record)
            self.read += checked.read
            self.accepted += len(checked.accepted)
            yield checked, prints
        if damaged := self._damaged(identity_of(source.record).key, "text-damaged-key"):
            raise DeliveryRejected(*damaged)

    def _damaged(self, fields: tuple[str, ...], rule: str) -> tuple[Issue, ...]:
        """Return an issue for each of some fields whose column holds damaged characters."""
        return tuple(
            Issue(rule, column=" + ".join(column.headers))
            for column in self.found.layout.columns
            if column.field in fields and column.field in self.found.file.damaged
        )

    def closing(self) -> Closing:
        """Return the rows to take back; raises `DeliveryRejected` if nothing is left."""
        if self.read == 0 and self.elsewhere:
            name = self.terms.home.district.name
            raise DeliveryRejected(Issue("rows-of-area-none", expected=name))
        if self.read == 0:
            if NIL_WORD not in re.split(r"[^a-z0-9]+", self.found.delivery.own_name.lower()):
                raise DeliveryRejected(Issue("rows-none"))
            return Closing(profile=self.profile)
        refuse_wrong_orders(self.orders, self.found.layout)
        damaged = self._damaged(tuple(self.found.file.damaged), "text-damaged")
        self.profile.stated = tuple(self.found.file.stated)
        if self.elsewhere:
            told = f"{counted(self.elsewhere, 'row')} of other areas"
            damaged += (Issue("rows-elsewhere", expected=told),)
        closing = Closing(self._ledger.conflicts(), self.profile, damaged)
        self.profile.take_back(closing.issues, closing.withdrawn)
        self.accepted -= len(closing.withdrawn)
        if self.accepted == 0:
            if self.profile.broken["force-unexpected"] == self.read:
                force = self.terms.home.force.name
                raise DeliveryRejected(Issue("force-other", expected=force))
            raise DeliveryRejected(Issue("nothing-accepted"))
        return closing


def own_rows(text: TextChunk, terms: Terms) -> TextChunk:
    """Leave the rows of the own district alone, where a layout is a publication of all areas."""
    if not terms.layout.keeps_own:
        return text
    column = text.frame["lad_code"].astype("str").str.lower()
    is_ours = column.map(district_codes()).eq(terms.home.district.code)
    return replace(text, frame=text.frame[is_ours.to_numpy(dtype=bool)])


def check_chunk(text: TextChunk, terms: Terms, span: Span, orders: DateOrders) -> Checked:
    """Take one chunk of text through both passes."""
    source, record = terms.source, terms.source.record
    parsers = terms.parsers
    frame, mended = _mended(text.frame, terms, orders)
    parsed = parse_frame(frame, parsers)
    text_issues = find_issues(frame, text_schema(_text_rules(record, parsers, parsed)))
    text_issues = refine(text_issues, frame, parsers)
    conformed = source.conform(parsed, terms.home)
    placed, place_issues = _placed(conformed, terms, mended)
    typed = _complete(placed, record)
    types_issues = typed_issues(typed, record, text_issues)
    future = _future(typed, parsers, terms.today)
    known = text_issues if types_issues.empty else gathered([text_issues, types_issues])
    found = gathered(
        [
            mended,
            text_issues,
            types_issues,
            search(frame, _free_texts(record, parsers), _of_cells(known)),
            place_issues,
            future,
            _outside(typed[terms.dated_by], span, future),
            _of_another_force(typed, source, terms.home),
            _misfits(text),
            issue_frame(np.array(text.no_records, dtype="int64"), "", "row-no-record"),
            issue_frame(np.array(text.headings, dtype="int64"), "", "headings-repeated"),
        ]
    )
    return _with_misfits(text, _with_doubts(split(typed, found), typed, terms), source)


def _with_doubts(checked: Checked, typed: pd.DataFrame, terms: Terms) -> Checked:
    """Say which figures the rejected rows would change."""
    if checked.rejected.empty:
        return checked
    source = terms.source
    doubts = doubtful(
        typed.loc[checked.rejected], checked.issues, source.record, measures_of(source.code),
        terms.home.district.code,
    )  # fmt: skip
    return replace(checked, doubtful=doubts)


def _with_misfits(text: TextChunk, checked: Checked, source: SourceSpec) -> Checked:
    """Add the rows that have no cells that could be typed: they are read and rejected."""
    if not text.misfits:
        return checked
    return replace(
        checked,
        rejected=checked.rejected.append(pd.Index(text.misfits, name="row")),
        read=checked.read + len(text.misfits),
        doubtful=checked.doubtful + unknown(len(text.misfits), measures_of(source.code)),
    )


def _mended(
    frame: pd.DataFrame, terms: Terms, orders: DateOrders
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make the corrections and the repairs of a frame of text."""
    frame = _filled(terms.corrections.apply(frame), terms.layout)
    orders.look(frame)
    frame, repaired = repair(frame, terms.parsers)
    frame, sorted_out = sort_codes_and_names(frame)
    return frame, gathered([repaired, sorted_out])


def _filled(frame: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    """Put into blank cells what they say by agreement."""
    said = {
        column.field: frame[column.field].astype("str").fillna(column.blank_is)
        for column in layout.columns
        if column.blank_is and frame[column.field].hasnans
    }
    return frame.assign(**said) if said else frame


def _placed(
    conformed: pd.DataFrame, terms: Terms, mended: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    masked = pd.Index(mended.loc[mended["rule"].eq("coordinates-masked"), "row"].unique())
    says_precision = PRECISION in fields_of(terms.source.record)
    frame = settle_masked(conformed, terms.layout, says_precision, masked)
    return settle(frame, terms.layout, terms.home, terms.dated_by, terms.exchanged)


def _free_texts(record: type[Record], parsers: Mapping[str, Parser]) -> list[str]:
    """Return the columns in which a partner's own words are kept."""
    return [name for name in parsers if fields_of(record)[name].is_free_text]


def _of_cells(issues: pd.DataFrame) -> pd.DataFrame:
    """Return the issues that reject a row for the text of one cell."""
    if issues.empty:
        return issues
    told = issues["column"].ne("") & issues["rule"].ne(MISSING) & rejects(issues["rule"])
    return issues[told]


def _text_rules(
    record: type[Record], parsers: dict[str, Parser], parsed: pd.DataFrame
) -> dict[str, TextRule]:
    return {
        name: TextRule(
            required=fields_of(record)[name].required,
            rule=parser.rule,
            readable=_readable(parser, parsed[name]) if parser.can_refuse else None,
        )
        for name, parser in parsers.items()
    }


def _readable(parser: Parser, values: pd.Series) -> Callable[[pd.Series], pd.Series]:
    """Return what says which texts of a column could be read; `values` is what came of them."""
    if parser.convert is None:
        return over_distinct(parser.readable)
    return lambda texts: values.notna().reindex(texts.index)


def _complete(frame: pd.DataFrame, record: type[Record]) -> pd.DataFrame:
    """Bring a conformed frame to exactly the record's columns; those it lacks are null."""
    dtypes = {"int64": "Int64", "string[pyarrow]": "str"}
    columns = {}
    for name, info in fields_of(record).items():
        found = frame[name] if name in frame.columns else pd.Series(index=frame.index, dtype="str")
        columns[name] = found.astype(dtypes.get(info.dtype, info.dtype))
    return pd.DataFrame(columns, index=frame.index)


def _outside(days: pd.Series, span: Span, future: pd.DataFrame) -> pd.DataFrame:
    """Return an issue for every row whose date lies outside the months covered.

    That a date lies in the future is told already.
    """
    first, last = pd.Timestamp(span.first.start), pd.Timestamp((span.last + 1).start)
    out = days.index[(days < first) | (days >= last)]
    told = future.loc[future["column"].eq(days.name), "row"]
    return issue_frame(out.difference(told), str(days.name), "outside-months")


def _future(frame: pd.DataFrame, parsers: Mapping[str, Parser], today: date) -> pd.DataFrame:
    """Return an issue for every date of the partner's that lies after today."""
    tomorrow = pd.Timestamp(today) + pd.Timedelta(days=1)
    dates = [name for name, parser in parsers.items() if parser.dtype == TIME]
    return gathered(
        [issue_frame(frame.index[frame[n] >= tomorrow], n, "date-future") for n in dates]
    )


def _of_another_force(frame: pd.DataFrame, source: SourceSpec, home: Home) -> pd.DataFrame:
    """Return an issue for every row that falls within another police force."""
    if not source.force_field:
        return no_issues()
    named = frame[source.force_field]
    rows = frame.index[named.notna() & ~named.isin(home.force_names)]
    return issue_frame(rows, source.force_field, "force-unexpected")


def _misfits(text: TextChunk) -> pd.DataFrame:
    return issue_frame(np.array(text.misfits, dtype="int64"), "", "row-width")
