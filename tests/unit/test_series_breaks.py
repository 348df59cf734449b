"""A series breaks where its measure changes, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zoning.orders.series_breaks import Basis, BreakKind, definition_changes, series_breaks
from zoning.rules.rulebook import load_rule, rule_ids

START = datetime(2020, 5, 18, tzinfo=UTC)
MOHFW = load_rule("mohfw-2020-05-17")
FIRST = Basis(START, "Z-1", MOHFW, "memo-177-cs-2020", 500.0, 1, 2, "wards", "booths", "p1")


def later(days, **what):
    return replace(FIRST, at=START + timedelta(days=days), number=f"Z-{days}", **what)


def kinds(*bases):
    return [found.kind for found in series_breaks(bases)]


def test_nothing_breaks_while_the_measure_stays():
    assert series_breaks([FIRST, later(1), later(2)]) == ()
    assert series_breaks([]) == () and series_breaks([FIRST]) == ()


def test_another_rule_breaks_it_with_what_it_defines_differently():
    other = load_rule("kerala-wipr-2021-08-11")
    found = series_breaks([FIRST, later(3, rule=other)])
    assert [f.kind for f in found] == [BreakKind.RULE, BreakKind.DEFINITION]
    assert {(f.at, f.number) for f in found} == {(START + timedelta(days=3), "Z-3")}
    assert "kerala-wipr-2021-08-11" in found[0].sentence and MOHFW.id in found[0].sentence
    assert "before by" in found[1].sentence


def test_days_of_activity_are_a_definition():
    longer = replace(MOHFW, id="x", active=replace(MOHFW.active, open_days=14))
    assert definition_changes(MOHFW, longer) == (
        "a case without a known outcome is active for 14 days, before for 28",
    )
    assert definition_changes(MOHFW, replace(MOHFW, id="y")) == ()


def test_policy_buffer_editions_and_people_break_it():
    assert kinds(FIRST, later(1, policy_id="mohfw-2020-04-17")) == [BreakKind.POLICY]
    assert kinds(FIRST, later(1, buffer_m=100.0)) == [BreakKind.POLICY]
    assert kinds(FIRST, later(1, edition_id=7)) == [BreakKind.EDITION]
    assert kinds(FIRST, later(1, booth_edition_id=7)) == [BreakKind.BOOTHS]
    assert kinds(FIRST, later(1, population_key="p2")) == [BreakKind.POPULATION]


def test_what_an_order_is_silent_on_doesnt_break_it():
    silent = Basis(START + timedelta(days=1), "D-1")
    assert series_breaks([FIRST, silent, later(2)]) == ()
    assert kinds(FIRST, silent, later(2, edition_id=7)) == [BreakKind.EDITION]


def test_the_sequence_is_that_of_time_and_not_of_the_list():
    one, other = later(1, edition_id=7), later(2)
    assert series_breaks([FIRST, one, other]) == series_breaks([other, one, FIRST])


@given(st.lists(st.sampled_from(rule_ids()), max_size=8))
def test_rules_break_it_exactly_where_neighbours_differ(rules):
    bases = [later(n, rule=load_rule(rule)) for n, rule in enumerate(rules)]
    at = [f.at for f in series_breaks(bases) if f.kind is BreakKind.RULE]
    assert at == [bases[n].at for n in range(1, len(rules)) if rules[n] != rules[n - 1]]
