"""Writes the planted faults into folders: the files in their order, and the truth about them."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from schemas.rules import RULES, Response
from sources.sample.faults import CATALOGUE, Bench, Fault, Planted, Sent, Status

NOTICE = "SYNTHETIC SAMPLE DATA - every record is made up, and spoiled on purpose"
README = f"""\
{NOTICE}.

One folder a planted fault, numbered as in the fault catalogue. The files of a folder are to be
sent in the order of their numbers, without the number: all but the last only make the history
that the last is judged by. truth.toml says what is wrong with the last one, in which rows, and
which answer it must get.
"""


def write_faults(
    folder: Path,
    seed: int = 2021,
    faults: Sequence[Fault] = CATALOGUE,
    on_fault: Callable[[Fault], None] = lambda fault: None,
) -> list[Path]:
    """Write every fault into a folder of its own and return these; `on_fault` hears of each.

    The same seed gives the same bytes.
    """
    bench = Bench(seed)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.txt").write_text(README, encoding="utf-8")
    written = []
    for fault in faults:
        planted = fault.plant(bench)
        place = folder / fault.slug
        place.mkdir(exist_ok=True)
        for path in place.iterdir():
            path.unlink()  # of an earlier run, under a name that may be no more
        for name, sent in zip(numbered(planted.files), planted.files, strict=True):
            (place / name).write_bytes(sent.content)
        (place / "truth.toml").write_text(truth(fault, planted), encoding="utf-8")
        written.append(place)
        on_fault(fault)
    return written


def numbered(files: Sequence[Sent]) -> list[str]:
    """Return the files' names with their place in the order before them."""
    return [f"{place}-{sent.name}" for place, sent in enumerate(files, start=1)]


def truth(fault: Fault, planted: Planted) -> str:
    """Return what is true of a fault, as TOML that a person can read."""
    answer = fault.answer
    lines = [
        f"# {NOTICE}.",
        f"number = {_text(fault.number)}",
        f"catalogue_number = {fault.catalogue_number}",
        f"name = {_text(fault.name)}",
        f"source = {_text(fault.source)}",
        f"sentence = {_text(fault.sentence)}",
        "",
        "# What becomes of the last file, and what is said of it as a whole.",
        "[answer]",
        f"status = {_text(answer.status)}",
        f"rules_of_the_file = {_texts(answer.of_file)}",
        f"holds = {_texts(answer.holds)}",
        f"rows_rejected = {len(rejected_rows(planted))}",
        f"figures_not_available = {_texts(f'{m} {month.code}' for m, month in answer.absent)}",
    ]
    if answer.says:
        lines.append(f"csp_status_says = {_texts(answer.says)}")
    if answer.replaced is not None:
        lines.append(f"earlier_rows_replaced = {answer.replaced}")
    if answer.status is Status.REJECTED:
        lines.append(f"bytes_are_kept = {_flag(answer.is_kept)}")
    lines += [
        "",
        "# Rows of the last file in which a rule is broken, as a spreadsheet numbers them.",
    ]
    lines += ["[rows]", *(f"{rule} = {list(rows)}" for rule, rows in planted.rows.items())]
    told = [*(sent.of_file for sent in planted.files[:-1]), answer.of_file]
    names = numbered(planted.files)
    for name, sent, of_file in zip(names, planted.files, told, strict=True):
        lines += [
            "",
            "[[file]]",
            f"name = {_text(name)}",
            f"sent_as = {_text(sent.name)}",
            f"source = {_text(sent.source)}",
            f"received_on = {sent.received_on.isoformat()}",
            f"rules_of_the_file = {_texts(of_file)}",
        ]
    return "\n".join(lines) + "\n"


def rejected_rows(planted: Planted) -> set[int]:
    """Return the rows that must not be counted."""
    return {
        row
        for rule, rows in planted.rows.items()
        if RULES[rule].response is Response.REJECT_ROW
        for row in rows
    }


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _texts(values: Iterable[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


def _flag(value: bool) -> str:
    return "true" if value else "false"
