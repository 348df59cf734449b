"""What a run would change against what is in force, on rows that arrive day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from tests.officers import SOUTH, actor, settle
from tests.store import samples
from tests.store.samples import NOON, hour, words
from zoning.access import Role
from zoning.errors import AccessError, InputError, OrderError
from zoning.model import OUTCOME_CODES, Outcomes
from zoning.orders.draft import Override
from zoning.store.cases import insert_cases
from zoning.store.imports import ImportKind, begin, finish, undo
from zoning.store.orders import NewOrder, zones_in_force
from zoning.store.outcomes import insert_outcomes
from zoning.store.results import list_runs
from zoning.workflow.containment_desk import WhatIf
from zoning.workflow.decisions import propose, publish
from zoning.workflow.floors import NewFloor, set_floor
from zoning.workflow.ground import GroundShelf
from zoning.workflow.proposal import proposed_changes, thought_changes

RULE = "mohfw-2020-05-17"
FIRST = date(2020, 5, 18)


def day(n):
    """The n-th day, at an hour when its reports are in."""
    return NOON + timedelta(days=n, hours=12)


def bring(store, n, rows=(), kind=ImportKind.CASES, insert=insert_cases, table=None):
    """Import cases of (unit, how many, days before the n-th) that complete the n-th day."""
    with store.transaction() as session:
        import_id = begin(
            session, samples.new_import(kind, f"{kind}-{n}", day(n) - timedelta(0, 60))
        )
        if table is None:
            size = sum(count for _, count, _ in rows)
            table = samples.plain_cases(size)
            units = [unit for unit, count, _ in rows for _ in range(count)]
            ago = [back for _, count, back in rows for _ in range(count)]
            table = replace(
                table,
                case_id=words(*(f"{n}-{i}" for i in range(size))),
                unit_id=samples.coded(*units),
                confirmed_on=np.datetime64(FIRST + timedelta(n)) - np.array(ago, dtype=int),
            )
        insert(session, import_id, table)
        through = np.datetime64(FIRST + timedelta(n))
        finish(session, import_id, samples.account(len(table)), through)
    return import_id


def order(store, n, number):
    made = propose(store, RULE, FIRST + timedelta(n), day(n), "tester")
    new = NewOrder(number, "Zones", "Act", "Reason", "Officer", effective_at=day(n))
    publish(store, day(n), "tester", made.run_id, new)
    return made.run_id


def found(store, n, who="tester", **how):
    made = propose(store, RULE, FIRST + timedelta(n), day(n), "tester")
    return proposed_changes(store, GroundShelf(), made.run_id, day(n), who, **how)


def of(proposed, unit):
    units = proposed.units
    at = units.unit_id.tolist().index(unit)
    return units.kind[at], units.reason[at], units.in_force[at], units.proposed[at]


@pytest.fixture
def red(store):
    """W5 red by order since the first day, from a surge that ends there; W0 green."""
    settle(store)
    bring(store, 0, [("W5", 30, 1), ("W5", 30, 0)])
    order(store, 0, "Z/0")
    return store


def test_a_unit_relaxes_after_seven_complete_days_and_not_before(red):
    for n in range(1, 18):
        bring(red, n)
    kinds = {n: of(found(red, n), "W5")[:2] for n in range(8, 18)}
    first = min(n for n, (kind, _) in kinds.items() if kind == "relax")
    waiting = [reason for n, (_, reason) in kinds.items() if n < first]
    assert set(waiting) <= {"same", "too_few_days"}
    assert "too_few_days" in waiting
    assert of(found(red, first), "W5")[2:] == ("red", "orange")
    before = found(red, first - 1).units
    at = before.unit_id.tolist().index("W5")
    assert before.earliest_on[at].item() == FIRST + timedelta(first)
    assert "complete days in a row milder than red: 6 of 7" in before.sentence[at]


def test_an_order_published_directly_relaxes_nothing_before_its_time(red):
    for n in range(1, 18):
        bring(red, n)
    first = next(n for n in range(8, 18) if of(found(red, n), "W5")[0] == "relax")
    for n in (first - 1, first):
        order(red, n, f"Z/{n}")
        with red.reading() as session:
            standing = zones_in_force(session, day(n))
        in_force = dict(zip(standing.unit_id, standing.zone, strict=True))
        assert in_force["W5"] == ("red" if n < first else "orange")


def test_the_first_order_published_directly_goes_below_no_floor(store):
    settle(store)
    bring(store, 0, [("W5", 30, 1), ("W5", 30, 0)])
    floor = NewFloor("W0", "red", "Home", "HOME/1", day(0), None)
    set_floor(store, floor, day(0), "tester")
    order(store, 0, "Z/0")
    with store.reading() as session:
        standing = zones_in_force(session, day(0))
    in_force = dict(zip(standing.unit_id, standing.zone, strict=True))
    assert (in_force["W0"], in_force["W5"], in_force["W1"]) == ("red", "red", "green")


def test_tightening_is_proposed_on_the_day_itself(red):
    bring(red, 1, [("W0", 40, 0)])
    kind, _, in_force, zone = of(found(red, 1), "W0")
    assert (kind, in_force, zone) == ("tighten", "green", "red")


def test_old_rows_brought_in_late_do_not_relax(red):
    for n in range(1, 9):
        bring(red, n)
    ids = words(*(f"0-{i}" for i in range(60)))
    told = Outcomes(
        row=np.arange(1, 61),
        case_id=ids,
        outcome=np.full(60, OUTCOME_CODES["recovered"], dtype=np.int8),
        outcome_on=np.full(60, np.datetime64(FIRST), dtype="datetime64[D]"),
    )
    bring(red, 9, kind=ImportKind.OUTCOMES, insert=insert_outcomes, table=told)
    bring(red, 9)
    seen = found(red, 9)
    assert of(seen, "W5")[:2] == ("refused", "back_filed")
    assert of(seen, "W5")[3] == "red"


def test_what_is_judged_of_one_day_does_not_depend_on_when_it_is_asked(red):
    for n in range(1, 12):
        bring(red, n)
    run = propose(red, RULE, FIRST + timedelta(11), day(11), "tester").run_id
    now = proposed_changes(red, GroundShelf(), run, day(11), "tester")
    later = proposed_changes(red, GroundShelf(), run, day(30), "tester")
    assert now.units.kind.tolist() == later.units.kind.tolist()
    assert not now.is_outdated


def test_data_that_came_since_is_said(red):
    run = propose(red, RULE, FIRST, day(0), "tester").run_id
    import_id = bring(red, 1)
    assert proposed_changes(red, GroundShelf(), run, day(1), "tester").is_outdated
    with red.transaction() as session:
        undo(session, import_id, at=day(2), who="tester")
    assert proposed_changes(red, GroundShelf(), run, day(3), "tester").is_outdated


def test_a_silent_feed_changes_nothing_in_force(red):
    seen = found(red, 6)
    assert of(seen, "W5") == ("unclassified", "unclassified", "red", "red")
    assert of(seen, "W0") == ("unclassified", "unclassified", "green", "green")


def test_units_carry_the_order_and_the_day_since_when_it_stands(red):
    bring(red, 1)
    units = found(red, 1).units
    at = units.unit_id.tolist().index("W5")
    assert units.number[at] == "Z/0"
    assert units.since[at].item() == date(2020, 5, 19)


def test_an_officer_sees_the_own_area_and_nothing_of_another(red):
    bring(red, 1, [("W0", 40, 0)])
    south = found(red, 1, actor(red, Role.DISTRICT_MAGISTRATE, "S", at=day(1)))
    assert south.units.unit_id.tolist() == list(SOUTH)
    assert set(south.booths.unit_id) <= set(SOUTH)
    whole = found(red, 1)
    assert len(whole.units) == 9
    inside = np.isin(whole.booths.unit_id.astype(str), SOUTH)
    assert south.booths.booth_id.tolist() == whole.booths.booth_id[inside].tolist()
    counts = south.thought.thought.divided.counts
    assert counts.affecting_by_unit.sum() == counts.affecting_by_unit[4:].sum() > 0
    assert len(south.thought.thought) < len(whole.thought.thought)


def test_who_sees_no_figures_sees_no_proposal(red):
    with pytest.raises(AccessError):
        found(red, 0, actor(red, Role.PUBLIC, at=day(0)))


def test_booths_follow_what_is_ordered_and_not_what_the_rule_says(red):
    for n in range(1, 24):
        bring(red, n)
    seen = found(red, 23)
    kind, _, in_force, zone = of(seen, "W5")
    assert (kind, in_force, zone) == ("relax", "red", "orange")
    override = Override("W5", "orange", "red", "Festival next week")
    kept = found(red, 23, overrides=[override])
    assert kept.units.to_order([override]).tolist()[5] == "red"
    assert kept.thought.zone[5] == "red"


def test_another_rule_is_thought_through_and_nothing_is_kept(red):
    asked = WhatIf(rule_id="mohfw-2020-04-30", on=FIRST)
    seen = thought_changes(red, GroundShelf(), asked, day(0), "tester", default_rule=RULE)
    assert seen.basis.run is None
    assert seen.basis.rule.id == "mohfw-2020-04-30"
    assert set(seen.units.kind) <= {"same", "tighten", "relax", "kept_until", "refused", "first"}
    with red.reading() as session:
        assert len(list_runs(session)) == 1


def test_without_a_run_the_way_out_is_told(store):
    settle(store)
    with pytest.raises(OrderError, match="zoning propose"):
        proposed_changes(store, GroundShelf(), None, hour(1), "tester")


def test_a_run_on_other_boundaries_is_refused(red):
    run = propose(red, RULE, FIRST, day(0), "tester").run_id
    with red.transaction() as session:
        samples.add_units(session, day(1), "others")
    with pytest.raises(InputError, match="propose again"):
        proposed_changes(red, GroundShelf(), run, day(2), "tester")


def test_a_floor_above_a_unit_holds_for_all_below_it(red):
    for n in range(1, 24):
        bring(red, n)
    assert of(found(red, 23), "W5")[0] == "relax"
    set_floor(red, NewFloor("S", "red", "Home", "H/12", day(22)), day(22), "tester")
    seen = found(red, 23)
    assert of(seen, "W5")[:2] == ("refused", "floor")
    assert of(seen, "W4")[:2] == ("tighten", "floor_above")
    assert of(seen, "W0")[0] == "same"
    at = seen.units.unit_id.tolist().index("W5")
    assert seen.units.floor_by[at] == "Home, H/12"
