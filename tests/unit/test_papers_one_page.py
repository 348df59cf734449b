"""Press note and state return: always one page, nothing dropped without a word."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.papers import ISSUED_AT, pages, paper, pdf_text, sealed
from zoning.errors import OutputError
from zoning.model import Category
from zoning.orders.paper import Measure, OrderedZone, UnitChange, ZonePart
from zoning.writers.papers.press_note import press_json, press_pdf
from zoning.writers.papers.state_return import DistrictLine, StateReturn, return_json, return_pdf
from zoning.writers.papers.words import in_language
from zoning.writers.papers.written import write_state_return


def crowded(n):
    part = ZonePart("W12", "Ward 12", ("1/1",))
    return paper(
        zones=tuple(
            OrderedZone(f"CZ-{i}", Category.AFFECTED, (part,), "Lane " * 60) for i in range(n)
        ),
        units=tuple(UnitChange(f"W{i}", "Name " * 60, "", "red") for i in range(n)),
        measures=tuple(Measure("A", f"3.{i}", "Words " * 300) for i in range(40)),
        reason="Reason " * 900,
        title="Title " * 60,
        authority="\n".join(["Office " * 40] * 9),
        commanders=(),
    )


@pytest.mark.parametrize("code", ["en", "bn"])
@pytest.mark.parametrize("n", [1, 30, 6300])
def test_a_press_note_is_one_page_however_much_is_ordered(n, code):
    with in_language(code):
        assert pages(press_pdf(crowded(n))) == 1


def test_what_a_press_note_leaves_out_is_counted():
    text = pdf_text(press_pdf(crowded(6300)))
    assert "more are named in the order" in text


def test_a_press_note_names_zone_place_release_and_telephone_and_no_count():
    text = pdf_text(press_pdf(sealed()))
    for words in ("Dharmatala Lane", "1 September 2020", "033-0000 0101", "5 August 2020, 06:00"):
        assert words in text
    told = json.loads(press_json(sealed()))
    assert told["containment_zones"][0]["earliest_release_on"] == "2020-09-01"
    assert told["effective_at"] == "2020-08-05T06:00:00+05:30"


def line(name, **changes):
    told = DistrictLine(name, {"red": 3, "green": 190}, 2, 123456, 80, 40)
    return replace(told, **changes)


def returned(*lines):
    return StateReturn("A State", "Department of Health", ISSUED_AT, lines)


@pytest.mark.parametrize("n", [1, 23, 38])
def test_a_return_is_one_page(n):
    told = returned(*(line(f"District number {i}") for i in range(n)))
    assert pages(return_pdf(told)) == 1
    with in_language("bn"):
        assert pages(return_pdf(told)) == 1


def test_a_return_of_too_many_districts_is_refused_with_the_way_out():
    with pytest.raises(OutputError, match="has 200 districts and doesn't fit one page"):
        return_pdf(returned(*(line(f"District {i}") for i in range(200))))


def test_a_return_sums_up_and_groups_as_in_india():
    text = pdf_text(return_pdf(returned(line("North"), line("South", population=999_999))))
    assert "All districts 6 0 380 0 4 11,23,455 160 80 50 %" in text
    assert "FOR OFFICIAL USE ONLY" in text


def test_what_one_district_does_not_know_is_no_total():
    told = returned(line("North"), line("South", n_captured=None))
    text = pdf_text(return_pdf(told))
    assert "no total can be given: South." in text
    assert json.loads(return_json(told))["districts"][1]["n_captured"] is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"units": {"purple": 1}}, "purple"), ({"n_captured": 81}, "81 active cases")],
)
def test_a_return_that_cannot_be_true_is_refused(changes, words):
    with pytest.raises(OutputError, match=words):
        returned(line("North", **changes))


def test_a_return_lies_among_the_sealed_papers(tmp_path):
    made = write_state_return(returned(line("North")), tmp_path / "return")
    assert made.public == ()
    assert {path.suffix for path in made.sealed} == {".pdf", ".json"}


def test_a_return_bears_the_date_it_shows():
    told = returned(line("North"))
    assert return_pdf(told) == return_pdf(told)
    later = replace(told, as_of=datetime(2021, 1, 1, tzinfo=ISSUED_AT.tzinfo))
    assert return_pdf(later) != return_pdf(told)
    assert date(2021, 1, 1).isoformat() in return_json(later).decode()
