"""What zones cost: what holds for any booths, any zones and any gaps in the figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.naming import texts
from zoning.judgement.consequences import weigh
from zoning.judgement.zone_figures import BoothFigures, UnitFigures
from zoning.places.buffers import BufferPairs

COLUMNS = (
    "n_booths_a", "n_booths_b", "n_grounds_a", "n_unknown_a", "n_unknown_b", "population_a",
    "population_b", "households_a", "cases", "share_of_cases", "people_per_case", "hospitals_a",
    "hospitals_b",
)  # fmt: skip


@st.composite
def plans(draw):
    """Return zones over booths, their buffers, figures with gaps, and hospitals."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n, n_units, k = draw(st.integers(1, 40)), draw(st.integers(1, 5)), draw(st.integers(0, 4))
    # Every label has a booth, as `contiguous` gives them.
    labels = random.integers(-1, k, n).astype(np.int32) if k else np.full(n, -1, np.int32)
    _, labels = np.unique(np.append(labels, -1), return_inverse=True)
    labels = (labels[:-1] - 1).astype(np.int32)
    k = labels.max() + 1
    unit = random.integers(-1, n_units, n).astype(np.int32)
    people = np.where(random.random(n) < 0.2, np.nan, random.integers(1, 2_000, n).astype(float))
    cases = random.poisson(0.5, n).astype(np.int64)
    placed = np.bincount(unit[unit >= 0], cases[unit >= 0], n_units).astype(np.int64)
    sizes = np.where(random.random(n_units) < 0.5, np.nan, random.uniform(2, 7, n_units))
    zone, booth = np.nonzero(random.random((k, n)) < 0.2)
    booths = BoothFigures(
        people, cases, unit, np.arange(n, dtype=np.int32), random.random(n) < 0.2,
        texts(["derived"] * n),
    )  # fmt: skip
    units = UnitFigures(
        texts([f"u{u}" for u in range(n_units)]), sizes, placed + random.poisson(0.3, n_units)
    )
    hospitals = random.integers(-1, n, 5).astype(np.int32)
    pairs = BufferPairs(zone.astype(np.int32), booth.astype(np.int32))
    return labels, pairs, booths, units, hospitals


@given(plans())
def test_all_together_is_what_the_zones_add_up_to_but_for_what_they_share(plan):
    told = weigh(*plan)
    labels, pairs, booths, units, _ = plan
    zones, total = told.zones, told.total
    for name in ("n_booths_a", "n_grounds_a", "n_unknown_a", "hospitals_a"):
        assert getattr(total, name).tolist() == [getattr(zones, name).sum()]
    for name in ("n_booths_b", "n_unknown_b", "hospitals_b"):
        assert getattr(total, name)[0] <= getattr(zones, name).sum()
    assert np.isclose(np.nansum(total.population_a), np.nansum(zones.population_a))
    assert np.nansum(total.population_b) <= np.nansum(zones.population_b)
    around = set(pairs.booth[labels[pairs.booth] < 0].tolist())
    assert total.n_booths_b.tolist() == [len(around)]
    assert zones.cases.sum() <= total.cases[0] <= units.cases.sum() + booths.cases.sum()


@given(plans())
def test_a_share_is_a_share_and_workers_suffice_and_are_not_one_too_many(plan):
    told = weigh(*plan)
    for figures in (told.zones, told.total):
        share = figures.share_of_cases[~np.isnan(figures.share_of_cases)]
        assert ((share >= 0) & (share <= 1)).all()
    houses = told.zones.households_a
    for per_worker, workers in told.zones.workers.items():
        is_known = ~np.isnan(houses)
        assert (np.isnan(workers) == ~is_known).all()
        assert (workers * per_worker >= houses)[is_known].all()
        assert ((workers - 1) * per_worker < houses)[is_known].all()


@given(plans(), st.integers(0, 39))
def test_a_population_that_becomes_known_never_makes_a_zone_look_smaller(plan, which):
    labels, pairs, booths, units, hospitals = plan
    at = which % len(labels)
    blank = booths.population.copy()
    blank[at] = np.nan
    before = weigh(labels, pairs, replace(booths, population=blank), units, hospitals)
    blank = blank.copy()
    blank[at] = 500.0
    after = weigh(labels, pairs, replace(booths, population=blank), units, hospitals)
    for old, new in ((before.zones, after.zones), (before.total, after.total)):
        for name in ("population_a", "population_b", "households_a", "people_per_case"):
            was, now = getattr(old, name), getattr(new, name)
            assert (np.isnan(was) | (now >= was)).all()
        assert (new.population_is_complete >= old.population_is_complete).all()


@given(plans())
def test_a_zone_with_a_gap_is_always_warned_of(plan):
    told = weigh(*plan)
    warned = {w.zone for w in told.warnings if w.code == "population_unknown"}
    assert warned == set(np.flatnonzero(~told.zones.population_is_complete).tolist())
    assert [w.zone for w in told.warnings] == sorted(w.zone for w in told.warnings)


@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_the_booths_never_matters(plan, random):
    labels, pairs, booths, units, hospitals = plan
    n = len(labels)
    order = np.array(random.sample(range(n), n), dtype=np.int64)
    place = np.append(np.argsort(order), -1).astype(np.int32)
    turned = BoothFigures(
        booths.population[order], booths.cases[order], booths.unit_index[order],
        booths.sharing[order], booths.needs_survey[order], booths.provenance[order],
    )  # fmt: skip
    there = BufferPairs(pairs.zone, place[pairs.booth])
    one = weigh(labels, pairs, booths, units, hospitals)
    other = weigh(labels[order], there, turned, units, place[hospitals])
    for name in COLUMNS:
        assert np.allclose(getattr(one.zones, name), getattr(other.zones, name), equal_nan=True)
        assert np.allclose(getattr(one.total, name), getattr(other.total, name), equal_nan=True)
    assert one.warnings == other.warnings
