"""Polling stations given as points get the ground of their unit that is nearest to each."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from tests.delineating import Files, booths, collection, having, middle, of_ward
from tests.running import write


def stations(wards=4, moved=None):
    """Return the booths of `booths` as points in the middle of their squares."""
    moved = moved or {}
    rows = []
    for nth, feature in enumerate(booths(wards)["features"]):
        at = moved.get(feature["properties"]["booth_id"], middle(*divmod(nth, 3)))
        rows.append((feature["properties"], {"type": "Point", "coordinates": list(at)}))
    return collection(rows)


@pytest.fixture
def files(tmp_path):
    files = Files(tmp_path)
    write(files.booths, stations())
    return files


def test_a_grid_of_points_gives_the_categories_of_its_squares(files):
    more = ["--buffer-m", 150]
    derived = files.told({"booth_id": "o11"}, {"unit_id": "R"}, more=more)
    assert {row.pop("provenance") for row in derived.values()} == {"derived"}
    write(files.booths, booths())
    surveyed = files.told({"booth_id": "o11"}, {"unit_id": "R"}, more=more)
    assert {row.pop("provenance") for row in surveyed.values()} == {"surveyed"}
    assert derived == surveyed


def test_coordinates_place_a_case_in_the_derived_cell(files):
    lon, lat = middle(4, 1)
    rows = files.told({"lon": lon + 0.0004, "lat": lat - 0.0004})
    assert having(rows, "active", "1") == {"o11"}


def test_a_list_with_coordinates_is_as_good_as_a_map(files):
    expected = files.told({"booth_id": "r00"})
    lines = ["booth_id,lon,lat"]
    for feature in stations()["features"]:
        lon, lat = feature["geometry"]["coordinates"]
        lines.append(f"{feature['properties']['booth_id']},{lon!r},{lat!r}")
    files.booths = write(files.folder / "list.csv", "\n".join(lines) + "\n")
    assert files.told({"booth_id": "r00"}) == expected


def test_booths_at_one_point_share_one_ground_and_its_category(files):
    write(files.booths, stations(moved={"r01": middle(0, 0)}))
    areas = files.folder / "areas.gpkg"
    rows = files.told({"booth_id": "r01"}, more=["--buffer-m", 0, "--areas", areas])
    assert having(rows, "category", "A") == {"r00", "r01"}
    assert having(rows, "active", "1") == {"r01"}
    assert gpd.read_file(areas).booths.tolist()[0] == 2
    assert "booth_shared_point" in files.run().err


def test_a_station_outside_every_unit_is_kept_without_ground_and_measured_from_its_point(files):
    near, far = middle(12, 1), middle(60, 1)
    given = stations()
    for code, at in (("near", near), ("far", far)):
        shape = {"type": "Point", "coordinates": list(at)}
        given["features"] += collection([({"booth_id": code}, shape)])["features"]
    write(files.booths, given)
    rows = files.told({"booth_id": "u21"}, more=["--buffer-m", 60])
    for code, category in (("near", "B"), ("far", "C")):
        assert rows[code]["category"] == category
        assert (rows[code]["unit_id"], rows[code]["provenance"]) == ("", "")
        assert rows[code]["needs_survey"] == "true"
    for suffix in ("gpkg", "geojson", "parquet"):
        files.out = files.folder / f"out.{suffix}"
        assert files.run().status == 0
        read = gpd.read_parquet(files.out) if suffix == "parquet" else gpd.read_file(files.out)
        assert read.geometry.isna().tolist() == [False] * 36 + [True] * 2


def test_the_areas_of_derived_booths_fill_their_units(files):
    areas = files.folder / "areas.gpkg"
    files.told({"booth_id": "r11"}, more=["--areas", areas, "--buffer-m", 50])
    a, b, c = gpd.read_file(areas).geometry
    wards = gpd.read_file(files.zones)
    ground = shapely.union_all(wards[wards.zone != "green"].geometry.to_numpy())
    assert shapely.union_all([a, b, c]).symmetric_difference(ground).area < 1e-10
    assert a.area + b.area + c.area == pytest.approx(ground.area, rel=1e-5)
    assert having(files.written(), "category", "B") == of_ward("r") - {"r11"}
