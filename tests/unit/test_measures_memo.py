"""Memo 177-CS/2020 as data: complete, verbatim, checked on reading."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from zoning.errors import RuleError
from zoning.measures.clauses import Status, Where
from zoning.measures.memo import MEMOS_DIR, load_memo, memo_ids, read_memo

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
ROMAN = [tens + ones for tens in ("", "x", "xx") for ones in ONES][1:23]


@pytest.fixture(scope="module")
def memo():
    return load_memo("177-cs-2020")


@pytest.fixture(scope="module")
def printed_memo():
    for path in sorted(SEEDS.glob("*.txt")) if SEEDS.is_dir() else ():
        text = path.read_text(encoding="utf-8")
        if "177-CS/2020" in text:
            return text
    pytest.skip("the printed memo isn't beside the checkout (../shared/seeds)")


def test_all_44_items_are_there_in_the_order_of_the_memo(memo):
    expected = [
        f"{section}.{number}"
        for section, items in ((1, 4), (2, 11), (3, 6), (4, 1), (5, 22))
        for number in ROMAN[:items]
    ]
    assert [clause.section for clause in memo.clauses] == expected
    assert len(expected) == 44


def test_every_item_is_verbatim_without_its_number(memo, printed_memo):
    printed_lines = {
        re.sub(r"^[ivx]+[.)]?\s+", "", line): line for line in printed_memo.splitlines()
    }
    assert [c.section for c in memo.clauses if c.text not in printed_lines] == []
    for clause in memo.clauses:
        number = clause.section.split(".")[1]
        assert re.match(rf"{number}[.) ]", printed_lines[clause.text])


def test_every_provision_and_heading_is_verbatim(memo, printed_memo):
    for provision in memo.provisions:
        assert provision.text in printed_memo
    for number, heading in memo.headings.items():
        assert f"{number}) {heading}" in printed_memo


def test_the_zoning_preamble_section_6_and_the_closing_paragraphs_are_kept(memo):
    sections = [provision.section for provision in memo.provisions]
    assert sections == ["preamble", "6.i", "6.ii", "6.iii", "6.iv", "closing.i", "closing.ii"]


def test_each_activity_key_is_unique_and_snake_case(memo):
    keys = [clause.activity for clause in memo.clauses]
    assert [key for key, times in Counter(keys).items() if times > 1] == []
    assert [key for key in keys if not re.fullmatch(r"[a-z]+(_[a-z]+)*", key)] == []


def test_a_clause_applies_where_its_section_says(memo):
    where_by_section = {
        "1": Where.STATE,
        "2": Where.STATE,
        "3": Where.AFFECTED,
        "4": Where.BUFFER,
        "5": Where.CLEAN,
    }
    for clause in memo.clauses:
        assert clause.where == where_by_section[clause.section[0]]


def test_section_1_prohibits_and_section_5_prohibits_nothing(memo):
    by_section = {c.section: c.status for c in memo.clauses}
    assert {by_section[f"1.{n}"] for n in ROMAN[:4]} == {Status.PROHIBITED}
    assert Status.PROHIBITED not in {by_section[f"5.{n}"] for n in ROMAN}
    assert by_section["3.i"] == Status.PROHIBITED
    assert by_section["4.i"] == Status.CONDITIONAL


def test_the_memo_ends_on_31_may_2020_and_the_schools_clause_runs_into_june(memo):
    assert (memo.valid_from, memo.valid_to) == (date(2020, 5, 21), date(2020, 5, 31))
    later = {c.section for c in memo.clauses if c.valid_to != memo.valid_to}
    assert later == {"1.i"}
    assert memo.clause("1.i").valid_to == date(2020, 6, 14)
    assert memo.clause("1.i").interpretation


def test_a_closed_cordon_says_who_still_passes(memo):
    for section in ("3.i", "3.ii"):
        assert "ambulances" in memo.clause(section).interpretation or (
            "medical emergencies" in memo.clause(section).interpretation
        )


def test_a_memo_is_found_by_its_printed_number(memo):
    assert load_memo("177-CS/2020") == memo
    assert memo_ids() == ("177-cs-2020",)


def test_an_unknown_memo_or_section_names_what_there_is(memo):
    with pytest.raises(RuleError, match="177-cs-2020"):
        load_memo("12-XY/1999")
    with pytest.raises(RuleError, match=r"5\.xxii"):
        memo.clause("7.i")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('activity = "metro_rail"', 'activity = "gatherings"', "gatherings"),
        ('section = "1.ii"', 'section = "1.i"', "1.i"),
        ('status = "prohibited"', 'status = "perhaps"', "perhaps"),
        ('authority = "Government', '#authority = "Government', "authority"),
    ],
)
def test_a_faulty_memo_file_is_refused_and_named(tmp_path, old, new, named):
    text = (MEMOS_DIR / "177-cs-2020.toml").read_text(encoding="utf-8")
    faulty = tmp_path / "faulty.toml"
    faulty.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RuleError, match=named) as refusal:
        read_memo(faulty)
    assert "faulty.toml" in str(refusal.value)
