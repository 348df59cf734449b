"""What a containment zone costs, on booths whose figures can be added in the head."""

from __future__ import annotations

import numpy as np
import pytest

from tests.naming import texts
from zoning.errors import InputError, RuleError
from zoning.judgement.consequences import weigh
from zoning.judgement.norms import NORMS_FILE, norms, read_norms
from zoning.judgement.zone_figures import BoothFigures, UnitFigures
from zoning.judgement.zone_warnings import WarningCode
from zoning.places.buffers import BufferPairs

UNKNOWN = float("nan")


def ints(values):
    return np.array(values, dtype=np.int32)


def weighed(
    labels, people, cases, *, unit=None, unit_cases=None, pairs=(), sizes=None, sharing=None,
    survey=(), provenance="derived", hospitals=(), unlocated=0,
):  # fmt: skip
    """Weigh booths in a row; `pairs` are (zone, booth), `survey` positions of booths."""
    n = len(labels)
    unit = ints([0] * n if unit is None else unit)
    placed = np.bincount(unit[unit >= 0], np.array(cases)[unit >= 0], max(unit.max(), 0) + 1)
    unit_cases = placed if unit_cases is None else unit_cases
    booths = BoothFigures(
        population=np.array(people, dtype=float),
        cases=np.array(cases, dtype=np.int64),
        unit_index=unit,
        sharing=ints(range(n) if sharing is None else sharing),
        needs_survey=np.isin(np.arange(n), list(survey)),
        provenance=np.full(n, provenance, dtype=object),
    )
    units = UnitFigures(
        label=texts([f"Ward {at + 1}" for at in range(len(unit_cases))]),
        household_size=np.full(len(unit_cases), UNKNOWN) if sizes is None else np.array(sizes),
        cases=np.array(unit_cases).astype(np.int64),
    )
    zone, booth = (ints([pair[side] for pair in pairs]) for side in (0, 1))
    return weigh(
        ints(labels), BufferPairs(zone, booth), booths, units, ints(hospitals),
        unlocated_cases=unlocated,
    )  # fmt: skip


def codes(told, zone=0):
    return {w.code for w in told.warnings if w.zone == zone}


def sentence(told, code):
    return next(w.message for w in told.warnings if w.code == code)


def test_400_homes_need_8_workers_at_50_each_14_at_30_and_4_at_100():
    zones = weighed([0], [1800], [1]).zones
    assert zones.households_a.tolist() == [400]
    assert {n: w.tolist() for n, w in zones.workers.items()} == {30: [14], 50: [8], 100: [4]}


def test_one_home_more_needs_one_worker_more():
    assert weighed([0], [1801], [1]).zones.workers[50].tolist() == [9]


def test_adding_up_many_booths_makes_no_house_and_no_worker_of_rounding():
    # 37 booths of 100 and one of 800 are 1,000 houses; the sum of quotients is a little off.
    zones = weighed([0] * 38, [100] * 37 + [800], [1] * 38).zones
    assert zones.households_a.tolist() == [1000]
    assert zones.workers[50].tolist() == [20]


def test_the_household_size_of_the_unit_comes_before_the_default():
    zones = weighed([0, 0], [900, 900], [1, 1], unit=[0, 1], sizes=[3.0, UNKNOWN]).zones
    assert zones.households_a.tolist() == [300 + 200]


def test_a_household_of_less_than_one_is_refused_by_the_name_of_its_unit():
    with pytest.raises(InputError, match=r"household size of Ward 1 is 0\.5"):
        weighed([0], [100], [1], sizes=[0.5])


def test_an_unknown_population_makes_figures_at_least_and_says_so():
    told = weighed([0, 0, -1], [900, UNKNOWN, UNKNOWN], [1, 1, 0], pairs=[(0, 2)])
    zones = told.zones
    assert zones.population_a.tolist() == [900]
    assert np.isnan(zones.population_b).tolist() == [True]
    assert zones.population_is_complete.tolist() == [False]
    assert zones.people_per_case.tolist() == [450]
    assert "2 of 3 booths" in sentence(told, WarningCode.POPULATION_UNKNOWN)
    assert "at least" in sentence(told, WarningCode.POPULATION_UNKNOWN)


def test_where_no_population_is_known_nothing_is_told_rather_than_nothing_needed():
    told = weighed([0, 0], [UNKNOWN, UNKNOWN], [1, 1])
    for figures in (told.zones, told.total):
        for column in (
            figures.population_a,
            figures.households_a,
            figures.people_per_case,
            figures.workers[50],
        ):
            assert np.isnan(column).tolist() == [True]
    assert "can't be told" in sentence(told, WarningCode.POPULATION_UNKNOWN)


def test_a_zone_without_buffer_has_nobody_in_it():
    zones = weighed([0, -1], [900, 100], [1, 0]).zones
    assert zones.population_b.tolist() == [0]
    assert zones.population_is_complete.tolist() == [True]


def test_a_buffer_booth_of_two_zones_counts_in_each_and_once_in_all():
    told = weighed([0, -1, 1], [900, 450, 900], [1, 0, 1], pairs=[(0, 1), (1, 1)])
    assert told.zones.n_booths_b.tolist() == [1, 1]
    assert told.zones.population_b.tolist() == [450, 450]
    assert told.total.n_booths_b.tolist() == [1]
    assert told.total.population_b.tolist() == [450]
    assert told.total.people_per_case.tolist() == [(1800 + 450) / 2]


def test_affected_beats_buffer_where_a_pair_says_both():
    told = weighed([0, 1], [900, 900], [1, 1], pairs=[(0, 1)])
    assert told.zones.n_booths_b.tolist() == [0, 0]
    assert told.total.n_booths_b.tolist() == [0]


def test_workers_of_all_are_those_of_each_zone_as_none_serves_two():
    told = weighed([0, -1, 1], [45, 0, 45], [1, 0, 1])
    assert told.total.households_a.tolist() == [20]
    assert told.total.workers[100].tolist() == [2]


def test_booths_at_one_point_are_counted_with_their_people_on_one_ground():
    zones = weighed([0, 0, 0], [900, 900, 450], [1, 1, 1], sharing=[4, 4, 2]).zones
    assert (zones.n_booths_a.tolist(), zones.n_grounds_a.tolist()) == ([3], [2])
    assert zones.population_a.tolist() == [2250]


def test_a_hospital_counts_on_its_ground_whichever_booth_names_it_and_a_lost_one_nowhere():
    told = weighed(
        [0, 0, -1, -1], [1] * 4, [1, 1, 0, 0],
        pairs=[(0, 2)], sharing=[0, 0, 1, 2], hospitals=[1, 0, 2, 3, -1],
    )  # fmt: skip
    assert told.zones.hospitals_a.tolist() == [2]
    assert told.zones.hospitals_b.tolist() == [1]


def test_the_share_of_cases_is_of_all_in_the_units_that_the_zone_touches():
    # Ward 1 has three cases in zone 0 and one that nobody could place; ward 3 isn't touched.
    told = weighed(
        [0, -1, 1, -1],
        [900] * 4,
        [3, 0, 2, 0],
        unit=[0, 0, 1, 2],
        unit_cases=[4, 2, 5],
        unlocated=2,
    )
    assert told.zones.cases.tolist() == [3, 2]
    assert told.zones.share_of_cases.tolist() == [0.75, 1.0]
    assert told.total.cases.tolist() == [5]
    assert told.total.share_of_cases.tolist() == [5 / 13]


def test_unplaced_cases_are_captured_where_the_unit_is_in_the_zone_with_every_booth():
    told = weighed([0, 0], [900, 900], [0, 0], unit_cases=[5], survey=[0, 1])
    assert told.zones.cases.tolist() == [5]
    assert told.zones.share_of_cases.tolist() == [1.0]
    assert "without a survey" in sentence(told, WarningCode.WHOLE_UNIT)


def test_unplaced_cases_of_a_unit_in_two_zones_are_in_neither_and_in_all_together():
    told = weighed([0, 1], [900, 900], [0, 0], unit_cases=[5], survey=[0, 1])
    assert told.zones.cases.tolist() == [0, 0]
    assert told.zones.people_per_case.tolist() == [np.inf, np.inf]
    assert codes(told) == codes(told, 1) == {WarningCode.NO_PLACED_CASE}
    assert told.total.cases.tolist() == [5]


def test_cases_of_a_booth_in_no_unit_are_its_own_and_count_among_all():
    told = weighed([0, -1], [900, 900], [2, 1], unit=[-1, -1], unit_cases=[1])
    assert told.zones.share_of_cases.tolist() == [1.0]
    assert told.total.share_of_cases.tolist() == [0.5]


def test_a_unit_with_fewer_cases_than_its_booths_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="unit 0"):
        weighed([0], [900], [2], unit_cases=[1])


def test_a_whole_unit_is_told_and_all_but_a_booth_is_not():
    told = weighed([0, 0], [900, 900], [1, 1])
    assert sentence(told, WarningCode.WHOLE_UNIT).startswith("2 of the 2 booths of Ward 1 are")
    assert codes(weighed([0, 0, -1], [900] * 3, [1, 1, 0])) == set()
    assert codes(weighed([0, 1], [900, 900], [1, 1])) == set()


def test_a_unit_that_stands_for_its_only_point_is_told_as_such():
    told = weighed([0], [900], [1], provenance="unit")
    assert "isn't known apart" in sentence(told, WarningCode.WHOLE_UNIT)


@pytest.mark.parametrize(("people", "is_told"), [(8_400, False), (8_401, True)])
def test_people_for_each_case_are_told_above_the_limit_only(people, is_told):
    told = weighed([0, -1], [400, people - 400], [1, 0], pairs=[(0, 1)])
    assert (WarningCode.PEOPLE_PER_CASE in codes(told)) == is_told
    if is_told:
        assert "8,401 people for each case" in sentence(told, WarningCode.PEOPLE_PER_CASE)


def test_no_zone_costs_nothing_and_captures_nothing():
    told = weighed([-1, -1], [900, 900], [0, 1])
    assert told.warnings == ()
    assert told.zones.n_booths_a.tolist() == []
    assert told.total.population_a.tolist() == told.total.workers[30].tolist() == [0]
    assert told.total.share_of_cases.tolist() == [0]
    assert np.isnan(weighed([-1], [900], [0]).total.share_of_cases).tolist() == [True]


def test_the_norms_are_dated_sourced_and_say_what_is_ours():
    rule = norms()
    assert rule.houses_per_worker == (30, 50, 100)
    assert rule.household_size == 4.5
    assert rule.source
    assert rule.ours


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("per_worker = [30, 50, 100]", "per_worker = []"),
        ("per_worker = [30, 50, 100]", "per_worker = [0]"),
        ("household_size = 4.5", "household_size = 0"),
        ("whole_unit_share = 1.0", "whole_unit_share = 1.5"),
        ("people_per_case_most = 8_400", "people_per_case_most = 0"),
        ("[warn]", "[warning]"),
        ("valid_from = 2020-05-16", ""),
    ],
)
def test_faulty_norms_are_refused_by_the_name_of_their_file(tmp_path, old, new):
    text = NORMS_FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / NORMS_FILE.name
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(RuleError, match=r"consequences\.toml holds no usable norms"):
        read_norms(path)
