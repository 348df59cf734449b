"""The roster as a file: every row is taken, rejected with its reason, or listed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.samples import units, words
from zoning.access import Officer, Posting, Role, leaves_empty, overlapping
from zoning.errors import InputError
from zoning.model import Units
from zoning.places.hierarchy import units_below
from zoning.readers.mapping import Mapping
from zoning.readers.roster import read_roster
from zoning.readers.roster_posts import KnownRoster

HEAD = "person_id,name,email,role,area_unit_id,subject,from_on,to_on,is_acting,successor_of\n"
LEVELS = {"HOW": "district", "KMC": "corporation", "W1": "ward"}
DM = Role.DISTRICT_MAGISTRATE


def read(tmp_path, *rows, known=None):
    file = tmp_path / "roster.csv"
    file.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    return read_roster(file, Mapping(), known or KnownRoster(LEVELS))


def codes(account):
    return {(f.row, f.code, f.rejects) for f in account.findings}


def test_a_row_is_an_officer_and_a_posting(tmp_path):
    roster, account = read(
        tmp_path, "IAS-1,A. Sen,A.Sen@wb.example,district_magistrate,HOW,,2020-05-01,,,"
    )
    assert account.taken == 1 and account.findings == ()
    assert roster.officers == (Officer("IAS-1", "A. Sen", "a.sen@wb.example"),)
    assert roster.postings == (Posting("IAS-1", DM, "HOW", "", date(2020, 5, 1)),)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (",A,a@x.in,home,,,2020-05-01,,,", "person_id_missing"),
        ("1,,a@x.in,home,,,2020-05-01,,,", "name_missing"),
        ("1,A,a.x.in,home,,,2020-05-01,,,", "email_invalid"),
        ("1,A,a@x.in,boss,,,2020-05-01,,,", "role_unknown"),
        ("1,A,a@x.in,local,,,2020-05-01,,,", "role_unknown"),
        ("1,A,a@x.in,home,,sugar,2020-05-01,,,", "subject_unknown"),
        ("1,A,a@x.in,cmoh,,,2020-05-01,,,", "area_missing"),
        ("1,A,a@x.in,home,HOW,,2020-05-01,,,", "area_superfluous"),
        ("1,A,a@x.in,cmoh,NIX,,2020-05-01,,,", "area_unknown"),
        ("1,A,a@x.in,district_magistrate,KMC,,2020-05-01,,,", "area_level_unfit"),
        ("1,A,a@x.in,cmoh,HOW,,,,,", "date_missing"),
        ("1,A,a@x.in,cmoh,HOW,,May,,,", "date_invalid"),
        ("1,A,a@x.in,cmoh,HOW,,2020-05-01,soon,,", "to_on_invalid"),
        ("1,A,a@x.in,cmoh,HOW,,2020-05-02,2020-05-01,,", "ends_before_begin"),
        ("1,A,a@x.in,cmoh,HOW,,2020-05-01,,maybe,", "is_acting_invalid"),
        ("1,A,a@x.in,cmoh,HOW,,2020-05-01,,,9", "successor_unknown"),
    ],
)
def test_a_faulty_row_is_rejected_with_its_reason(tmp_path, row, code):
    _, account = read(tmp_path, row, "2,B,b@x.in,home,,,2020-05-01,,,")
    assert (1, code, True) in codes(account)
    assert (account.read, account.taken, account.rejected) == (2, 1, 1)


def test_two_who_hold_one_post_clash_and_the_first_row_stays(tmp_path):
    roster, account = read(
        tmp_path,
        "1,A,a@x.in,district_magistrate,HOW,,2020-05-01,2020-06-30,,",
        "2,B,b@x.in,district_magistrate,HOW,,2020-06-30,,,1",
    )
    assert (2, "posting_overlaps", True) in codes(account)
    assert [posting.person_id for posting in roster.postings] == ["1"]


def test_who_acts_stands_beside_who_is_appointed(tmp_path):
    roster, _ = read(
        tmp_path,
        "1,A,a@x.in,district_magistrate,HOW,,2020-05-01,,,",
        "2,B,b@x.in,district_magistrate,HOW,,2020-06-01,2020-06-09,yes,",
    )
    assert len(roster.postings) == 2


def test_a_transfer_with_its_successor_is_taken_without_a_word(tmp_path):
    roster, account = read(
        tmp_path,
        "2,B,b@x.in,district_magistrate,HOW,,2020-07-01,,,1",
        "1,A,a@x.in,district_magistrate,HOW,,2020-05-01,2020-06-30,,",
    )
    assert account.findings == () and len(roster.postings) == 2


def test_a_post_that_is_left_empty_is_listed(tmp_path):
    _, account = read(tmp_path, "1,A,a@x.in,cmoh,HOW,,2020-05-01,2020-06-30,,")
    assert (1, "post_left_empty", False) in codes(account) and account.taken == 1


def test_one_address_is_never_two_persons(tmp_path):
    known = KnownRoster(LEVELS, {"7": Officer("7", "Z", "z@x.in")})
    _, account = read(
        tmp_path,
        "1,A,Z@x.in,home,,,2020-05-01,,,",
        "2,B,b@x.in,home,,,2020-05-01,,,",
        "3,C,B@x.in,cmoh,HOW,,2020-05-01,,,",
        "2,Bee,b@x.in,cmoh,HOW,,2020-05-01,,,",
        known=known,
    )
    assert {(1, "email_of_another", True), (3, "email_of_another", True)} <= codes(account)
    assert (4, "person_contradicted", True) in codes(account)


def test_a_file_without_a_column_is_refused_by_its_name(tmp_path):
    file = tmp_path / "roster.csv"
    file.write_text("person_id,name,email,from_on\n1,A,a@x.in,2020-05-01\n")
    with pytest.raises(InputError, match="no column role"):
        read_roster(file, Mapping(), KnownRoster(LEVELS))


days = st.dates(date(2020, 1, 1), date(2020, 3, 1))


@given(days, days, days, days)
def test_postings_clash_exactly_when_they_share_a_day(a, b, c, d):
    one = Posting("1", DM, "HOW", "", min(a, b), max(a, b))
    other = Posting("2", DM, "HOW", "", min(c, d), max(c, d))
    shares = any(
        one.holds_on(date.fromordinal(n)) and other.holds_on(date.fromordinal(n))
        for n in range(date(2020, 1, 1).toordinal(), date(2020, 3, 2).toordinal())
    )
    assert (overlapping(one, [other]) is not None) is shares
    assert overlapping(one, [Posting("2", DM, "NAD", "", min(c, d), max(c, d))]) is None


def test_a_desk_may_stand_empty_and_a_magistrate_may_not():
    last = date(2020, 6, 30)
    assert leaves_empty(Posting("1", DM, "HOW", "", date(2020, 5, 1), last), [])
    desk = Posting("1", Role.DESK_OPERATOR, "HOW", "", date(2020, 5, 1), last)
    assert not leaves_empty(desk, [])
    after = Posting("2", DM, "HOW", "", date(2020, 7, 1))
    assert not leaves_empty(Posting("1", DM, "HOW", "", date(2020, 5, 1), last), [after])


def hierarchy(parent):
    made = units(len(parent))
    return Units(
        made.unit_id, made.name, made.population, made.level, words(*parent), made.geometry
    )


def test_an_area_is_a_unit_with_all_below_it():
    tree = hierarchy(["", "W0", "W1", "W0", "X"])
    assert units_below("W0", tree) == {"W0", "W1", "W2", "W3"}
    assert units_below("W2", tree) == {"W2"}
    # A code that only occurs as a parent counts, an unknown one is nobody's area.
    assert units_below("X", tree) == {"X", "W4"}
    assert units_below("nowhere", tree) == frozenset()


def test_a_hierarchy_in_a_circle_is_followed_once():
    assert units_below("W0", hierarchy(["W1", "W0", ""])) == {"W0", "W1"}
