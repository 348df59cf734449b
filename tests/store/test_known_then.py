"""Any past day, as known on any later day; what differs is what arrived between."""

import random
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from tests.store import samples
from tests.store.samples import NOON, WHO, words
from zoning.errors import InputError, StoreError
from zoning.model import OUTCOME_CODES, Outcomes
from zoning.store.cases import insert_cases
from zoning.store.feeds import NewFeed
from zoning.store.imports import ImportKind, begin, finish, list_imports, undo
from zoning.store.outcomes import insert_outcomes
from zoning.store.places_decided import CasePlace, place_case
from zoning.workflow.facts import known_cases, placed_cases
from zoning.workflow.feeds import close_feed, feed_board, put_feed
from zoning.workflow.history import difference, zones_known
from zoning.workflow.imports import import_outcomes, report_nil
from zoning.workflow.taking import ImportOrder

RULE = "mohfw-2020-05-17"
ON = date(2020, 5, 29)
START = NOON + timedelta(days=12)


def hour(n):
    return START + timedelta(hours=n)


def bring(session, kind, content_hash, insert, table, *, at=START):
    """Import one table, complete through the day that is judged."""
    import_id = begin(session, samples.new_import(kind, content_hash, at))
    insert(session, import_id, table)
    finish(session, import_id, samples.account(len(table)), np.datetime64(ON))
    return import_id


def outcomes(*cells):
    """Outcomes from (case_id, outcome, day) cells."""
    return Outcomes(
        row=np.arange(1, len(cells) + 1),
        case_id=words(*(c for c, _, _ in cells)),
        outcome=np.array([OUTCOME_CODES[o] for _, o, _ in cells], dtype=np.int8),
        outcome_on=samples.days(*(d for _, _, d in cells)),
    )


def some_cases(seed, n=30):
    rng = np.random.default_rng(seed)
    cases = samples.plain_cases(n)
    units = words(*(f"W{i}" for i in range(9)))
    return replace(
        cases,
        confirmed_on=np.datetime64("2020-05-10") + rng.integers(0, 18, n),
        unit_id=samples.Coded(rng.integers(0, 9, n).astype(np.int32), units),
    )


def zones(store, known_at):
    result = zones_known(store, RULE, ON, known_at).result
    return dict(
        zip(result.unit_id, zip(result.zone, result.confirmed_total, strict=True), strict=True)
    )


@pytest.mark.parametrize("seed", range(4))
def test_what_was_said_of_a_day_is_said_again_whatever_came_later(store, seed):
    """Random imports and undoings: each hour's answer, kept, equals the one computed at the end."""
    pick = random.Random(seed)
    with store.transaction() as session:
        samples.add_units(session)
        bring(session, ImportKind.CASES, "first", insert_cases, some_cases(seed))
    said = {}
    for n in range(1, 9):
        with store.transaction() as session:
            standing = [
                r.import_id for r in list_imports(session, ImportKind.CASES) if r.undone_at is None
            ]
            if pick.random() < 0.35 and len(standing) > 1:
                undo(session, pick.choice(standing), at=hour(n), who=WHO)
            else:
                bring(session, ImportKind.CASES, f"{n}", insert_cases, some_cases(n), at=hour(n))
        said[n] = zones(store, hour(n))
    assert len({str(answer) for answer in said.values()}) > 1
    for n, answer in said.items():
        assert zones(store, hour(n)) == answer


def test_two_answers_differ_exactly_by_the_rows_that_arrived_between(store):
    more = replace(
        samples.plain_cases(3, unit="W4"), confirmed_on=samples.days(*["2020-05-28"] * 3)
    )
    with store.transaction() as session:
        samples.add_units(session)
        bring(session, ImportKind.CASES, "a", insert_cases, some_cases(1))
        late = bring(session, ImportKind.CASES, "b", insert_cases, more, at=hour(5))
    found = difference(store, RULE, ON, hour(1), hour(6))
    assert found.changed == ("W4",)
    assert [record.import_id for record in found.arrived] == [late]
    assert difference(store, RULE, ON, hour(1), hour(4)).changed == ()
    with store.transaction() as session:
        undo(session, late, at=hour(7), who=WHO)
    undone = difference(store, RULE, ON, hour(1), hour(8))
    assert undone.changed == (), "an undone import leaves no trace in what is known"
    assert [record.import_id for record in undone.undone] == [late]
    with pytest.raises(InputError, match="exchange"):
        difference(store, RULE, ON, hour(6), hour(1))


def test_an_outcome_told_later_ends_its_case_from_then_on(store):
    with store.transaction() as session:
        bring(session, ImportKind.CASES, "a", insert_cases, samples.cases())
        told = outcomes(("c1", "died", "2020-05-11"), ("unknown", "died", "2020-05-11"))
        bring(session, ImportKind.OUTCOMES, "o", insert_outcomes, told, at=hour(1))
        before, after = known_cases(session, START), known_cases(session, hour(1))
    assert before.outcome[before.case_id == "c1"].tolist() == [0]
    assert after.outcome[after.case_id == "c1"].tolist() == [OUTCOME_CODES["died"]]
    assert str(after.outcome_on[after.case_id == "c1"][0]) == "2020-05-11"
    assert len(after) == len(before), "an outcome makes no case"


def test_what_was_told_last_of_a_case_counts(store):
    again = samples.cases()
    with store.transaction() as session:
        bring(session, ImportKind.CASES, "a", insert_cases, samples.cases())
        first = outcomes(("c1", "died", "2020-05-11"), ("c2", "recovered", "2020-05-12"))
        bring(session, ImportKind.OUTCOMES, "o1", insert_outcomes, first, at=hour(1))
        again.outcome[0] = OUTCOME_CODES["recovered"]
        bring(session, ImportKind.CASES, "b", insert_cases, again, at=hour(2))
        known = known_cases(session, hour(2))
        assert known.outcome[known.case_id == "c1"].tolist() == [OUTCOME_CODES["recovered"]]
        back = outcomes(("c1", "", "NaT"))
        bring(session, ImportKind.OUTCOMES, "o2", insert_outcomes, back, at=hour(3))
        known = known_cases(session, hour(3))
    assert known.outcome[known.case_id == "c1"].tolist() == [0], "it was taken back"


def test_a_case_told_again_without_its_outcome_keeps_the_one_told_before(store):
    with store.transaction() as session:
        bring(session, ImportKind.CASES, "a", insert_cases, samples.cases())
        told = outcomes(("c1", "recovered", "2020-05-12"))
        bring(session, ImportKind.OUTCOMES, "o", insert_outcomes, told, at=hour(1))
        bring(session, ImportKind.CASES, "b", insert_cases, samples.cases(), at=hour(2))
        known = known_cases(session, hour(2))
    assert known.outcome[known.case_id == "c1"].tolist() == [OUTCOME_CODES["recovered"]]


def test_a_case_that_a_person_placed_is_there_from_then_on_and_can_be_taken_out_again(store):
    lost = replace(samples.plain_cases(2, unit="nowhere"))
    with store.transaction() as session:
        samples.add_units(session)
        import_id = bring(session, ImportKind.CASES, "a", insert_cases, lost)
        units = samples.units()

        def places(at):
            return placed_cases(session, units, at).placement.unit_index.tolist()

        assert places(START) == [-1, -1]
        place_case(session, CasePlace(import_id, 2, "W4", "telephoned"), at=hour(1), who=WHO)
        assert places(hour(1)) == [-1, 4]
        assert places(START) == [-1, -1]
        place_case(session, CasePlace(import_id, 2, "", "a mistake"), at=hour(2), who=WHO)
        assert places(hour(2)) == [-1, -1]
        with pytest.raises(StoreError, match="no case in row 9"):
            place_case(session, CasePlace(import_id, 9, "W4", ""), at=hour(2), who=WHO)


def test_a_nil_return_keeps_the_units_of_a_feed_known(store):
    with store.transaction() as session:
        samples.add_units(session)
        bring(session, ImportKind.CASES, "a", insert_cases, some_cases(1))
    put_feed(store, NewFeed("lab", "Laboratory", ImportKind.CASES, 1, ("W8",)), hour(1), WHO)
    assert zones(store, hour(1))["W8"][0] == "unclassified"
    report_nil(store, "lab", ON, hour(2), WHO)
    assert zones(store, hour(2))["W8"][0] != "unclassified"
    assert zones(store, hour(1))["W8"][0] == "unclassified"
    with pytest.raises(StoreError, match="already imported"):
        report_nil(store, "lab", ON, hour(3), WHO)
    with pytest.raises(StoreError, match="no feed"):
        report_nil(store, "other", ON, hour(3), WHO)
    with pytest.raises(InputError, match="future"):
        report_nil(store, "lab", (hour(3) + timedelta(days=60)).date(), hour(3), WHO)


def test_the_board_shows_the_feed_in_most_need_first(store):
    with store.transaction() as session:
        samples.add_units(session)
        bring(session, ImportKind.CASES, "a", insert_cases, some_cases(1))
    at = hour(1) + timedelta(days=4)
    put_feed(store, NewFeed("lab", "Laboratory", ImportKind.CASES, 1, ("W8", "W7")), at, WHO)
    put_feed(store, NewFeed("ok", "Punctual", ImportKind.CASES, 1), at, WHO)
    report_nil(store, "ok", date(2020, 6, 3), at, WHO)
    board = feed_board(store, RULE, at)
    assert [(row.feed.feed_id, row.state.value) for row in board] == [
        ("lab", "never"),
        ("", "silent"),
        ("ok", "on_time"),
    ]
    assert board[0].units == 2
    close_feed(store, "lab", at, WHO)
    assert "lab" not in {row.feed.feed_id for row in feed_board(store, RULE, at)}


@pytest.mark.parametrize(
    ("feed", "fault"),
    [
        (NewFeed(" ", "", ImportKind.CASES, 1), "needs a key"),
        (NewFeed("a", "", ImportKind.CASES, 0), "1 or more"),
        (NewFeed("a", "", ImportKind.FACILITIES, 1), "not facilities"),
        (NewFeed("a", "", ImportKind.CASES, 1, ("W99",)), "W99"),
    ],
)
def test_a_feed_that_makes_no_sense_is_refused(store, feed, fault):
    with store.transaction() as session:
        samples.add_units(session)
    with pytest.raises((InputError, StoreError), match=fault):
        put_feed(store, feed, hour(1), WHO)


def test_running_totals_become_cases_and_a_fall_takes_the_newest_back(store):
    def totals(*cells):
        n = len(cells)
        return replace(
            samples.plain_cases(n),
            confirmed_on=samples.days(*(day for day, _ in cells)),
            count=np.array([total for _, total in cells]),
        )

    def bring_totals(session, content_hash, table, at):
        new = replace(samples.new_import(ImportKind.CASES, content_hash, at), series="cumulative")
        import_id = begin(session, new)
        insert_cases(session, import_id, table)
        finish(session, import_id, samples.account(len(table)), np.datetime64(ON))
        return import_id

    def per_day(session, at):
        known = known_cases(session, at)
        day = known.confirmed_on.astype(str)
        return {d: int(known.count[day == d].sum()) for d in sorted(set(day))}

    with store.transaction() as session:
        first = totals(("2020-05-01", 10), ("2020-05-02", 14), ("2020-05-03", 20))
        bring_totals(session, "t1", first, START)
        assert per_day(session, START) == {"2020-05-01": 10, "2020-05-02": 4, "2020-05-03": 6}
        fall = bring_totals(session, "t2", totals(("2020-05-04", 12)), hour(1))
        after = per_day(session, hour(1))
        assert (after["2020-05-02"], after["2020-05-03"], after["2020-05-04"]) == (2, 0, 0)
        assert sum(after.values()) == 12, "the total told last"
        assert sum(per_day(session, START).values()) == 20, "what was known before stays"
        undo(session, fall, at=hour(2), who=WHO)
        assert sum(per_day(session, hour(2)).values()) == 20


def test_an_outcome_of_an_unknown_case_waits_for_it(store, tmp_path):
    file = tmp_path / "outcomes.csv"
    file.write_text("case_id,outcome,outcome_on\nc1,died,2020-05-20\nc77,retracted,\n")
    with store.transaction() as session:
        bring(session, ImportKind.CASES, "a", insert_cases, samples.cases())
    account = import_outcomes(store, ImportOrder(file, hour(1), WHO))
    assert (account.read, account.taken) == (2, 2)
    assert [(f.row, f.code) for f in account.findings] == [(2, "case_unknown")]
    later = replace(samples.plain_cases(1), case_id=words("c77"))
    with store.transaction() as session:
        bring(session, ImportKind.CASES, "b", insert_cases, later, at=hour(2))
        known = known_cases(session, hour(2))
    assert known.outcome[known.case_id == "c1"].tolist() == [OUTCOME_CODES["died"]]
    assert known.outcome[known.case_id == "c77"].tolist() == [OUTCOME_CODES["retracted"]]
