"""The ward column of Kerala's hotspot lists: every distinct text, read or handed back."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from pathlib import Path

import pytest

from zoning.places.numbers import expand
from zoning.places.ward_codes import WardCodes
from zoning.places.ward_text import tidy

ROOT = Path(__file__).resolve().parents[2]
LISTS = ROOT.parent / "shared" / "data" / "kerala" / "hotspots_ward_daily.csv.gz"
# The largest local body, Thiruvananthapuram, has 100 wards.
WARDS = [str(number) for number in range(1, 101)]

pytestmark = [
    pytest.mark.golden,
    pytest.mark.skipif(not LISTS.is_file(), reason=f"no real data here ({LISTS.name})"),
]


@pytest.fixture(scope="module")
def n_rows():
    with gzip.open(LISTS, mode="rt", encoding="utf-8", newline="") as file:
        return Counter(row["wards"] for row in csv.DictReader(file))


@pytest.fixture(scope="module")
def found(n_rows):
    known = WardCodes(WARDS)
    return {text: expand(text, known) for text in n_rows}


def outcome_of(text, expansion):
    if not text.strip():
        return "blank"
    if expansion.is_nil:
        return "nil"
    if not expansion.is_read:
        return "read in part" if expansion.codes or expansion.partial else "not read"
    return "all" if expansion.is_all else "with partial wards" if expansion.partial else "whole"


def test_every_distinct_text_is_read_or_its_rest_is_handed_back(n_rows, found):
    by_text, by_row = Counter(), Counter()
    for text, expansion in found.items():
        outcome = outcome_of(text, expansion)
        by_text[outcome] += 1
        by_row[outcome] += n_rows[text]
    assert by_text == {
        "whole": 4_452, "with partial wards": 6_903, "all": 5, "nil": 4, "blank": 2,
        "read in part": 218, "not read": 52,
    }  # fmt: skip
    assert by_row == {
        "whole": 109_702, "with partial wards": 79_318, "all": 7_924, "nil": 194, "blank": 721,
        "read in part": 1_970, "not read": 46_112,
    }  # fmt: skip


def test_what_isnt_read_at_all_is_mostly_a_category_in_the_wrong_column(n_rows, found):
    unread = Counter()
    for text, expansion in found.items():
        if outcome_of(text, expansion) == "not read":
            unread[re.sub(r"^(Cat\.)?[A-D]$", "category", tidy(text))] += n_rows[text]
    assert unread["category"] == 45_600
    assert unread.total() - unread["category"] == 512


def test_plain_lists_are_read_as_a_plain_split_reads_them(found):
    plain = [t for t in found if re.fullmatch(r"\s*\d+\s*(,\s*\d+\s*)*", t)]
    assert len(plain) == 4_223
    for text in plain:
        said = {str(int(part)) for part in text.split(",")}
        assert set(found[text].codes) | set(found[text].unknown) == said


def test_every_number_of_every_text_is_told(found):
    for text, expansion in found.items():
        told = " ".join(
            [*expansion.codes, *expansion.partial, *expansion.unknown, *expansion.unread]
        )
        runs = set(re.findall(r"\d+", re.sub(r"\.0+\b", "", tidy(text))))
        assert {run.lstrip("0") for run in runs} <= {
            n.lstrip("0") for n in re.findall(r"\d+", told)
        }


def test_numbers_run_together_are_unknown_and_not_cut_up(found):
    unknown = {number for expansion in found.values() for number in expansion.unknown}
    assert unknown == {"0", "115", "153", "221", "316", "329", "411", "1223", "2123"}


@pytest.mark.parametrize(
    ("text", "codes", "partial", "unread"),
    [
        ("1 - 10, 32 – 41", [*range(1, 11), *range(32, 42)], [], []),
        (
            "1 - 10, 32 - 41 (Excluding Civil Station and Court Complex in Ward 36)",
            [*range(1, 11), *range(32, 42)],
            [],
            ["Excluding Civil Station and Court Complex in Ward 36"],
        ),
        ("1 to 22 (except ward 1)", [*range(1, 23)], [], ["except ward 1"]),
        ("6, 35(Sub Divisions)", [6], [35], []),
        ("5, 14(Sub Wards)4, 9, 10", [4, 5, 9, 10], [14], []),
        ("10, 1 3", [10], [], ["1 3"]),
        ("24(Sub ward)-Malabar Trading Company", [], [24], ["-Malabar Trading Company"]),
        ("All Wards expect 4, 5, 7, 9, 13", range(1, 101), [], ["expect 4, 5, 7, 9, 13"]),
    ],
)
def test_hard_texts_of_the_lists(found, text, codes, partial, unread):
    (expansion,) = {e for t, e in found.items() if " ".join(t.split()) == text}
    assert list(map(int, expansion.codes)) == list(codes)
    assert list(map(int, expansion.partial)) == partial
    assert list(expansion.unread) == unread
