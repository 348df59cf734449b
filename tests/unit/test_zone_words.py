"""What is said of a zone: its life, its consents, its people; and the drawing beside it."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from layers.zone_sketch import HEIGHT, WIDTH, box_of, zone_sketch
from zoning.judgement.consents import Consent, Crossing
from zoning.judgement.zone_events import EventKind
from zoning.workflow.zone_words import consent_sentence, event_sentence, many, people_words

NAMES = {"M1": "Nokshigram", "D2": "Purba", "W3": "W3"}


def part(crossing=Crossing.MUNICIPALITY, authority="M1", category="B", n=2, people=900.0, gaps=0):
    return Consent(0, "W3", category, crossing, authority, n, people, gaps)


@pytest.mark.parametrize(
    ("kind", "from_ids", "into_ids", "before", "after", "said"),
    [
        ("opened", (), (), 0, 1, "Opened with 1 booth."),
        ("opened", ("CZ-1",), (), 0, 3, "Opened with 3 booths that were in CZ-1."),
        ("grew", (), (), 1, 4, "Grew from 1 to 4 booths."),
        ("grew", ("CZ-2",), (), 1, 4, "Took in booths of CZ-2; booths before: 1, now: 4."),
        ("shrank", (), (), 4, 1, "Shrank from 4 to 1 booths."),
        ("changed", (), (), 4, 4, "Changed: 4 booths before, 4 now."),
        ("split", (), ("CZ-2", "CZ-3"), 9, 4, "are now in CZ-2, CZ-3, 4 remain."),
        ("unchanged", (), (), 2, 2, "Unchanged: 2 booths."),
        ("merged", (), ("CZ-1",), 2, 0, "Ended: its 2 booths are now in CZ-1."),
        ("closed", (), (), 2, 0, "Ended: its 2 booths are no longer affected."),
    ],
)
def test_each_event_has_its_sentence(kind, from_ids, into_ids, before, after, said):
    assert said in event_sentence(kind, from_ids, into_ids, before, after)


def test_no_event_is_without_a_sentence():
    for kind in EventKind:
        assert event_sentence(kind.value, ("CZ-1",), ("CZ-2",), 1, 1).endswith(".")


def test_consent_names_authority_line_booths_and_people():
    both = [part(), part(category="A", n=1, people=100.0)]
    assert consent_sentence(both, NAMES) == (
        "Nokshigram (M1) has to consent, across the line of its local body: 1 A and 2 B "
        "booths, 1,000 people."
    )
    district = consent_sentence([part(Crossing.DISTRICT, "D2")], NAMES)
    assert district.startswith("Purba (D2) has to consent, across the district line: 2 booths of B")


def test_who_isnt_known_is_said_and_never_taken_for_nobody():
    assert "who isn't known" in consent_sentence([part(Crossing.UNKNOWN, "")], NAMES)
    assert consent_sentence([part(Crossing.WARD, "")], NAMES).startswith("No consent needed")


def test_a_gap_in_the_people_of_a_part_makes_the_whole_at_least():
    assert "at least 900 people" in consent_sentence([part(gaps=1)], NAMES)
    gap = part(people=float("nan"), gaps=2)
    assert "an unknown number of people" in consent_sentence([gap], NAMES)


@pytest.mark.parametrize(
    ("value", "said"),
    [(99_999, "99,999"), (100_000, "1 lakh"), (339_760, "3.4 lakh"), (12_000_000, "1.2 crore")],
)
def test_from_a_lakh_on_numbers_are_said_in_lakh_and_crore(value, said):
    assert many(value) == said
    assert people_words(value, is_complete=False) == f"at least {said} people"


def test_unknown_people_are_never_nobody():
    assert people_words(float("nan"), is_complete=False) == "an unknown number of people"


def shapes(*boxes):
    return np.array([shapely.box(*corners) for corners in boxes] + [None], dtype=object)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_drawing_lies_inside_its_box_and_escapes_its_title(theme):
    areas, buffers = shapes((88.30, 22.50, 88.31, 22.51)), shapes((88.31, 22.50, 88.36, 22.52))
    box = box_of(areas, buffers)
    drawn = zone_sketch(areas, buffers, None, box, theme, "<b>")
    assert "<title>&lt;b&gt;</title>" in drawn
    paths = drawn.split('<path d="')[3:]
    for path in paths:
        pairs = path.split("Z")[0].lstrip("M").split("L")
        for x, y in (map(float, pair.split()) for pair in pairs):
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT


def test_north_is_up_and_both_scales_are_one_distance():
    areas = shapes((88.30, 22.50, 88.32, 22.52))
    box = box_of(areas)
    metres_x = box.scale_x / np.cos(np.radians(22.51))
    assert metres_x == pytest.approx(box.scale_y)
    assert box.north > 22.52


def test_nothing_to_draw_has_no_box():
    assert box_of(np.array([None, shapely.Polygon()], dtype=object)) is None
