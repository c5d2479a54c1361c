"""Damaged text: found over the whole file, wherever it stands in a column that is read."""

import re

import pytest
from support.desk import POLICE, cctv, complete, police
from support.files import csv_bytes
from support.post import Post

from sources.damage import DAMAGE

Q1 = "police-crime-2020-21-q1.csv"


at_any_block = pytest.mark.parametrize(
    "block", [16 << 20, pytest.param(200, marks=pytest.mark.slow)], indirect=True
)


@at_any_block
@pytest.mark.parametrize("damage", ["\ufffd", "â€“", "Ã©", "Â£", "ï¿½", "â‚¬"])
def test_damage_is_told_once_a_column(block: int, post: Post, damage: str):
    rows = "\n".join(["Verulam"] * 20 + [f"St{damage}Peters"] * 2)
    got = post.send(Q1, police("Ward\n" + rows))
    assert (got.file_issues, got.rejected) == (["Ward: text-damaged"], [])


@at_any_block
def test_damage_in_a_reference_refuses_the_file(block: int, post: Post):
    rows = complete("Ward\n" + "\n".join(["Verulam"] * 20), POLICE)
    rows[-1][0] = "41/Ã©/20"
    assert post.refused(Q1, csv_bytes(rows)) == ["Crime Reference: text-damaged-key"]


def test_damage_in_a_column_that_is_not_read_is_no_concern(post: Post):
    content = police("DA\nN").replace(b"\r\n", b",Street\r\n", 1)[:-2] + ",Caf\ufffd\r\n".encode()
    assert post.send(Q1, content).file_issues == []


def test_damage_in_a_workbook(post: Post):
    got = post.send("cctv-log-2020-21-q1.xlsx", cctv("Camera\n7\nHigh St â€“ north"))
    assert got.file_issues == ["Camera: text-damaged"]


def test_letters_with_accents_are_no_damage(post: Post):
    names = ["Café", "£5 – own, “quoted”", "JOÃO", "SÃO PAULO", "Âge", "naïve", "â la", "ÃÂ"]
    assert [name for name in names if re.search(DAMAGE, name)] == []
    assert post.send(Q1, police("\n".join(["Ward", *names]))).file_issues == []
