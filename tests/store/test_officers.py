"""The roster in the store: transfers with successor, ends, acting officers, as known then."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import DatabaseError

from tests.officers import actor, post, settle
from tests.store.samples import NOON, hour
from zoning.access import Action, Officer, Role, allowed
from zoning.errors import AccessError, InputError, StoreError
from zoning.settings import Settings
from zoning.store.audit import read_entries
from zoning.workflow.imports import imports, undo
from zoning.workflow.officers import end_posting, import_roster, list_officers, transfer
from zoning.workflow.postings import find_officer, local_actor, officer_actor
from zoning.workflow.taking import ImportOrder

HEAD = "person_id,name,email,role,area_unit_id,from_on,to_on,successor_of\n"
DM = Role.DISTRICT_MAGISTRATE
JUNE, JULY = date(2020, 6, 30), date(2020, 7, 1)


def bring(store, tmp_path, *rows, at=NOON, who="tester", **options):
    file = tmp_path / f"roster-{len(rows)}-{at:%H}.csv"
    file.write_text(HEAD + "\n".join(rows) + "\n")
    return import_roster(store, ImportOrder(file, at, who, **options))


@pytest.fixture
def settled(store):
    return settle(store)


def test_a_roster_comes_in_and_is_listed_by_day(settled, tmp_path):
    account = bring(
        settled,
        tmp_path,
        "1,A,a@x.in,district_magistrate,N,2020-05-01,2020-06-30,",
        "2,B,b@x.in,district_magistrate,N,2020-07-01,,1",
        "3,C,c@x.in,cmoh,NIX,2020-05-01,,",
    )
    assert (account.taken, account.rejected) == (2, 1)
    at = hour(1)
    assert [p.officer.name for p in list_officers(settled, at)] == ["A", "B"]
    assert [p.officer.name for p in list_officers(settled, at, JUNE)] == ["A"]
    assert [p.officer.name for p in list_officers(settled, at, JULY)] == ["B"]


def test_a_dry_run_writes_nothing(settled, tmp_path):
    bring(settled, tmp_path, "1,A,a@x.in,home,,2020-05-01,,", is_dry_run=True)
    assert list_officers(settled, hour(1)) == ()


def test_a_roster_needs_boundaries(store, tmp_path):
    with pytest.raises(InputError, match="import boundaries"):
        bring(store, tmp_path, "1,A,a@x.in,home,,2020-05-01,,")


def test_a_roster_taken_back_gives_nobody_any_right(settled, tmp_path):
    bring(settled, tmp_path, "1,A,a@x.in,district_magistrate,N,2020-05-01,,")
    assert find_officer(settled, "A@x.in ", hour(1)) is not None
    undo(settled, imports(settled)[0].import_id, hour(2), "tester")
    assert find_officer(settled, "a@x.in", hour(3)) is None
    # As known before, it did.
    assert find_officer(settled, "a@x.in", hour(1)) is not None


def test_a_post_that_may_not_stand_empty_is_handed_over_and_never_just_ended(settled):
    old = post(settled, "asha", DM, "N")
    with pytest.raises(InputError, match=f"transfer {old} --to"):
        end_posting(settled, old, JUNE, hour(1), "tester")
    assert list_officers(settled, hour(2))[0].posting.to_on is None
    new = transfer(settled, old, Officer("bina", "Bina", "bina@x.in"), JULY, hour(2), "tester")
    assert new.posting.successor_of == "asha"
    held = {p.posting.person_id: p.posting for p in list_officers(settled, hour(3))}
    assert held["asha"].to_on == JUNE and held["bina"].from_on == JULY
    # As known before the transfer.
    assert list_officers(settled, hour(1))[0].posting.to_on is None


def test_a_post_that_may_stand_empty_is_ended(settled):
    posting = post(settled, "desk", Role.DESK_OPERATOR, "N")
    end_posting(settled, posting, JUNE, hour(1), "tester")
    assert list_officers(settled, hour(2), JULY) == ()
    with pytest.raises(StoreError, match="already"):
        end_posting(settled, posting, JULY, hour(3), "tester")


def test_a_posting_ends_no_earlier_than_it_begins(settled):
    posting = post(settled, "desk", Role.DESK_OPERATOR, "N")
    with pytest.raises(StoreError, match="before that"):
        end_posting(settled, posting, date(2019, 12, 31), hour(1), "tester")


def test_a_post_is_never_handed_to_somebody_unknown_or_with_anothers_address(settled):
    old = post(settled, "asha", DM, "N")
    with pytest.raises(InputError, match="isn't on the roster"):
        transfer(settled, old, Officer("bina", "", ""), JULY, hour(1), "tester")
    with pytest.raises(InputError, match="that of asha"):
        successor = Officer("bina", "Bina", "ASHA@wb.example")
        transfer(settled, old, successor, JULY, hour(1), "tester")
    assert [p.posting.to_on for p in list_officers(settled, hour(2))] == [None]


def test_who_acts_holds_the_post_beside_the_one_appointed(settled):
    post(settled, "asha", DM, "N")
    post(settled, "bina", DM, "N", is_acting=True, to_on=JUNE)
    assert len(list_officers(settled, hour(1), JUNE)) == 2


def test_rights_end_with_the_last_day_in_india(settled):
    post(settled, "asha", DM, "N", to_on=date(2020, 5, 18))
    # 23:59 and 00:00 in India.
    late = NOON.replace(hour=18, minute=29)
    assert find_officer(settled, "asha@wb.example", late).postings
    after = find_officer(settled, "asha@wb.example", late + timedelta(minutes=1))
    assert after.postings == ()
    with pytest.raises(AccessError, match="holds no post today"):
        officer_actor(settled, Settings(), after, None, late + timedelta(minutes=1))


def test_a_posting_of_somebody_else_cant_be_chosen(settled):
    post(settled, "asha", DM, "N")
    other = post(settled, "bina", DM, "S")
    signed_in = find_officer(settled, "asha@wb.example", hour(1))
    with pytest.raises(AccessError, match="doesn't hold this post"):
        officer_actor(settled, Settings(), signed_in, other, hour(1))


def test_an_area_reaches_down_and_stops_where_a_corporation_delineates_itself(settled):
    settings = Settings(self_delineating="C")
    magistrate = actor(settled, DM, "N", settings=settings)
    assert allowed(magistrate.standing, Action.RELEASE, "W3")
    assert not allowed(magistrate.standing, Action.RELEASE, "W1")
    assert not allowed(magistrate.standing, Action.SEE_FIGURES, "W4")
    commissioner = actor(settled, Role.COMMISSIONER, "C", settings=settings)
    assert allowed(commissioner.standing, Action.RELEASE, "W1")
    assert not allowed(commissioner.standing, Action.RELEASE, "W3")


def test_at_a_machine_of_ones_own_a_role_with_an_area_asks_for_it(settled):
    with pytest.raises(AccessError, match="area"):
        local_actor(settled, Settings(), DM, "", hour(1))
    assert local_actor(settled, Settings(), Role.LOCAL, "", hour(1)).area_unit_ids is None


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.LOCAL, Role.STATE_HEALTH)])
def test_nobody_but_health_changes_the_roster(settled, tmp_path, role):
    who = actor(
        settled, role, "" if role is Role.HOME else "C" if role is Role.COMMISSIONER else "N"
    )
    old = post(settled, "asha", Role.OBSERVER, "S")
    with pytest.raises(AccessError, match="state health department"):
        bring(settled, tmp_path, "9,Z,z@x.in,home,,2020-05-01,,", at=hour(2), who=who)
    with pytest.raises(AccessError):
        end_posting(settled, old, JUNE, hour(2), who)
    with pytest.raises(AccessError):
        transfer(settled, old, Officer("z", "Z", "z@x.in"), JULY, hour(2), who)
    with settled.reading() as session:
        assert {e.who for e in read_entries(session)} == {"health.officer", "tester"}


@pytest.mark.parametrize("table", ["officers", "postings", "posting_ends"])
@pytest.mark.parametrize("change", ["delete from {0}", "update {0} set known_by = 'x'"])
def test_the_roster_is_never_changed_behind_its_back(settled, table, change):
    posting = post(settled, "desk", Role.DESK_OPERATOR, "N")
    end_posting(settled, posting, JUNE, hour(1), "tester")
    with pytest.raises((StoreError, DatabaseError)), settled.transaction() as session:
        session.connection().exec_driver_sql(change.format(table))
