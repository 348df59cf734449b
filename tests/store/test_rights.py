"""Rights are held where data is written: every act, by every role, in the own area and outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.officers import actor, settle
from tests.store import samples
from tests.store.samples import coded, hour
from zoning.access import Role
from zoning.errors import AccessError, SeemanaError
from zoning.places.gazetteer import NameDecision
from zoning.store.audit import read_entries
from zoning.store.cases import insert_cases, read_cases
from zoning.store.feeds import NewFeed
from zoning.store.imports import ImportKind, begin, finish, list_imports
from zoning.store.places_decided import CasePlace
from zoning.workflow.alarms import answer_alarm
from zoning.workflow.decisions import propose, publish
from zoning.workflow.editions import switch_back, switch_to
from zoning.workflow.feeds import close_feed, put_feed
from zoning.workflow.ground import GroundShelf
from zoning.workflow.imports import import_cases, import_tests, report_nil, undo
from zoning.workflow.queue import decide_case, decide_text, waiting
from zoning.workflow.standing_orders import import_orders
from zoning.workflow.taking import ImportOrder
from zoning.workflow.undoing import effect_of_undo

AT, RULE = hour(3), "mohfw-2020-05-17"
IN, OUT = "W2", "W5"

BRINGING = {Role.DESK_OPERATOR, Role.CMOH, Role.NODAL_ADM, Role.STATE_HEALTH, Role.LOCAL}
UNDOING = BRINGING - {Role.DESK_OPERATOR}
DECIDING = {Role.STATE_HEALTH, Role.LOCAL}
STATEWIDE = {Role.STATE_HEALTH, Role.HOME, Role.LOCAL}
ANSWERING = {
    *(Role.CMOH, Role.NODAL_ADM, Role.DISTRICT_MAGISTRATE, Role.COMMISSIONER),
    *(Role.STATE_HEALTH, Role.LOCAL),
}


def feed(unit):
    return NewFeed(f"feed-{unit}", "A feed", ImportKind.CASES, 1, (unit,))


# What is done in a unit, and the roles that may do it there if it is in their area.
IN_A_UNIT = {
    "name a text": (
        lambda s, unit, who: decide_text(s, NameDecision("Tangrra", unit), AT, who),
        BRINGING,
    ),
    "put a case": (
        lambda s, unit, who: decide_case(s, CasePlace(case_import(s, unit), 2, unit, ""), AT, who),
        BRINGING,
    ),
    "answer an alarm": (lambda s, unit, who: answer_alarm(s, unit, "done", AT, who), ANSWERING),
    "agree on a feed": (lambda s, unit, who: put_feed(s, feed(unit), AT, who), BRINGING),
    "close a feed": (lambda s, unit, who: close_feed(s, f"known-{unit}", AT, who), BRINGING),
    "report nil": (
        lambda s, unit, who: report_nil(s, f"known-{unit}", date(2020, 5, 17), AT, who),
        BRINGING,
    ),
    "take back": (lambda s, unit, who: undo(s, case_import(s, unit), AT, who), UNDOING),
    "see what taking back does": (
        lambda s, unit, who: effect_of_undo(s, RULE, case_import(s, unit), AT, who),
        UNDOING,
    ),
}
# What concerns the whole state.
IN_THE_STATE = {
    "propose": (lambda s, who: propose(s, RULE, None, AT, who), DECIDING),
    "publish": (lambda s, who: publish(s, AT, who), DECIDING),
    "switch": (lambda s, who: switch_to(s, 1, AT, AT, who), DECIDING),
    "switch back": (lambda s, who: switch_back(s, AT, who), DECIDING),
    "name a text nobody": (
        lambda s, who: decide_text(s, NameDecision("Tangrra", ""), AT, who),
        DECIDING,
    ),
    "a feed for all": (
        lambda s, who: put_feed(s, replace(feed("x"), scope=()), AT, who),
        DECIDING,
    ),
    "nil for all": (lambda s, who: report_nil(s, "", date(2020, 5, 17), AT, who), DECIDING),
    "orders": (
        lambda s, who: import_orders(s, ImportOrder(Path("none.csv"), AT, who), GroundShelf()),
        DECIDING,
    ),
}


def case_import(store, unit):
    with store.reading() as session:
        found = {r.file_name: r.import_id for r in list_imports(session, ImportKind.CASES)}
    return found[f"cases of {unit}"]


@pytest.fixture
def filled(store):
    """Each district has brought in a case of a ward, and one without a ward."""
    settle(store)
    with store.transaction() as session:
        for unit, district in ((IN, "N"), (OUT, "S")):
            new = samples.new_import(ImportKind.CASES, f"c-{unit}", hour(1))
            new = replace(new, file_name=f"cases of {unit}", area_unit_ids=(district,))
            import_id = begin(session, new)
            cases = replace(
                samples.plain_cases(2),
                confirmed_on=np.full(2, "2020-05-16", "datetime64[D]"),
                unit_id=coded(unit, f"Nowhere {unit}"),
                case_id=samples.words(f"{unit}-1", f"{unit}-2"),
            )
            insert_cases(session, import_id, cases, coded(unit, ""))
            finish(session, import_id, samples.account(2))
    for unit in (IN, OUT):
        put_feed(store, replace(feed(unit), feed_id=f"known-{unit}"), hour(2), "tester")
    return store


def of(store, role):
    return actor(store, role, "" if role in STATEWIDE or role is Role.PUBLIC else "N", at=AT)


def is_refused(act):
    """Return whether the guard refused; what else may be amiss with the act is another matter."""
    try:
        act()
    except AccessError:
        return True
    except SeemanaError:
        return False
    return False


@pytest.mark.parametrize("unit", [IN, OUT])
@pytest.mark.parametrize("deed", IN_A_UNIT)
@pytest.mark.parametrize("role", [r for r in Role if r is not Role.PUBLIC])
def test_what_is_done_in_a_unit_is_refused_to_all_but_those_posted_there(filled, role, deed, unit):
    act, may = IN_A_UNIT[deed]
    who = of(filled, role)
    is_there = unit == IN or role in STATEWIDE
    assert is_refused(lambda: act(filled, unit, who)) is not (role in may and is_there)


@pytest.mark.parametrize("deed", IN_THE_STATE)
@pytest.mark.parametrize("role", [r for r in Role if r is not Role.PUBLIC])
def test_what_concerns_the_state_is_refused_to_all_who_answer_for_less(filled, role, deed):
    act, may = IN_THE_STATE[deed]
    assert is_refused(lambda: act(filled, of(filled, role))) is not (role in may)


def write(path, *rows):
    path.write_text("\n".join(rows) + "\n")
    return path


def test_rows_of_another_area_are_rejected_and_told(filled, tmp_path):
    file = write(
        tmp_path / "cases.csv",
        "unit_id,confirmed_on,case_id",
        "W2,2020-05-17,a",
        "W5,2020-05-17,b",
        "Atlantis,2020-05-17,c",
        f"W2,2020-05-17,{OUT}-1",
    )
    who = of(filled, Role.DESK_OPERATOR)
    account = import_cases(filled, ImportOrder(file, AT, who))
    told = {f.row: f.code for f in account.findings if f.rejects}
    # The last one would have replaced a case of the other district.
    assert told == {2: "outside_own_area", 4: "outside_own_area"}
    assert (account.read, account.taken, account.rejected) == (4, 2, 2)
    with filled.reading() as session:
        known = dict(zip(*_known(session, hour(4)), strict=True))
        assert {"a", "c", f"{OUT}-1"} <= known.keys() and "b" not in known
        assert known[f"{OUT}-1"] != known["a"]
        assert list_imports(session)[0].area_unit_ids == ("N",)


def _known(session, at):
    cases = read_cases(session, at)
    return cases.case_id.tolist(), cases.import_id.tolist()


def test_tests_of_another_area_and_of_no_unit_are_rejected(filled, tmp_path):
    file = write(
        tmp_path / "tests.csv",
        "unit_id,on,tests,positives",
        "W2,2020-05-17,10,1",
        "W5,2020-05-17,10,1",
        "Atlantis,2020-05-17,10,1",
    )
    account = import_tests(filled, ImportOrder(file, AT, of(filled, Role.CMOH)))
    assert {f.row for f in account.findings if f.code == "outside_own_area"} == {2, 3}


def test_a_file_of_which_nothing_is_ones_own_leaves_nothing(filled, tmp_path):
    file = write(tmp_path / "cases.csv", "unit_id,confirmed_on", "W5,2020-05-17")
    with pytest.raises(SeemanaError, match="outside your area"):
        import_cases(filled, ImportOrder(file, AT, of(filled, Role.CMOH)))
    with filled.reading() as session:
        assert len(list_imports(session)) == 3


def test_cases_without_a_unit_wait_in_the_queue_of_who_brought_them(filled):
    def texts(who):
        return {w.text for w in waiting(filled, AT, who)}

    assert texts(of(filled, Role.CMOH)) == {f"Nowhere {IN}"}
    assert texts(actor(filled, Role.CMOH, "S", at=AT)) == {f"Nowhere {OUT}"}
    assert texts(of(filled, Role.STATE_HEALTH)) == {f"Nowhere {IN}", f"Nowhere {OUT}"}
    with pytest.raises(AccessError):
        texts(of(filled, Role.HOME))


def test_a_case_of_another_area_is_never_drawn_into_ones_own(filled):
    who = of(filled, Role.CMOH)
    with pytest.raises(AccessError):
        decide_case(filled, CasePlace(case_import(filled, OUT), 1, IN, ""), AT, who)
    with pytest.raises(AccessError):
        decide_case(filled, CasePlace(case_import(filled, OUT), 2, IN, ""), AT, who)
    with pytest.raises(AccessError):
        decide_case(filled, CasePlace(case_import(filled, IN), 1, OUT, ""), AT, who)


def test_an_officer_for_facilities_brings_no_cases(filled, tmp_path):
    file = write(tmp_path / "cases.csv", "unit_id,confirmed_on", "W2,2020-05-17")
    who = actor(filled, Role.NODAL_ADM, "N", "facilities", at=AT)
    with pytest.raises(AccessError, match="subject"):
        import_cases(filled, ImportOrder(file, AT, who))


def test_what_was_brought_in_for_the_whole_state_is_taken_back_by_nobody_less(filled, tmp_path):
    file = write(tmp_path / "cases.csv", "unit_id,confirmed_on", "W2,2020-05-17")
    import_cases(filled, ImportOrder(file, AT, of(filled, Role.STATE_HEALTH)))
    with filled.reading() as session:
        newest = list_imports(session)[0].import_id
    with pytest.raises(AccessError, match="whole state"):
        undo(filled, newest, hour(4), of(filled, Role.CMOH))


def test_the_audit_names_the_person_and_the_role(filled):
    decide_text(filled, NameDecision("Tangrra", IN), AT, of(filled, Role.CMOH))
    with filled.reading() as session:
        assert read_entries(session)[0].who == "Cmoh-N (cmoh-n, cmoh)"
