"""Imports, queue, feeds and editions: what they list, and what is asked before it is done."""

from datetime import date

import pytest

from tests.screens.desks import add_second_edition, fill, open_desk, visit, words
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.editions import list_editions
from zoning.workflow.queue import waiting


@pytest.fixture
def desk(tmp_path, sqlite_template):
    return fill(open_desk(tmp_path, sqlite_template))


def test_an_import_is_listed_with_file_rows_time_and_state(desk):
    said = words(visit(desk, tab="imports"))
    for expected in ("cases.csv", "boundaries.csv", "health.officer", "✓ counts", "31"):
        assert expected in said


def test_an_import_in_the_address_is_open_with_what_became_of_its_rows(desk):
    said = words(visit(desk, tab="imports", **{"import": 2}))
    assert "Import 2: cases.csv" in said
    assert "31 rows read: 30 taken, 1 rejected, 2 repaired." in said
    assert "Complete through 17 May 2020." in said
    assert "coordinates_zero" in said


@pytest.mark.parametrize("number", [99, "x", -1])
def test_an_import_that_isnt_there_is_said_to_be_so_or_left_aside(desk, number):
    test = visit(desk, tab="imports", **{"import": number})
    assert not test.exception
    assert ("There is no import 99." in words(test)) is (number == 99)


def test_taking_an_import_back_is_asked_first_with_what_would_change(desk):
    test = visit(desk, tab="imports", **{"import": 2})
    test.button(key="undo").click().run()
    assert "The figures of 9 of 9 units change, as of 17 May 2020." in words(test)
    assert desk.imports()[0].undone_at is None, "asking changes nothing"
    test.button(key="undo-no").click().run()
    assert desk.imports()[0].undone_at is None
    test.button(key="undo").click().run()
    test.button(key="undo-yes").click().run()
    assert desk.imports()[0].undone_by == "officer"
    assert "Taken back 18 May 2020, 14:00 IST by officer" in words(test)
    assert "✗ taken back" in words(test)
    assert "Import 2 is taken back." in words(test)


def test_an_import_taken_back_by_another_meanwhile_is_no_fault(desk):
    test = visit(desk, tab="imports", **{"import": 2})
    test.button(key="undo").click().run()
    desk.undo(2)
    test.button(key="undo-yes").click().run()
    assert "Taken back" in words(test)
    assert not test.exception


def test_the_queue_lists_texts_with_cases_reason_and_proposal(desk):
    said = words(visit(desk, tab="queue"))
    assert "Tangrra" in said
    assert "Tangra (W1)" in said
    assert "Atlantis" in said
    assert "unit_id isn't among the units" in said


def test_the_queue_shows_no_key_of_a_case(desk):
    test = visit(desk, tab="queue", group="unit_unknown:Tangrra")
    rows = test.selectbox(key="queue-row-unit_unknown:Tangrra")
    assert rows.options == [
        "Import 2, row 28: 1 case of 16 May 2020",
        "Import 2, row 29: 1 case of 16 May 2020",
    ]


def test_a_text_is_decided_once_for_all_and_listed_with_who_and_when(desk):
    test = visit(desk, tab="queue", group="unit_unknown:Tangrra")
    assert test.button(key="queue-remember").disabled
    test.selectbox(key="queue-answer-unit_unknown:Tangrra").set_value("W1").run()
    test.button(key="queue-remember").click().run()
    assert [w.text for w in waiting(desk.store, desk.clock())] == ["Atlantis"]
    said = words(test)
    assert "“Tangrra” names W1 from now on." in said
    assert "officer" in said
    assert "1 case waits for a place" in said


def test_a_text_may_be_said_to_name_no_unit_of_ours(desk):
    test = visit(desk, tab="queue", group="unit_unknown:Atlantis")
    test.selectbox(key="queue-answer-unit_unknown:Atlantis").set_value("none").run()
    test.button(key="queue-remember").click().run()
    assert "names no unit of ours" in words(test)
    assert {w.reason for w in waiting(desk.store, desk.clock())} >= {"name_elsewhere"}


def test_a_single_case_is_put_in_its_unit_and_back(desk):
    test = visit(desk, tab="queue", group="unit_unknown:Atlantis")
    key = "unit_unknown:Atlantis"
    row = test.selectbox(key=f"queue-row-{key}")
    row.select_index(0).run()
    test.selectbox(key=f"queue-row-unit-{key}").set_value("W8").run()
    test.text_input(key=f"queue-reason-{key}").set_value("telephoned the ward office").run()
    test.button(key="queue-put").click().run()
    assert "telephoned the ward office" in words(test)
    assert "Atlantis" not in {w.text for w in waiting(desk.store, desk.clock())}
    test.session_state["decision"] = 0
    test.run()
    test.button(key="decision-back").click().run()
    assert "Atlantis" in {w.text for w in waiting(desk.store, desk.clock())}


def test_a_feed_is_made_known_and_seen_never_to_have_told(desk):
    test = visit(desk, tab="feeds")
    test.button(key="feed-add").click().run()
    test.text_input(key="feed-key").set_value("howrah")
    test.text_input(key="feed-name").set_value("Howrah district")
    test.text_area(key="feed-scope").set_value("W0, W4")
    test.button(key="feed-save").click().run()
    feed = next(row.feed for row in desk.feeds() if row.feed.feed_id == "howrah")
    assert feed.scope == ("W0", "W4")
    assert feed.rhythm_days == desk.usual_rhythm_days
    assert "– never told" in words(test)
    assert "Feeds late: 1 of 2" in words(test)


def test_a_feed_that_would_speak_for_a_strange_unit_is_refused_in_words(desk):
    test = visit(desk, tab="feeds")
    test.button(key="feed-add").click().run()
    test.text_input(key="feed-key").set_value("howrah")
    test.text_area(key="feed-scope").set_value("W99")
    test.button(key="feed-save").click().run()
    assert "W99, which isn't a unit of the edition in force" in words(test)
    assert not [row for row in desk.feeds() if row.feed.feed_id == "howrah"]


def test_a_nil_return_makes_a_feed_complete_through_its_day(desk):
    desk.put_feed("howrah", "Howrah district", "cases", 1, ())
    test = visit(desk, tab="feeds", feed="howrah")
    test.date_input(key="nil-day-howrah").set_value(date(2020, 5, 17))
    test.button(key="nil").click().run()
    assert "howrah is complete through 17 May 2020." in words(test)
    row = next(row for row in desk.feeds() if row.feed.feed_id == "howrah")
    assert row.feed.reported_through == date(2020, 5, 17)


def test_a_feed_is_closed_only_after_it_was_asked(desk):
    desk.put_feed("howrah", "Howrah district", "cases", 1, ())
    test = visit(desk, tab="feeds", feed="howrah")
    test.button(key="feed-close").click().run()
    assert "no longer expected to report" in words(test)
    assert len(desk.feeds()) == 2
    test.button(key="feed-close-yes").click().run()
    assert len(desk.feeds()) == 1


def test_an_edition_shows_what_it_changes_and_is_put_in_force_after_a_question(desk):
    edition_id = add_second_edition(desk)
    test = visit(desk, tab="editions", edition=edition_id)
    said = words(test)
    assert "1 renamed; 8 units stay as they are." in said
    assert "Kasba (W3) is now called Kasba New (W3)." in said
    test.button(key="edition-use").click().run()
    assert "takes the place of boundaries.csv" in words(test)
    assert not list_editions(desk.store, desk.clock())[0].is_in_force
    test.button(key="edition-yes").click().run()
    assert list_editions(desk.store, desk.clock())[0].is_in_force


def test_the_way_back_is_offered_only_where_there_is_one(desk):
    assert "edition-back-False" not in {b.key for b in visit(desk, tab="editions").button}
    desk.switch_to(add_second_edition(desk), None)
    test = visit(desk, tab="editions")
    test.button(key="edition-back-False").click().run()
    test.button(key="back-yes").click().run()
    assert [i.edition.edition_id for i in desk.editions() if i.is_in_force] == [1]


def test_texts_of_files_stay_texts_in_every_note(desk, monkeypatch):
    from zoning.errors import InputError

    def refuse(self, import_id):
        raise InputError("![x](http://elsewhere.example/a.png) **bold** <b>")

    monkeypatch.setattr(DataDesk, "effect_of_undo", refuse)
    test = visit(desk, tab="imports", **{"import": 2})
    test.button(key="undo").click().run()
    assert "\\!\\[x\\]\\(http\\:" in test.error[0].value
