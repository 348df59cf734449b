"""Any moment as in force and as known then, what changed, where counts break, who did what."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.grounds import RULE, WHO, bring_cases, contain, moment, put_in_force
from tests.officers import NORTH, SOUTH, actor
from zoning.access import Role
from zoning.errors import AccessError, InputError
from zoning.orders.series_breaks import BreakKind
from zoning.settings import Settings
from zoning.store.audit_reading import AuditQuery
from zoning.workflow.alarms import answer_alarm
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.decisions import Containing, propose, publish
from zoning.workflow.ground import GroundShelf
from zoning.workflow.history_desk import HistoryDesk, then
from zoning.workflow.in_force_then import changed_places
from zoning.workflow.uploads import UploadShelf

NOW = moment(30)


@pytest.fixture
def lived(store, tmp_path):
    """Zones since 11 May; W0 quiet and W2 affected since 18 May; cases told late on 20 May."""
    contain(store, tmp_path)
    bring_cases(store, tmp_path, [("W2-a", "2020-05-17", 9)], moment(17))
    put_in_force(store, "2020-05-17", moment(17.1))
    bring_cases(store, tmp_path, [("W6-a", "2020-05-09", 9)], moment(20))
    return store


def desk_of(store, role=Role.LOCAL, area="", at=NOW, folder=None):
    who = "tester" if role is Role.LOCAL else actor(store, role, area, at=at)
    shelf = UploadShelf(folder) if folder else None
    return HistoryDesk(DataDesk(store, Settings(), shelf, who, clock=lambda: at))


def by_unit(found, column):
    return dict(zip(found.units.unit_id.tolist(), column.tolist(), strict=True))


def test_a_moment_shows_what_was_in_force_beside_what_was_known(lived):
    before = desk_of(lived).then(moment(12))

    assert by_unit(before, before.zone) == by_unit(before, before.known)
    assert before.on == date(2020, 5, 10) and before.rule_id == RULE
    assert not before.differs.any()
    after = desk_of(lived).then(moment(21))
    # W6's cases of 9 May were known on 21 May, and no order has followed yet.
    assert by_unit(after, after.differs)["W6"]
    assert by_unit(after, after.number)["W6"].startswith("Z-20200517-")


def test_what_was_known_later_is_not_known_then(lived):
    late = desk_of(lived).then(moment(21))
    early = desk_of(lived).then(moment(19))
    assert by_unit(early, early.known)["W6"] != by_unit(late, late.known)["W6"]
    # The same past moment looks the same from any later one.
    again = desk_of(lived, at=moment(300)).then(moment(19))
    assert again.known.tolist() == early.known.tolist()


def test_a_moment_before_cases_says_that_nothing_was_known(lived):
    found = desk_of(lived).then(moment(5))
    assert found.on is None and set(found.known) == {"unclassified"}
    assert set(found.zone) == {"unclassified"} and found.categories == {}


def test_a_moment_before_boundaries_is_refused(lived):
    with pytest.raises(InputError, match="No boundaries were known then"):
        desk_of(lived).then(moment(-1))


def test_what_was_known_is_shown_in_the_own_area_alone(lived):
    found = desk_of(lived, Role.DISTRICT_MAGISTRATE, "N").then(moment(21))
    known = by_unit(found, found.known)
    assert all(known[u] == "" for u in SOUTH) and all(known[u] for u in NORTH)
    whole = desk_of(lived).then(moment(21))
    assert found.zone.tolist() == whole.zone.tolist()
    assert not by_unit(found, found.differs)["W6"]


def test_the_difference_of_two_days_names_places_and_orders(lived):
    found = desk_of(lived).change(moment(12), moment(19)).change
    at = found.units.code.tolist().index("W2")
    assert found.units.before[at] != found.units.after[at]
    assert {number[:10] for number in found.units.number} == {"Z-20200517"}
    assert {number[:10] for number in found.units.number_before} == {"Z-20200510"}
    booths = dict(zip(found.booths.code, found.booths.after, strict=True))
    assert booths["W2-a"] == "A"
    assert len(desk_of(lived).change(moment(12), moment(12)).change.units) == 0
    with pytest.raises(InputError, match="exchange them"):
        desk_of(lived).change(moment(19), moment(12))


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["red", "green"])),
    st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["red", "green"])),
)
def test_exactly_those_places_change_that_differ(one, other):
    def side(found, number):
        codes = np.array(list(found), dtype=object)
        return codes, np.array([*found.values()], dtype=object), np.full(len(codes), number, object)

    told = changed_places(side(one, "1"), side(other, "2"))
    expected = {k for k in one | other if one.get(k) != other.get(k)}
    assert set(told.code) == expected and len(told) == len(expected)
    for code, before, after, *numbers in zip(
        told.code, told.before, told.after, told.number_before, told.number, strict=True
    ):
        assert (before, after) == (one.get(code, ""), other.get(code, ""))
        assert numbers == ["1" if code in one else "", "2" if code in other else ""]


def test_each_day_is_counted_as_it_was_at_its_end(lived):
    found = desk_of(lived).trend()
    assert str(found.day[0]) == "2020-05-11" and str(found.day[-1]) == "2020-05-31"
    assert len(found) == 21
    a = dict(zip(found.day.astype(str), found.booths["A"], strict=True))
    assert a["2020-05-11"] == a["2020-05-17"] == 4
    assert a["2020-05-18"] == a["2020-05-31"] == 5
    total = sum(column for column in found.units.values())
    assert set(total.tolist()) == {9}
    # The memo's own policy governs the first order, and what it names for later the second.
    assert [b.kind for b in found.breaks] == [BreakKind.POLICY] and not found.is_part
    for day in (0, 10, 20):
        at = moment(10.5 + day)
        state = then(lived, RULE, at, WHO)
        for zone, counts in found.units.items():
            assert counts[day] == (state.zone == zone).sum()


def test_active_cases_of_a_trend_are_those_of_the_own_area(lived):
    parts = [desk_of(lived, Role.CMOH, d).trend().active for d in "NS"]
    assert np.array_equal(parts[0] + parts[1], desk_of(lived).trend().active)


def test_another_rule_or_policy_breaks_the_series_with_its_moment(lived):
    shelf = GroundShelf()
    for rule, policy, at in (
        ("mohfw-2020-04-30", "", moment(22)),
        ("mohfw-2020-04-30", "mohfw-2020-04-17", moment(24)),
    ):
        made = propose(lived, rule, date(2020, 5, 20), at, WHO, Containing(shelf, policy))
        publish(lived, at + timedelta(minutes=1), WHO, made.run_id)
    breaks = desk_of(lived).trend().breaks
    assert BreakKind.RULE in {b.kind for b in breaks}
    assert [b.at for b in breaks if b.kind is BreakKind.RULE] == [moment(22) + timedelta(minutes=1)]
    assert all(b.sentence for b in breaks)


def lines(store, role, area="", **query):
    return desk_of(store, role, area).audit(AuditQuery(**query))


def test_who_did_what_is_found_by_who_action_subject_and_day(lived):
    found = lines(lived, Role.STATE_HEALTH)
    assert [line.number for line in found] == sorted((x.number for x in found), reverse=True)
    assert {x.action for x in lines(lived, Role.HOME, action="ORDER.")} == {
        *("order.publish", "order.content"),
    }
    assert all(x.who == WHO for x in lines(lived, Role.HOME, who=WHO[:3]))
    assert lines(lived, Role.HOME, who="100%") == ()
    assert len(lines(lived, Role.HOME, limit=2)) == 2
    days = lines(lived, Role.HOME, since=moment(17), until=moment(18))
    assert days and all(moment(17) <= x.at < moment(18) for x in days)


def test_an_officer_of_an_area_reads_what_concerns_it_and_nothing_else(lived):
    answer_alarm(lived, "W2", "team sent", moment(18), WHO)
    north = {x.subject for x in lines(lived, Role.DISTRICT_MAGISTRATE, "N")}
    south = {x.subject for x in lines(lived, Role.DISTRICT_MAGISTRATE, "S")}
    assert "units/W2" in north and "units/W2" not in south
    assert any(s.startswith("orders/") for s in north)
    # Files of the whole state, and the roster, are the state's.
    assert not any(s.startswith(("imports/", "runs/", "editions/")) for s in north)


@pytest.mark.parametrize("role", [Role.CMOH, Role.OBSERVER, Role.DESK_OPERATOR, Role.ENFORCEMENT])
def test_the_audit_is_closed_to_others(lived, role):
    area = "N" if role is not Role.ENFORCEMENT else "C"
    desk = desk_of(lived, role, area)
    for act in (lambda: desk.audit(AuditQuery()), desk.actions, desk.verify):
        with pytest.raises(AccessError):
            act()


def test_the_audit_is_verified_in_words_with_a_hash_to_note(lived):
    desk = desk_of(lived)
    told = desk.verify()
    head = told.figures["head"]
    assert told.state == "ok" and head in told.sentence
    bring = desk_of(lived).verify(head)
    assert "up to it nothing was changed" in bring.sentence
    assert desk.verify("0" * 64).state == "broken"
