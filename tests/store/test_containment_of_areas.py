"""Containment by area: an officer of one district sees its part, and no figure of another's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from tests.grounds import RULE, bring_cases, contain, moment
from tests.officers import NORTH, SOUTH, actor
from zoning.access import Role
from zoning.errors import AccessError, OrderError
from zoning.settings import Settings
from zoning.workflow.containment_desk import WhatIf
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.decisions import propose
from zoning.workflow.follow_up_told import ToldContact, ToldRound, ToldSamples
from zoning.workflow.ground import GroundShelf
from zoning.workflow.uploads import UploadShelf
from zoning.workflow.zone_desk import ZoneDesk
from zoning.workflow.zone_words import beyond_sentence, zone_sentences

NOW = moment(30)


@pytest.fixture
def contained(store, tmp_path):
    return contain(store, tmp_path)


@pytest.fixture
def desk_of(contained, tmp_path):
    def of(role, area="", at=NOW):
        who = "tester" if role is Role.LOCAL else actor(contained, role, area, at=at)
        data = DataDesk(contained, Settings(), UploadShelf(tmp_path), who, clock=lambda: at)
        return ZoneDesk(data, GroundShelf())

    return of


def zones(found):
    return found.zones.divided.zone_id.tolist()


def cases(found):
    figures = found.zones.weighed.zones
    return dict(zip(zones(found), figures.cases.tolist(), strict=True))


@pytest.fixture
def whole(desk_of):
    """Return the ids of the zone of N, of S, and of the one across, as the state sees them."""
    found = desk_of(Role.LOCAL).look().found
    at = {tuple(u): z for u, z in zip(found.zones.unit_ids, zones(found), strict=True)}
    return {"north": at["W0",], "south": at["W8",], "across": at["W3", "W4"]}


def test_the_state_sees_every_zone_whole(desk_of, whole):
    for role in (Role.LOCAL, Role.STATE_HEALTH, Role.HOME):
        found = desk_of(role).look().found
        assert cases(found) == {whole["north"]: 2, whole["south"]: 3, whole["across"]: 11}
        assert not found.zones.n_beyond.any() and not found.is_part


def test_a_zone_across_the_line_is_shown_with_its_part_and_says_so(desk_of, whole):
    north, south = (desk_of(Role.DISTRICT_MAGISTRATE, d).look().found for d in "NS")
    assert cases(north)[whole["across"]] == 4
    assert cases(south)[whole["across"]] == 7
    for found in (north, south):
        at = zones(found).index(whole["across"])
        assert found.is_part and found.zones.n_beyond[at] == 1
        assert found.zones.weighed.zones.n_booths_a[at] == 1
    assert "1 booth more is affected" in beyond_sentence(1)


def test_zones_and_totals_hold_nothing_of_elsewhere(desk_of, whole):
    north = desk_of(Role.DISTRICT_MAGISTRATE, "N").look().found
    assert whole["south"] not in zones(north)
    total = north.zones.weighed.total
    assert total.cases.tolist() == [6] and total.share_of_cases.tolist() == [1.0]
    table, divided = north.now.ground.table, north.zones.divided
    elsewhere = np.isin(table.unit_id.astype(str), SOUTH)
    assert (divided.category[elsewhere] == "").all() and (divided.label[elsewhere] == -1).all()
    assert not divided.counts.affecting[elsewhere].any()
    assert not divided.counts.active[elsewhere].any()
    assert np.isnat(divided.counts.last_case_on[elsewhere]).all()
    assert set(north.board.now.ground.table.unit_id[north.board.row]) <= set(NORTH)
    assert {u for units in north.zones.unit_ids for u in units} <= set(NORTH)


def test_both_parts_make_the_whole(desk_of):
    parts = [desk_of(Role.DISTRICT_MAGISTRATE, d).look().found for d in "NS"]
    whole = desk_of(Role.LOCAL).look().found
    for name in ("n_booths_a", "n_booths_b", "population_a", "cases"):
        totals = [getattr(f.zones.weighed.total, name)[0] for f in (*parts, whole)]
        assert totals[0] + totals[1] == totals[2], name
    rows = [len(f.board.row) for f in (*parts, whole)]
    assert rows[0] + rows[1] == rows[2] == 4


def test_a_zone_of_which_only_the_buffer_lies_here_says_so(desk_of, whole):
    # The buffer of the zone across reaches into the corporation, which has no affected booth of it.
    found = desk_of(Role.COMMISSIONER, "C").look().found
    at = zones(found).index(whole["across"])
    figures = found.zones.weighed.zones
    assert figures.n_booths_a[at] == 0 and figures.n_booths_b[at] > 0
    assert figures.cases[at] == 0
    assert "of your area" in " ".join(zone_sentences(found.zones, at))
    assert found.zones.areas[at] is None and found.zones.buffers[at] is not None


def test_without_an_area_of_units_there_is_nothing_to_see(desk_of):
    found = desk_of(Role.OBSERVER, "atlantis").look().found
    assert not zones(found) and not len(found.board.row) and found.is_part
    assert np.isnat(found.through)


def test_what_if_tells_of_the_own_part_alone(desk_of, contained, tmp_path):
    more = [("W1-a", "2020-05-29", 5), ("W6-a", "2020-05-29", 5)]
    bring_cases(contained, tmp_path, more, moment(29.5))
    asked = WhatIf(rule_id=RULE, on=date(2020, 5, 29))
    whole = desk_of(Role.LOCAL).what_if(asked)
    parts = [desk_of(Role.DISTRICT_MAGISTRATE, d).what_if(asked) for d in "NS"]
    assert [len(p.zone) for p in parts] == [4, 5] and len(whole.zone) == 9
    moved = [sum(t.moved().values()) for t in (*parts, whole)]
    assert moved[0] + moved[1] == moved[2] > 0
    captured = [t.thought.weighed.total.cases[0] for t in (*parts, whole)]
    assert captured[0] + captured[1] == captured[2] > 0
    for part in parts:
        new = [z for z in part.thought.divided.zone_id if z.startswith("new-")]
        # Their numbers don't tell how many would open elsewhere.
        assert new == [f"new-{n}" for n in range(1, len(new) + 1)] != []


def test_a_guessed_zone_is_refused(desk_of, whole):
    desk = desk_of(Role.DISTRICT_MAGISTRATE, "N")
    assert desk.life(whole["north"]) and desk.life(whole["across"])
    for guessed in (whole["south"], "CZ-20200510-099", ""):
        with pytest.raises(AccessError):
            desk.life(guessed)


def test_what_was_only_proposed_is_told_to_the_state_alone(desk_of, whole, contained, tmp_path):
    bring_cases(contained, tmp_path, [("W0-b", "2020-05-12", 5)], moment(12))
    propose(contained, RULE, date(2020, 5, 12), moment(12.1), "tester")
    told = {role: desk_of(role, area).life(whole["north"]) for role, area in WATCHING}
    assert any("Proposed only" in s for s in told[Role.STATE_HEALTH])
    assert not any("Proposed only" in s for s in told[Role.DISTRICT_MAGISTRATE])


WATCHING = [(Role.STATE_HEALTH, ""), (Role.DISTRICT_MAGISTRATE, "N")]


def quiet(store, folder):
    """Let 35 days go by; all is complete through 14 June."""
    bring_cases(store, folder, [("W6-d", "2020-06-01", 1)], moment(45), date(2020, 6, 14))


LATE = moment(45.2)


def test_a_magistrate_releases_the_own_booths_and_no_others(desk_of, contained, tmp_path, whole):
    quiet(contained, tmp_path)
    cmoh = desk_of(Role.CMOH, "N", LATE)
    cmoh.tell_round(ToldRound(whole["north"], date(2020, 6, 14), 100, 95))
    desk = desk_of(Role.DISTRICT_MAGISTRATE, "N", LATE)
    # W0 lies in the corporation, which its Commissioner delineates where settings say so.
    board = desk.look().found.board
    assert board.state.is_due[board.booth_id.tolist().index("W0-a")]
    with pytest.raises(AccessError):
        desk.plan_release(["W8-d"])
    with pytest.raises(AccessError):
        desk.plan_release(["W0-a", "W8-d"])
    with pytest.raises(OrderError, match="isn't in Category A"):
        desk.plan_release(["W8-none"])
    plan = desk.plan_release(["W0-a"])
    desk.release(["W0-a"], plan.order)
    assert "W0-a" not in desk.look().found.board.booth_id


def test_follow_up_of_anothers_part_shuts_ones_own_and_is_told_without_its_figures(
    desk_of, contained, tmp_path, whole
):
    quiet(contained, tmp_path)
    told = ToldRound("", date(2020, 6, 14), 100, 95)
    desk_of(Role.CMOH, "N", LATE).tell_round(replace(told, area_id="W3-b"))
    south = desk_of(Role.CMOH, "S", LATE)
    south.tell_round(replace(told, area_id="W4-a", houses_visited=31))
    south.tell_contact(
        ToldContact("C-1", "W4-a", date(2020, 6, 13), date(2020, 6, 14), "open"),
    )
    board = desk_of(Role.DISTRICT_MAGISTRATE, "N", LATE).look().found.board
    at = board.booth_id.tolist().index("W3-b")
    assert board.state.is_blocked[at] and not board.state.is_due[at]
    assert "outside your area" in board.sentences[at]
    assert "31" not in board.sentences[at] and "contact" not in board.sentences[at]
    zone = board.register.zone_id.tolist().index(whole["across"])
    assert board.register.house_round_percent[zone] == 95
    assert board.register.open_contacts[zone] == 0
    there = desk_of(Role.DISTRICT_MAGISTRATE, "S", LATE).look().found.board
    mine = there.register.zone_id.tolist().index(whole["across"])
    assert there.register.house_round_percent[mine] == 31
    assert there.register.open_contacts[mine] == 1


def test_follow_up_is_told_where_it_is_ones_own_to_tell(desk_of, whole):
    day = (NOW + timedelta(hours=5)).date()
    desk = desk_of(Role.CMOH, "N")
    for area, is_own in (("W0-a", True), (whole["across"], True), (whole["south"], False)):
        acts = (
            lambda a=area: desk.tell_round(ToldRound(a, day, 100, 95)),
            lambda a=area: desk.tell_contact(ToldContact("C-1", a, None, day, "open")),
            lambda a=area: desk.tell_samples(ToldSamples(a, day, 5, 5)),
        )
        for act in acts:
            if is_own:
                assert act()
            else:
                with pytest.raises(AccessError):
                    act()
    with pytest.raises(AccessError):
        desk_of(Role.DISTRICT_MAGISTRATE, "N").tell_round(ToldRound("W0-a", day, 100, 95))


def test_first_cases_are_those_of_the_own_area(desk_of, contained, tmp_path):
    bring_cases(contained, tmp_path, [("W2-a", "2020-05-20", 1), ("W6-a", "2020-05-20", 1)], NOW)
    later = NOW + timedelta(hours=1)
    for area, unit, foreign in (("N", "W2", "W6"), ("S", "W6", "W2")):
        desk = desk_of(Role.DISTRICT_MAGISTRATE, area, later)
        alarms = desk.look().found.alarms
        assert alarms.units.unit_id[alarms.state.unit_index].tolist() == [unit]
        assert len(alarms.state.is_before_watch) == 9
        with pytest.raises(AccessError):
            desk.answer_alarm(foreign, "team sent")
        desk.answer_alarm(unit, "team sent")
        assert set(desk.look().found.alarms.answers) == {unit}


def test_who_sees_no_figures_sees_no_containment(desk_of):
    desk = desk_of(Role.PUBLIC)
    acts = (desk.look, lambda: desk.what_if(WhatIf()), lambda: desk.life("CZ-20200510-001"))
    for act in acts:
        with pytest.raises(AccessError):
            act()
