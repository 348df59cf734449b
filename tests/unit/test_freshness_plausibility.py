"""Bed and oxygen figures that can't be true."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zoning.facilities.plausibility import find_implausible_beds
from zoning.model import Facilities

FIGURES = (
    "beds_total",
    "beds_vacant",
    "oxygen_beds_total",
    "oxygen_beds_vacant",
    "oxygen_hours",
)


def facilities(*rows):
    n = len(rows)
    texts = {
        key: np.array([""] * n, dtype=object)
        for key in ("facility_id", "kind", "category", "phone", "address", "unit_id")
    }
    figures = {
        key: np.array([row.get(key, np.nan) for row in rows], dtype=float) for key in FIGURES
    }
    return Facilities(
        row=np.arange(1, n + 1),
        name=np.array([row.get("name", "") for row in rows], dtype=object),
        lon=np.full(n, np.nan),
        lat=np.full(n, np.nan),
        updated_at=np.full(n, np.datetime64("NaT"), dtype="datetime64[s]"),
        **texts,
        **figures,
    )


def codes(*rows):
    return [(f.row, f.code) for f in find_implausible_beds(facilities(*rows))]


@pytest.mark.parametrize("key", FIGURES)
def test_a_figure_below_zero_is_a_finding_and_zero_is_not(key):
    code = "oxygen_hours_negative" if key == "oxygen_hours" else "beds_negative"
    assert codes({key: 0}) == []
    assert codes({key: -1}) == [(1, code)]


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("beds_vacant", "beds_total"),
        ("oxygen_beds_vacant", "oxygen_beds_total"),
        ("oxygen_beds_total", "beds_total"),
    ],
)
def test_more_than_the_capacity_is_a_finding_and_a_full_house_is_not(part, whole):
    assert codes({part: 20, whole: 20}) == []
    assert codes({part: 21, whole: 20}) == [(1, "beds_above_capacity")]


def test_a_figure_that_was_not_told_is_no_fault():
    assert codes({}, {"beds_vacant": 12}, {"beds_total": 3}) == []


def test_the_message_names_the_hospital_both_figures_and_the_way_out():
    (finding,) = find_implausible_beds(
        facilities({}, {"name": "Nadi Hospital", "beds_vacant": 1200, "beds_total": 120})
    )
    assert finding.row == 2
    assert finding.message == (
        "Nadi Hospital has 1,200 vacant beds of 120; correct the one or the other."
    )
    assert not finding.rejects


def test_a_facility_without_name_is_named_by_its_row():
    (finding,) = find_implausible_beds(facilities({}, {"beds_vacant": -4}))
    assert finding.message.startswith("row 2 has -4 vacant beds")


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 500), st.integers(0, 500)).map(
            lambda pair: {"beds_total": max(pair), "beds_vacant": min(pair)}
        )
    )
)
def test_a_plausible_table_has_no_finding(rows):
    assert codes(*rows) == []
