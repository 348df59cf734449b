"""Each kind of file that lies in booths or names officers: guessed, checked, taken, taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from tests.screens import kind_files
from tests.screens.desks import visit, words
from tests.screens.kind_files import desk_with_booths
from tests.store.samples import hour
from zoning.access import Role, of_role
from zoning.store.follow_up import read_contacts
from zoning.store.order_booths import categories_in_force
from zoning.workflow.actor import Actor
from zoning.workflow.officers import list_officers


@dataclass(frozen=True)
class Case:
    """A file, what is guessed of it, what becomes of its rows, and what an undo says."""

    kind: str
    name: str
    content: bytes
    guessed: dict[str, str]
    account: str
    codes: tuple[str, ...]
    placed: str
    undo: tuple[str, ...]


CASES = (
    Case(
        "orders",
        "orders.csv",
        kind_files.ORDERS,
        {"number": "Order No", "effective_on": "With effect from", "zone": "Colour"},
        "5 rows read: 4 taken, 1 rejected.",
        ("place_open", "unit_whole", "date_invalid"),
        "2 of 3 findings have a place",
        (
            "2 booths lose or change the category that orders give them.",
            "1 unit loses or changes the zone that orders give it.",
            "The orders of this file end with it",
        ),
    ),
    Case(
        "rounds",
        "rounds.csv",
        kind_files.ROUNDS,
        {"area_id": "Containment Zone", "houses_visited": "Houses covered"},
        "3 rows read: 2 taken, 1 rejected.",
        ("visited_above_total",),
        "1 of 1 findings have a place",
        ("The house rounds of 2 booths or containment zones change.",),
    ),
    Case(
        "contacts",
        "contacts.csv",
        kind_files.CONTACTS,
        {"contact_id": "Contact ID", "area_id": "Booth No", "told_on": "As on"},
        "3 rows read: 2 taken, 1 rejected.",
        ("contact_personal", "column_personal"),
        "1 of 3 findings have a place",
        ("The contacts of 2 booths or containment zones change.",),
    ),
    Case(
        "samples",
        "samples.csv",
        kind_files.SAMPLES,
        {"area_id": "Booth No", "results": "Results received"},
        "2 rows read: 1 taken, 1 rejected.",
        ("results_above_samples",),
        "1 of 1 findings have a place",
        ("The samples of 1 booth or containment zone change.",),
    ),
    Case(
        "isolation",
        "lanes.geojson",
        kind_files.ISOLATION,
        {"isolation_id": "Isolation unit", "authority": "Order No", "from_on": "Start date"},
        "2 rows read: 1 taken, 1 rejected.",
        ("authority_missing", "isolation_not_allowed"),
        "2 of 2 findings have a place",
        ("1 isolation unit goes, or is again what it was before.",),
    ),
    Case(
        "roster",
        "officers.csv",
        kind_files.ROSTER,
        {"person_id": "Employee ID", "role": "Designation", "area_unit_id": "Jurisdiction"},
        "3 rows read: 2 taken, 1 rejected.",
        ("area_unknown",),
        "",
        ("2 officers lose postings, and what they may do with them.",),
    ),
)


@pytest.fixture
def desk(tmp_path, sqlite_template):
    opened = desk_with_booths(tmp_path, sqlite_template)
    yield opened
    opened.store.close()


def hand_over(desk, case):
    test = visit(desk, tab="bring", kind=case.kind)
    test.file_uploader[0].set_value((case.name, case.content, "application/octet-stream")).run()
    for box in test.checkbox:
        box.check()
    return test.run()


def guessed(test):
    marks = [(str(box.key).rpartition("-ours-")[2], box.value) for box in test.selectbox]
    return {ours: theirs for ours, theirs in marks if theirs not in (None, "\0")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.kind)
def test_a_kind_is_guessed_checked_taken_in_listed_and_taken_back(desk, case):
    test = hand_over(desk, case)
    assert not test.exception and not test.error, words(test)
    assert case.guessed.items() <= guessed(test).items()
    before = len(desk.imports())
    test.button(key="upload-check").click().run()
    said = words(test)
    assert case.account in said
    assert all(code in said for code in case.codes), said
    assert case.placed in said
    assert len(desk.imports()) == before, "a check writes nothing"

    test.button(key="upload-take").click().run()
    assert not test.exception and not test.error, words(test)
    record = desk.imports()[0]
    assert (record.kind.value, record.file_name) == (case.kind, case.name)
    assert case.account in words(test), "the import is open, with its account"

    test.button(key="undo").click().run()
    said = words(test)
    assert all(sentence in said for sentence in case.undo), said
    test.button(key="undo-yes").click().run()
    assert desk.imports()[0].undone_at is not None
    assert f"Import {record.import_id} is taken back." in words(test)


def take(desk, kind):
    case = next(case for case in CASES if case.kind == kind)
    test = hand_over(desk, case)
    test.button(key="upload-check").click().run()
    test.button(key="upload-take").click().run()
    return test


def test_what_the_screen_takes_in_is_in_force_and_ends_with_its_file(desk):
    take(desk, "orders")
    with desk.store.reading() as session:
        standing = categories_in_force(session, hour(2)).booths
    said = dict(zip(standing.booth_id, standing.category, strict=True))
    assert said == {"W5-a": "A", "W5-b": "B"}
    desk.undo(desk.imports()[0].import_id)
    with desk.store.reading() as session:
        assert not len(categories_in_force(session, hour(2)).booths.booth_id)


def test_words_for_a_follow_up_are_put_into_ours_and_no_person_is_shown_or_kept(desk):
    test = hand_over(desk, next(case for case in CASES if case.kind == "contacts"))
    said = words(test)
    assert "A Sen" not in said and "9830012345" not in said
    test.button(key="upload-check").click().run()
    test.button(key="upload-take").click().run()
    with desk.store.reading() as session:
        told = read_contacts(session, hour(2))
    assert dict(zip(told.contact_id, told.status, strict=True)) == {
        "K-1": "followed",
        "K-2": "lost",
    }


def test_a_roster_of_the_screen_is_on_the_roster(desk):
    take(desk, "roster")
    assert [
        (p.posting.person_id, p.posting.role.value) for p in list_officers(desk.store, hour(2))
    ] == [
        ("HS-1", "state_health"),
        ("IC-2", "incident_commander"),
    ]


def of_district(desk):
    """Return the desk of the health officer of some wards."""
    wards = frozenset({"W5", "W6"})
    return replace(desk, who=Actor("cmoh", of_role(Role.CMOH, wards), ("W5", "W6")))


def test_who_acts_for_an_area_is_offered_what_lies_in_one_and_nothing_of_the_whole_state(desk):
    test = visit(of_district(desk), tab="bring", kind="roster")
    assert "change the roster of officers" in words(test)
    kinds = of_district(desk).kinds
    assert {"cases", "tests", "outcomes", "facilities", "rounds", "contacts", "samples"} == {*kinds}
    assert "Roster of officers" not in str(test.get("button_group")[0].proto)


def test_rows_of_a_register_outside_ones_own_area_are_rejected(desk):
    rows = kind_files.csv(
        "area_id,on,houses_total,houses_visited", "W5-a,2020-05-14,10,9", "W1-a,2020-05-14,10,9"
    )
    case = Case("rounds", "own.csv", rows, {}, "", (), "", ())
    test = hand_over(of_district(desk), case)
    test.button(key="upload-check").click().run()
    assert "2 rows read: 1 taken, 1 rejected." in words(test)
    assert "outside_own_area" in words(test)


def test_what_a_roster_says_of_officers_is_read_by_those_who_may_bring_one_in(desk):
    take(desk, "roster")
    number = desk.imports()[0].import_id
    assert "W99" in words(visit(desk, tab="imports", **{"import": number}))
    test = visit(of_district(desk), tab="imports", **{"import": number})
    assert "names persons" in words(test)
    assert "W99" not in words(test)
    assert test.button(key="undo").disabled


def test_a_system_is_asked_of_files_that_draw_and_of_no_table(desk):
    def asks(case):
        return any("-crs" in str(box.key) for box in hand_over(desk, case).text_input)

    assert [case.kind for case in CASES if asks(case)] == ["isolation"]


def test_a_map_without_its_system_can_be_read_once_the_system_is_told(desk):
    metres = kind_files.square({"isolation_id": "L1", "authority": "5", "from_on": "2020-05-04"})
    x, y = 635000, 2489500
    ring = [[x, y], [x + 90, y], [x + 90, y + 90], [x, y + 90], [x, y]]
    metres["geometry"]["coordinates"] = [ring]
    case = Case("isolation", "m.geojson", kind_files.collection(metres), {}, "", (), "", ())
    test = hand_over(desk, case)
    assert "doesn't say which coordinate system" in words(test)
    assert test.button(key="upload-check").disabled
    box = next(box for box in test.text_input if "-crs" in str(box.key))
    box.set_value("EPSG:32645").run()
    assert not test.error
    test.button(key="upload-check").click().run()
    assert "1 row read: 1 taken, 0 rejected." in words(test)


def test_an_undo_of_orders_that_have_expired_says_that_nothing_rests_on_them(desk):
    rows = kind_files.csv(
        "number,booth_id,category,effective_on,expires_on", "1/DM,W5-a,A,2020-04-02,2020-04-30"
    )
    test = hand_over(desk, Case("orders", "old.csv", rows, {}, "", (), "", ()))
    test.button(key="upload-check").click().run()
    test.button(key="upload-take").click().run()
    test.button(key="undo").click().run()
    assert "Nothing that stands now rests on it." in words(test)
