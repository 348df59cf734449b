"""The demonstration district's epidemic, tests and facilities."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from zoning.demo.files import JUDGED, read_district
from zoning.model import OUTCOME_CODES, Level, Outcome


@pytest.fixture(scope="session")
def kept():
    return read_district()


@pytest.fixture(scope="session")
def unit_of_case(kept):
    return np.append(kept.cases.unit_id.values, "")[kept.cases.unit_id.codes].astype(str)


def days(kept, chosen) -> np.ndarray:
    confirmed = kept.cases.confirmed_on
    return (confirmed[chosen] - confirmed.min()).astype(int)


def test_the_wave_moves_from_the_core_down_the_river_and_into_the_country(kept, unit_of_case):
    in_city = np.char.startswith(unit_of_case, "FX-W")
    in_country = np.char.startswith(unit_of_case, "FX-G")
    assert np.median(days(kept, in_country)) > np.median(days(kept, in_city)) + 45
    # Among gram panchayats those farther from the city are reached later.
    units = kept.units
    city = shapely.centroid(units.geometry[units.level == Level.CORPORATION][0])
    rural = np.flatnonzero(units.level == Level.GRAM_PANCHAYAT)
    # units that the wave has passed, so that the middle of their cases is its peak
    passed = [u for u in rural if (unit_of_case == units.unit_id[u]).sum() >= 25]
    middle = [np.median(days(kept, unit_of_case == units.unit_id[u])) for u in passed]
    distance = shapely.distance(city, shapely.centroid(units.geometry[passed]))
    assert np.corrcoef(distance, middle)[0, 1] > 0.4


def test_sundays_report_less(kept):
    weekday = (kept.cases.confirmed_on.astype("datetime64[D]").astype(int) + 3) % 7
    counts = np.bincount(weekday, minlength=7)
    assert counts[6] < 0.8 * counts[:5].mean()


def test_about_one_case_in_seventy_dies_and_outcomes_come_later(kept):
    cases = kept.cases
    closed = cases.outcome > 0
    died = (cases.outcome == OUTCOME_CODES[Outcome.DIED]).mean()
    assert 0.01 < died < 0.02
    assert np.array_equal(closed, ~np.isnat(cases.outcome_on))
    delay = (cases.outcome_on - cases.confirmed_on)[closed].astype(int)
    assert delay.min() >= 1 and 8 <= np.median(delay) <= 16
    assert cases.outcome_on[closed].max() <= np.datetime64(kept.last_day)


def test_some_cases_are_imported_and_some_of_these_institutional(kept):
    cases = kept.cases
    assert 0.01 < cases.is_imported.mean() < 0.15
    assert 0 < cases.is_institutional.sum() < cases.is_imported.sum()
    assert not (cases.is_institutional & ~cases.is_imported).any()


def test_rows_have_the_gaps_of_a_real_list(kept):
    cases = kept.cases
    has_unit, has_point = cases.unit_id.codes >= 0, ~np.isnan(cases.lon)
    n = len(cases)
    assert 0.01 * n < (~has_unit & ~has_point).sum() < 0.03 * n
    assert (has_unit & ~has_point).sum() > 0.1 * n
    assert (~has_unit & has_point).sum() > 0.1 * n


def test_a_few_points_lie_on_a_border_and_a_few_outside(kept):
    cases = kept.cases
    alone = (cases.unit_id.codes < 0) & ~np.isnan(cases.lon)
    ground = kept.units.geometry[np.isin(kept.units.level, JUDGED)]
    points = shapely.points(cases.lon[alone], cases.lat[alone])
    hits, _ = shapely.STRtree(ground).query(points, predicate="intersects")
    times = np.bincount(hits, minlength=len(points))
    assert (times > 1).sum() == 6
    assert (times == 0).sum() == 3


def test_a_case_with_a_unit_lies_in_it_and_in_a_booth_of_it(kept, unit_of_case):
    cases, row = kept.cases, {u: i for i, u in enumerate(kept.units.unit_id)}
    full = (unit_of_case != "") & ~np.isnan(cases.lon)
    unit = np.array([row[u] for u in unit_of_case[full]])
    assert shapely.intersects_xy(kept.units.geometry[unit], cases.lon[full], cases.lat[full]).all()
    unit_of_booth = dict(zip(kept.booths.booth_id, kept.booths.unit_id, strict=True))
    booth = np.append(cases.booth_id.values, "")[cases.booth_id.codes]
    assert all(unit_of_booth[b] == u for b, u in zip(booth, unit_of_case, strict=True) if b)


def test_positivity_rises_and_falls_with_the_wave(kept):
    tests = kept.tests
    assert (tests.positives <= tests.tests).all()
    in_city = np.char.startswith(tests.unit_id.values[tests.unit_id.codes].astype(str), "FX-W")
    day = (tests.on - tests.on.min()).astype(int)
    week = day[in_city] // 7
    positivity = np.bincount(week, tests.positives[in_city]) / np.bincount(
        week, tests.tests[in_city]
    )
    peak = positivity.argmax()
    assert 5 <= peak <= 11
    assert positivity[peak] > 0.04
    assert positivity[-4:].max() < positivity[peak] / 4
    assert positivity[:2].max() < positivity[peak] / 2


def test_positives_are_the_confirmed_cases(kept):
    assert kept.tests.positives.sum() == kept.cases.count.sum()


def test_facilities_are_fresh_due_stale_and_silent(kept):
    told = kept.facilities.updated_at
    at = np.datetime64(kept.at.replace(tzinfo=None), "s")
    hours = (at - told[~np.isnat(told)]).astype(float) / 3600
    assert hours.min() > 0
    assert (hours <= 1).sum() >= 15
    assert ((hours > 1) & (hours <= 2)).sum() >= 8
    assert (hours > 2).sum() >= 8
    assert np.isnat(told).sum() >= 1


def test_beds_are_plausible_and_every_kind_is_there(kept):
    f = kept.facilities
    kinds, counts = np.unique(f.kind.astype(str), return_counts=True)
    assert dict(zip(kinds, counts.tolist(), strict=True)) == {
        "ambulance": 18,
        "desk": 9,
        "hearse": 6,
        "hospital": 24,
        "oxygen": 8,
    }
    beds = ~np.isnan(f.beds_total)
    assert np.array_equal(beds, f.kind == "hospital")
    assert (f.beds_vacant[beds] <= f.beds_total[beds]).all()
    assert (f.oxygen_beds_total[beds] <= f.beds_total[beds]).all()
    assert (f.oxygen_beds_vacant[beds] <= f.oxygen_beds_total[beds]).all()
    assert (f.oxygen_beds_vacant[beds] <= f.beds_vacant[beds]).all()
    assert (f.oxygen_hours[~np.isnan(f.oxygen_hours)] > 0).all()
    known = set(kept.units.unit_id)
    assert all(unit_id in known for unit_id in f.unit_id)
