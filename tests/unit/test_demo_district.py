"""The generator of the demonstration district: shape, hierarchy, files."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest
import shapely

from zoning.demo.district import Demo, dated
from zoning.demo.files import FOLDER, JUDGED, load_district, read_district, write_district
from zoning.demo.plan import read_plan
from zoning.errors import InputError
from zoning.model import Level

PARENT_LEVEL = {
    Level.SUBDIVISION: Level.DISTRICT,
    Level.CORPORATION: Level.SUBDIVISION,
    Level.MUNICIPALITY: Level.SUBDIVISION,
    Level.BLOCK: Level.SUBDIVISION,
    Level.BOROUGH: Level.CORPORATION,
    Level.GRAM_PANCHAYAT: Level.BLOCK,
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("district")
    write_district(made)
    return made


@pytest.fixture(scope="session")
def demo(folder) -> Demo:
    return read_district(folder)


def judged(demo: Demo) -> np.ndarray:
    return np.isin(demo.units.level, JUDGED)


def test_every_run_writes_the_same_files(folder, tmp_path):
    write_district(tmp_path)
    for path in sorted(folder.iterdir()):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_the_files_in_the_repository_are_those_of_the_generator(demo):
    kept = read_district(FOLDER)
    assert kept.units.unit_id.tolist() == demo.units.unit_id.tolist()
    assert shapely.equals_exact(kept.units.geometry, demo.units.geometry, 2e-5).all()
    assert np.array_equal(kept.cases.confirmed_on, demo.cases.confirmed_on)
    assert np.array_equal(kept.tests.tests, demo.tests.tests)
    told, generated = kept.facilities.updated_at, demo.facilities.updated_at
    assert np.array_equal(told, generated, equal_nan=True)


def test_the_files_are_small():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_500_000


def test_wards_and_gram_panchayats_cover_the_district_without_gap_or_overlap(demo):
    ground = demo.units.geometry[judged(demo)]
    assert shapely.is_valid(demo.units.geometry).all()
    assert shapely.coverage_is_valid(ground)
    whole = demo.units.geometry[demo.units.level == Level.DISTRICT][0]
    assert whole.geom_type == "Polygon" and len(whole.interiors) == 0
    assert shapely.area(ground).sum() == pytest.approx(whole.area, rel=1e-9)


def test_every_unit_lies_in_the_unit_above_it(demo):
    units = demo.units
    row = {unit_id: index for index, unit_id in enumerate(units.unit_id)}
    assert len(row) == len(units)
    for index, parent_id in enumerate(units.parent_id):
        level = units.level[index]
        if level == Level.DISTRICT:
            assert parent_id == ""
            continue
        parent = row[parent_id]
        wanted = PARENT_LEVEL.get(level)
        allowed = {wanted} if wanted else {Level.BOROUGH, Level.MUNICIPALITY}
        assert units.level[parent] in allowed
        inner = shapely.point_on_surface(units.geometry[index])
        assert shapely.covers(units.geometry[parent], inner)


def test_the_district_has_the_units_it_promises(demo):
    levels, counts = np.unique(demo.units.level.astype(str), return_counts=True)
    assert dict(zip(levels, counts.tolist(), strict=True)) == {
        "district": 1,
        "subdivision": 3,
        "corporation": 1,
        "municipality": 2,
        "block": 6,
        "borough": 8,
        "ward": 48 + 24,
        "gram_panchayat": 70,
    }
    assert 850 <= len(demo.booths) <= 1000
    people = demo.units.population
    city = np.char.startswith(demo.units.unit_id.astype(str), "FX-W")
    assert people[city].min() > 8_000 and people[city].max() < 30_000
    country = demo.units.level == Level.GRAM_PANCHAYAT
    assert np.nanmin(people[country]) > 9_000 and np.nanmax(people[country]) < 25_000
    assert np.isnan(people).sum() == 2


def test_booths_lie_in_their_unit_and_share_its_people(demo):
    row = {unit_id: index for index, unit_id in enumerate(demo.units.unit_id)}
    unit = np.array([row[unit_id] for unit_id in demo.booths.unit_id])
    assert shapely.contains_xy(demo.units.geometry[unit], demo.booths.lon, demo.booths.lat).all()
    assert len(set(demo.booths.booth_id)) == len(demo.booths)
    sums = np.bincount(unit, np.nan_to_num(demo.booths.population), len(demo.units))
    known = judged(demo) & ~np.isnan(demo.units.population)
    # each booth's people are rounded, so a unit of n booths may be n / 2 off
    assert np.abs(sums - demo.units.population)[known].max() <= 10


def test_everything_says_that_it_is_fictional(demo):
    assert "fictional" in demo.name and "fictional" in demo.authority
    for codes in (
        demo.units.unit_id,
        demo.booths.booth_id,
        demo.cases.case_id,
        demo.facilities.facility_id,
    ):
        assert all(code.startswith("FX-") for code in codes)
    assert all("(fictional)" in address for address in demo.facilities.address)
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# Meghlota: a fictional district")


def test_no_telephone_can_be_rung(demo):
    # Indian numbers begin with 1 to 9 after the trunk prefix; five zeros reach nobody.
    assert all(phone.startswith("00000 ") for phone in demo.facilities.phone)
    assert len(set(demo.facilities.phone)) == len(demo.facilities)


def test_names_are_used_once():
    names = read_plan().names
    places = [names["city"], *names["towns"], *names["blocks"], *names["gram_panchayats"]]
    places += [*names["wards"], *names["town_wards"]]
    assert len(set(places)) == len(places)


def test_dates_move_so_that_the_district_looks_current(folder, demo):
    at = datetime.fromisoformat("2027-03-05T08:15:00+05:30")
    moved = load_district(folder, date(2027, 3, 4), at)
    assert moved.cases.confirmed_on.max() == np.datetime64("2027-03-04")
    assert moved.tests.on.max() == np.datetime64("2027-03-04")
    known = ~np.isnat(moved.cases.outcome_on)
    assert (moved.cases.outcome_on[known] <= np.datetime64("2027-03-04")).all()
    present = np.datetime64("2027-03-05T02:45:00")
    ages = present - moved.facilities.updated_at
    original = np.datetime64(demo.at.replace(tzinfo=None), "s") - demo.facilities.updated_at
    assert np.array_equal(ages, original, equal_nan=True)


def test_moving_there_and_back_changes_nothing(demo):
    there = dated(demo, date(2031, 1, 1), datetime.fromisoformat("2031-01-02T00:00:00+00:00"))
    back = dated(there, demo.last_day, demo.at)
    assert np.array_equal(back.cases.confirmed_on, demo.cases.confirmed_on)
    assert np.array_equal(back.facilities.updated_at, demo.facilities.updated_at, equal_nan=True)


def test_a_missing_file_is_refused_with_the_way_out(tmp_path):
    with pytest.raises(InputError, match=r"python -m zoning\.demo"):
        read_district(tmp_path)
