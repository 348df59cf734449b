"""Bringing a file in: what is guessed and asked, what hinders the import, what is said after it."""

import json

import pytest

from screens.data_words import KINDS
from tests.screens.desks import fill, open_desk, visit, words
from zoning.workflow.intake import Intake

DATES = [f"{day:02d}/05/2020" for day in (12, 13, 14, 15, 16)]


def csv(*lines):
    return "\n".join(lines).encode()


CASES = csv("Patient No,Date,Ward", *(f"P{i},{on},W{i}" for i, on in enumerate(DATES)))
AMBIGUOUS = csv("Patient No,Date,Ward", "P1,03/04/2020,W1", "P2,05/05/2020,W2", "P3,01/02/2020,W3")
FAULTY = csv(
    "Patient No,Date,Ward", "P1,13/05/2020,W1", "P2,14/05/2020,W2", "P3,31/02/2020,W3", "P4,,W4"
)


def wards():
    def ring(x):
        return [[x, 22.5], [x + 0.01, 22.5], [x + 0.01, 22.51], [x, 22.51], [x, 22.5]]

    features = [
        {
            "type": "Feature",
            "properties": {"WARD_NO": f"N{i}", "WARD_NAME": f"Ward {i}"},
            "geometry": {"type": "Polygon", "coordinates": [ring(88.3 + i / 100)]},
        }
        for i in range(4)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.fixture
def desk(tmp_path, sqlite_template):
    return fill(open_desk(tmp_path, sqlite_template))


def hand_over(desk, name, content, kind="cases"):
    test = visit(desk, tab="bring", kind=kind)
    test.file_uploader[0].set_value((name, content, "application/octet-stream")).run()
    return test


def check(test):
    return test.button(key="upload-check").click().run()


def answer(test, part, value):
    widgets = [*test.selectbox, *test.radio, *test.checkbox, *test.multiselect]
    next(w for w in widgets if part in str(w.key)).set_value(value).run()
    return test


def test_a_file_is_guessed_checked_taken_in_and_then_open_among_the_imports(desk):
    test = hand_over(desk, "cases.csv", CASES)
    said = words(test)
    assert "Patient No is a usual name for case_id" in said
    assert "2020-05-12" in said, "the first rows as understood"
    check(test)
    assert "5 rows read: 5 taken, 0 rejected." in words(test)
    assert len(desk.imports()) == 2, "a check writes nothing"
    test.button(key="upload-take").click().run()
    record = desk.imports()[0]
    assert (record.file_name, record.account.taken, record.imported_by) == (
        "cases.csv",
        5,
        "officer",
    )
    assert test.query_params["import"] in (str(record.import_id), [str(record.import_id)])
    assert "cases.csv is taken in: 5 of 5 rows." in words(test)
    assert not list((desk.settings.var_dir / "uploads").iterdir()), "the upload is gone"


def test_a_question_without_an_answer_keeps_the_file_out(desk):
    test = check(hand_over(desk, "cases.csv", AMBIGUOUS))
    assert "Does the day or the month stand first?" in test.radio[0].label.replace("\\", "")
    assert "1 question above has no answer yet." in words(test)
    assert test.button(key="upload-take").disabled
    answer(test, "dates_ambiguous", "%d/%m/%Y")
    check(test)
    assert not test.button(key="upload-take").disabled
    test.button(key="upload-take").click().run()
    with desk.store.reading() as session:
        from zoning.store.cases import read_cases

        told = read_cases(session, desk.clock())
    assert str(told.confirmed_on.min()) == "2020-02-01"


def test_what_changed_after_the_check_has_to_be_checked_again(desk):
    test = check(hand_over(desk, "cases.csv", CASES))
    answer(test, "-ours-case_id", "\0")
    assert "You changed something since this was checked: check again." in words(test)
    assert test.button(key="upload-take").disabled
    check(test)
    assert not test.button(key="upload-take").disabled


def answered(desk, name, content):
    """Hand over a file and answer what the faulty one raises."""
    test = hand_over(desk, name, content)
    answer(test, "-column-confirmed_on", "Date")
    answer(test, "dates_unread", True)
    return test


def test_a_column_that_nobody_named_is_asked_for_before_the_first_rows(desk):
    test = hand_over(desk, "cases.csv", csv("Nr,Foo,Ward", "P1,eins,W1", "P2,zwei,W2"))
    assert "They are shown once the questions above are answered." in words(test)
    assert not test.error
    assert test.button(key="upload-check").disabled


def test_days_of_a_column_that_was_named_by_hand_are_asked_about_too(desk):
    rows = (f"{i},W{i},0{i + 1}/0{i + 2}/2020" for i in range(4))
    test = hand_over(desk, "cases.csv", csv("Nr,Stadtteil,Datum", *rows))
    answer(test, "-column-confirmed_on", "Datum")
    answer(test, "-column-unit_id", "Stadtteil")
    check(test)
    assert "Every text reads both ways: choose." in words(test)
    assert test.button(key="upload-take").disabled
    answer(test, "-formats-Datum", ["%d/%m/%Y"])
    check(test)
    assert "4 rows read: 4 taken, 0 rejected." in words(test)
    assert not test.button(key="upload-take").disabled


def test_refused_rows_are_told_by_code_and_row_and_can_be_downloaded(desk):
    test = check(answered(desk, "cases.csv", FAULTY))
    said = words(test)
    assert "4 rows read: 2 taken, 2 rejected." in said
    assert "date_invalid" in said
    assert "date_missing" in said
    assert test.get("download_button")
    assert "2 of 2 findings have a place" in said, "by the wards that their rows name"


def test_a_file_with_the_same_columns_is_read_as_it_was_before(desk):
    test = check(hand_over(desk, "may.csv", CASES))
    test.text_input[0].set_value("Line list of Howrah").run()
    test.button(key="upload-take").click().run()
    june = CASES.replace(b"05/2020", b"04/2020")
    test = hand_over(desk, "june.csv", june)
    assert "was read before as “Line list of Howrah” (officer, 18 May 2020, 14:00 IST)" in words(
        test
    )
    test.button(key="upload-guess").click().run()
    assert "guessed from 5 rows" in words(test)


def test_refused_rows_sent_again_are_read_as_the_file_they_come_from(desk):
    test = check(answered(desk, "cases.csv", FAULTY))
    test.button(key="upload-take").click().run()
    corrected = csv(
        "Patient No,Date,Ward,seemana_reason,seemana_row",
        "P3,28/02/2020,W3,confirmed_on is 31/02/2020,3",
    )
    test = check(hand_over(desk, "rejected-cases.csv", corrected))
    assert "A file with these columns was read before as “cases”" in words(test)
    assert "1 row read: 1 taken, 0 rejected." in words(test)


def test_the_same_content_twice_is_refused_in_words(desk):
    for _ in range(2):
        test = check(hand_over(desk, "cases.csv", CASES))
        test.button(key="upload-take").click().run()
    assert "already imported" in words(test)
    assert len(desk.imports()) == 3


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("photo.jpg", b"\xff\xd8\xff"),
        ("broken.xlsx", b"PK\x03\x04 cut short"),
        ("../../etc/passwd.csv", b""),
        ("no-suffix", b"a,b\n1,2\n"),
    ],
)
def test_a_file_that_cant_be_read_is_named_by_its_own_name(desk, name, content):
    test = hand_over(desk, name, content)
    assert not test.exception
    said = test.error[0].value.replace("\\", "")
    assert name.rpartition("/")[2] in said
    assert str(desk.settings.var_dir) not in said
    assert "upload-check" not in {button.key for button in test.button}


def test_a_file_none_of_whose_rows_can_be_used_cant_be_taken_in(desk):
    nothing = csv("Patient No,Date,Ward", "P1,soon,W1", "P2,later,W2")
    test = hand_over(desk, "cases.csv", nothing)
    for select in test.selectbox:
        if "-column-confirmed_on" in str(select.key):
            select.set_value("Date")
    for box in test.checkbox:
        box.check()
    check(test.run())
    assert test.button(key="upload-take").disabled


def test_boundaries_are_taken_in_and_held_until_somebody_switches(desk):
    test = hand_over(desk, "wards.geojson", wards(), kind="boundaries")
    test.toggle[0].set_value(True).run()
    check(test)
    test.button(key="upload-take").click().run()
    newest = desk.editions()[0]
    assert (newest.edition.file_name, newest.is_in_force) == ("wards.geojson", False)


def test_units_that_a_file_should_hold_and_lacks_are_listed(desk):
    test = hand_over(desk, "wards.geojson", wards(), kind="boundaries")
    next(t for t in test.text_input if "-expected" in str(t.key)).set_value("N0, N1, N9").run()
    check(test)
    assert "N9" in words(test)


def test_cases_come_from_the_feed_that_is_chosen_and_speak_through_the_day_that_is_said(desk):
    desk.put_feed("howrah", "Howrah district", "cases", 1, ())
    test = hand_over(desk, "cases.csv", CASES)
    answer(test, "-feed", "howrah")
    check(test)
    test.button(key="upload-take").click().run()
    assert desk.imports()[0].feed_id == "howrah"


def test_an_import_that_a_click_elsewhere_ended_is_told_of(desk, monkeypatch):
    def interrupted(self, *_args):
        import streamlit as st

        st.stop()

    monkeypatch.setattr(Intake, "take_in", interrupted)
    test = check(hand_over(desk, "cases.csv", CASES))
    test.button(key="upload-take").click().run()
    test.run()
    assert "Taking in cases.csv was interrupted and nothing of it was written" in words(test)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_says_what_its_file_must_hold(desk, kind):
    test = visit(desk, tab="bring", kind=kind)
    assert not test.exception
    assert words(test).strip().endswith(".")
