"""The way in beneath the screen: progress, refused rows, marks, and what is remembered."""

import csv
import io

import numpy as np
import pytest

from tests.store import samples
from tests.store.samples import NOON, WHO, hour
from zoning.model import Finding, RowAccount
from zoning.readers.mapping import Mapping
from zoning.workflow.finding_marks import MAX_MARKS, Asked, mark_findings, mark_recorded
from zoning.workflow.intake import Intake, Plan
from zoning.workflow.taking import Phase
from zoning.workflow.uploads import UploadShelf

CASES = b"""case_id,confirmed_on,unit_id,lon,lat
c1,2020-05-14,W0,,
c2,31 May,W4,,
c3,2020-05-15,,88.305,22.505
c4,2020-05-15,,10,10
c5,,W9,,
"""
NAMED = Mapping()


@pytest.fixture
def intake(store, tmp_path):
    with store.transaction() as session:
        samples.add_units(session)
    return Intake(store, UploadShelf(tmp_path), WHO, clock=lambda: hour(1))


@pytest.fixture
def upload(intake):
    return intake.receive("cases.csv", CASES)


def plan(**changes):
    return Plan(**({"kind": "cases", "mapping": NAMED} | changes))


def test_progress_tells_rows_read_and_rows_written(intake, upload):
    steps = []
    intake.take_in(upload, plan(), "", steps.append)
    phases = [step.phase for step in steps]
    assert phases == sorted(phases, key=list(Phase).index)
    assert {Phase.READING, Phase.WRITING} == set(phases)
    read = [s for s in steps if s.phase is Phase.READING]
    assert (read[0].rows_done, read[0].rows) == (5, 5)
    assert steps[-1].rows_done == steps[-1].rows == 3


def test_a_long_file_tells_its_progress_part_by_part(intake, monkeypatch):
    monkeypatch.setattr("zoning.readers.csv_files.BATCH_BYTES", 400)
    rows = "".join(f"2020-05-14,W{i % 9}\n" for i in range(200))
    steps = []
    intake.check(
        intake.receive("a.csv", f"confirmed_on,unit_id\n{rows}".encode()), plan(), steps.append
    )
    done = [step.rows_done for step in steps]
    assert len(done) > 3
    assert done == sorted(done)
    assert {step.rows for step in steps} == {200}


def test_a_progress_that_ends_the_import_leaves_nothing_behind(intake, upload):
    class Stopped(BaseException):
        pass

    def stop(step):
        if step.phase is Phase.WRITING:
            raise Stopped

    with pytest.raises(Stopped):
        intake.take_in(upload, plan(), "kept", stop)
    again = intake.take_in(upload, plan(), "")
    assert again.taken == 3


def test_refused_rows_stand_as_in_their_file_with_reason_and_number(intake, upload):
    account = intake.check(upload, plan())
    text = intake.rejected_rows(upload, plan(), account).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(r["case_id"], r["confirmed_on"], r["seemana_row"]) for r in rows] == [
        ("c2", "31 May", "2"),
        ("c5", "", "5"),
    ]
    assert "31 May" in rows[0]["seemana_reason"]


def test_findings_are_marked_where_their_rows_say_they_are(intake, upload):
    account = intake.check(upload, plan())
    found = intake.marks(upload, plan(), account)
    by_row = {account.findings[mark.number].row: mark for mark in found.marks}
    assert set(by_row) == {2, 4}, "row 5 names no unit and no point"
    assert by_row[2].shape.bounds == pytest.approx((88.31, 22.51, 88.32, 22.52))
    assert (by_row[4].shape.x, by_row[4].shape.y) == (10, 10)
    assert by_row[2].is_grave
    assert not by_row[4].is_grave
    assert len(found.units) == 9


def test_a_finding_with_a_shape_of_its_own_lies_there(intake, store, upload):
    square = "POLYGON ((88 22, 88.1 22, 88.1 22.1, 88 22))"
    broken = ("POLYGON ((0 0", "POINT EMPTY", "POINT (500 0)", "")
    findings = [Finding(1, "overlap", "they overlap", shape=square)]
    findings += [Finding(5, "odd", "no place", shape=shape) for shape in broken]
    account = RowAccount(5, 5, 0, 0, tuple(findings))
    found = mark_recorded(store, account, NOON)
    assert [mark.number for mark in found.marks] == [0]
    asked = Asked(upload.file, NAMED, "cases")
    assert [m.number for m in mark_findings(store, asked, account, NOON).marks] == [0]


def test_no_more_findings_are_marked_than_can_be_looked_at(intake, store, upload):
    many = tuple(Finding(1, "odd", "here") for _ in range(MAX_MARKS + 7))
    account = RowAccount(5, 5, 0, 0, many)
    found = mark_findings(store, Asked(upload.file, NAMED, "cases"), account, NOON)
    assert (len(found.marks), found.left_out) == (MAX_MARKS, 7)


def test_a_name_given_is_found_again_for_the_same_columns_in_any_order(intake):
    mapping = Mapping(columns={"confirmed_on": "Day", "unit_id": "Ward"}, date_format="%d.%m.%Y")
    first = intake.receive("a.csv", b"Day,Ward\n14.05.2020,W0\n")
    assert intake.propose(first, "cases").saved is None
    intake.take_in(first, plan(mapping=mapping), "Wards of Howrah")
    again = intake.receive("b.csv", b"Ward,Day\nW4,15.05.2020\n")
    proposal = intake.propose(again, "cases")
    assert (proposal.saved.name, proposal.draft) == ("Wards of Howrah", mapping)
    assert intake.propose(again, "cases", is_anew=True).saved is None
    assert intake.propose(again, "tests").saved is None, "of another kind"


def test_words_whose_meaning_isnt_known_come_with_the_most_frequent_first(intake):
    rows = b"Day,Ward,Status\n" + b"14.05.2020,W0,Moved\n" * 3 + b"14.05.2020,W0,Recovered\n" * 5
    upload = intake.receive("a.csv", rows + b"14.05.2020,W0,Unclear\n")
    draft = Mapping(columns={"outcome": "Status"}, values={"outcome": {"Discharged": "recovered"}})
    assert intake.unknown_words(upload, "cases", draft, "outcome") == ("Moved", "Unclear")


def test_findings_say_the_name_of_the_file_and_not_where_it_lay(intake):
    upload = intake.receive("odd.csv", b"a,b\n1,2\n")
    account = intake.check(upload, plan(mapping=Mapping(columns={"confirmed_on": "day"})))
    assert account.findings[0].code == "column_missing"
    assert account.findings[0].message.startswith("odd.csv ")
    assert np.all([str(upload.file.parent) not in f.message for f in account.findings])
