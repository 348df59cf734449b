"""`zoning delineate` does what its contract says, or refuses in one sentence."""

from __future__ import annotations

import json

import geopandas as gpd
import pytest
import shapely

from tests.delineating import Files, booths, cases, having, middle, of_ward, square, zones
from tests.running import assert_refused, write

COLUMNS = ["booth_id", "unit_id", "category", "watch", "active", "needs_survey", "provenance"]


@pytest.fixture
def files(tmp_path):
    return Files(tmp_path)


def test_one_row_a_booth_in_the_order_of_the_file(files):
    rows = files.told({"booth_id": "o11"})
    assert list(rows) == [f["properties"]["booth_id"] for f in booths()["features"]]
    assert all(list(row) == COLUMNS for row in rows.values())
    assert rows["o11"] == dict(
        zip(COLUMNS, ["o11", "O", "A", "false", "1", "false", "surveyed"], strict=True)
    )


def test_touching_booths_are_the_buffer_at_zero_metres(files):
    rows = files.told({"booth_id": "r11"}, more=["--buffer-m", 0])
    assert having(rows, "category", "A") == {"r11"}
    assert having(rows, "category", "B") == of_ward("r") - {"r11"}
    assert having(rows, "watch", "true") == set()


def test_a_buffer_crosses_into_the_next_ward_and_only_watches_a_green_one(files):
    rows = files.told({"booth_id": "o21"}, more=["--buffer-m", 150])
    assert having(rows, "watch", "true") == {f"g{c}{r}" for c in (0, 1) for r in range(3)}
    assert having(rows, "category", "") == of_ward("g")
    assert having(rows, "category", "B") == {"o00", "o01", "o02", "o10", "o11", "o12", "o20", "o22"}
    far = files.told({"booth_id": "o00"}, more=["--buffer-m", 150])
    assert {"r20", "r21", "r10"} <= having(far, "category", "B")
    assert far["r00"]["category"] == "C"


def test_where_no_case_of_a_unit_lies_in_a_booth_all_of_it_is_affected_until_surveyed(files):
    rows = files.told({"unit_id": "R"})
    assert having(rows, "category", "A") == of_ward("r")
    assert having(rows, "needs_survey", "true") == of_ward("r") | of_ward("u")
    assert {row["active"] for row in rows.values()} == {"0"}
    known = files.told({"unit_id": "R"}, {"booth_id": "r00"})
    assert having(known, "category", "A") == {"r00"}
    assert not having(known, "needs_survey", "true") & of_ward("r")


def test_booths_of_an_unclassified_unit_are_judged_as_in_an_orange_one_and_need_a_survey(files):
    rows = files.told({"booth_id": "u22"}, more=["--buffer-m", 0])
    assert having(rows, "category", "A") == {"u22"}
    assert having(rows, "category", "B") == {"u11", "u12", "u21"}
    assert having(rows, "needs_survey", "true") == of_ward("u")


def test_a_booth_of_no_unit_is_kept_and_judged_as_unclassified(files):
    given = booths()
    lost = {"type": "Feature", "properties": {"booth_id": "x"}, "geometry": square(20, 20)}
    given["features"].append(lost)
    write(files.booths, given)
    rows = files.told({"booth_id": "x"})
    assert (rows["x"]["unit_id"], rows["x"]["category"], rows["x"]["needs_survey"]) == (
        "",
        "A",
        "true",
    )
    assert "1 booth lies in none of the units" in files.run().err


def test_a_case_in_a_green_unit_makes_no_category_there_but_is_said(files):
    rows = files.told({"booth_id": "g11"})
    assert having(rows, "category", "A") == set()
    assert rows["g11"]["active"] == "1"
    assert "1 case lies in a green unit" in files.run().err


def test_a_unit_with_cases_and_no_booth_in_the_file_is_said(files):
    write(files.booths, booths(1))
    write(files.cases, cases({"unit_id": "O"}, {"unit_id": "G"}, {"booth_id": "r00"}))
    outcome = files.run()
    assert outcome.status == 0
    assert "1 unit has cases and no booth in the file" in outcome.err


def test_coordinates_place_a_case_in_its_booth_and_on_a_border_in_the_smallest(files):
    lon, lat = middle(4, 1)
    rows = files.told({"lon": lon, "lat": lat})
    assert having(rows, "category", "A") == {"o11"}
    corner = square(4, 1)["coordinates"][0][0]
    rows = files.told({"lon": repr(corner[0]), "lat": repr(corner[1])})
    assert having(rows, "active", "1") == {"o00"}
    corner = square(3, 0)["coordinates"][0][0]
    rows = files.told({"lon": repr(corner[0]), "lat": repr(corner[1])})
    # Ward O comes before ward R.
    assert having(rows, "active", "1") == {"o00"}


def test_on_a_border_the_unit_decides_before_the_booth(files):
    given = booths()
    for feature in given["features"]:
        code = feature["properties"]["booth_id"]
        feature["properties"]["booth_id"] = {"r20": "a", "o00": "z"}.get(code, code)
    write(files.booths, given)
    corner = square(3, 0)["coordinates"][0][0]
    rows = files.told({"lon": repr(corner[0]), "lat": repr(corner[1])})
    assert having(rows, "active", "1") == {"z"}


def test_zones_in_metres_give_the_answer_of_zones_in_degrees(files):
    rows = files.told({"unit_id": "R"}, {"booth_id": "u00"})
    files.zones = files.folder / "zones.gpkg"
    read = gpd.read_file(files.folder / "zones.geojson").to_crs("EPSG:32645")
    read.to_file(files.zones, layer="zones")
    assert files.told({"unit_id": "R"}, {"booth_id": "u00"}) == rows


def test_a_booth_code_that_nobody_knows_leaves_the_other_place(files):
    rows = files.told({"booth_id": "nowhere", "unit_id": "O"})
    assert having(rows, "category", "A") == of_ward("o")
    outcome = files.run()
    assert "names a booth that isn't among the booths" in outcome.err
    assert outcome.json()["cases"] == {"taken": 1, "placed": 0, "unplaced": 1, "unlocated": 0}


def test_a_case_without_any_place_is_counted_and_listed(files):
    write(files.cases, cases({"booth_id": "r00"}, {"booth_id": "nowhere"}))
    rejects = files.folder / "rejects.csv"
    outcome = files.run("--rejects", rejects)
    assert outcome.json()["cases"] == {"taken": 2, "placed": 1, "unplaced": 0, "unlocated": 1}
    assert rejects.read_text().splitlines()[1].startswith("2,unlocated,booth_unknown,")


def test_cases_after_the_day_and_cases_that_ended_have_no_effect(files):
    rows = files.told(
        {"booth_id": "r00", "confirmed_on": "2020-05-22"},
        {"booth_id": "r11", "outcome": "recovered", "outcome_on": "2020-05-21"},
        {"booth_id": "r22"},
    )
    assert having(rows, "active", "1") == having(rows, "category", "A") == {"r22"}


def test_the_retrospective_policy_keeps_a_booth_affected_28_days_whatever_came_of_the_case(files):
    ended = {"outcome": "recovered", "outcome_on": "2020-05-10"}
    rows = files.told(
        {"booth_id": "r00", "confirmed_on": "2020-04-24", **ended},
        {"booth_id": "r22", "confirmed_on": "2020-04-23", **ended},
        more=["--policy", "mohfw-2020-04-17"],
    )
    assert having(rows, "category", "A") == {"r00"}
    assert rows["r00"]["active"] == "0"


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "parquet"])
def test_areas_are_one_layer_without_overlap_that_fills_what_is_not_green(files, suffix):
    areas = files.folder / f"areas.{suffix}"
    files.told({"booth_id": "r11"}, more=["--areas", areas, "--buffer-m", 120])
    read = gpd.read_parquet(areas) if suffix == "parquet" else gpd.read_file(areas)
    assert read.category.tolist() == ["A", "B", "C"]
    assert read.geometry.is_valid.all()
    a, b, c = read.geometry
    assert max(a.intersection(b).area, b.intersection(c).area, a.intersection(c).area) < 1e-15
    ground = shapely.union_all([shapely.from_geojson(json.dumps(square(0, 0, 6, 3))),
                                shapely.from_geojson(json.dumps(square(9, 0, 3, 3)))])  # fmt: skip
    assert shapely.union_all([a, b, c]).symmetric_difference(ground).area < 1e-10


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "parquet"])
def test_where_all_is_green_the_layer_of_areas_is_empty_and_says_so(files, suffix):
    write(files.zones, zones(("green",) * 4))
    areas = files.folder / f"areas.{suffix}"
    assert files.run("--areas", areas).json()["booths"] == {"A": 0, "B": 0, "C": 0, "green": 36}
    read = gpd.read_parquet(areas) if suffix == "parquet" else gpd.read_file(areas)
    assert len(read) == 0


def test_a_file_that_is_not_there_or_holds_no_case_or_no_booth(files):
    write(files.cases, "confirmed_on,unit_id\n")
    assert files.run().json()["booths"] == {"A": 0, "B": 0, "C": 27, "green": 9}
    write(files.booths, {"type": "FeatureCollection", "features": []})
    assert_refused(files.run(), "given.geojson")
    files.zones = files.folder / "absent.gpkg"
    assert_refused(files.run(), "absent.gpkg")


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "parquet"])
def test_every_form_of_the_booths_has_the_same_columns_and_the_cells(files, suffix):
    files.out = files.folder / f"booths.{suffix}"
    assert files.run("--buffer-m", 750).status == 0
    read = gpd.read_parquet(files.out) if suffix == "parquet" else gpd.read_file(files.out)
    assert [name for name in read.columns if name != "geometry"] == COLUMNS
    assert len(read) == 36
    assert read.crs.equals("OGC:CRS84", ignore_axis_order=True)
    assert read.geometry.is_valid.all()
    assert (read.needs_survey.sum(), read.watch.sum()) == (9, 9)


def test_the_summary_accounts_for_every_booth_and_row(files):
    summary = files.run("--buffer-m", 750).json()
    assert summary["booths"] == {"A": 1, "B": 17, "C": 9, "green": 9}
    assert (summary["watch"], summary["needs_survey"]) == (9, 9)
    assert summary["rows"] == {"read": 1, "taken": 1, "rejected": 0}
    assert (summary["policy"], summary["buffer_m"]) == ("memo-177-cs-2020", 750.0)
    assert (summary["on"], summary["reported_through"]) == ("2020-05-21", "2020-05-20")


def without(feature_of, code, **changes):
    for feature in feature_of["features"]:
        if feature["properties"]["booth_id"] == code:
            feature.update(changes)
    return feature_of


def twice(code, **told):
    given = booths()
    first = next(f for f in given["features"] if f["properties"]["booth_id"] == code)
    given["features"].append({**first, "properties": {**first["properties"], **told}})
    return given


def test_a_booth_that_stands_in_two_units_is_refused_and_the_same_row_again_counts_once(files):
    write(files.booths, twice("r00", unit_id="O"))
    assert_refused(files.run(), "given.geojson", "row 37", "r00")
    other_shape = twice("r00")
    other_shape["features"][-1]["geometry"] = square(3, 0)
    write(files.booths, other_shape)
    assert_refused(files.run(), "row 37", "r00")
    write(files.booths, twice("r00"))
    outcome = files.run()
    assert sum(outcome.json()["booths"].values()) == 36
    assert "1 row repeats" in outcome.err


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--buffer-m", -1], ["buffer is -1", "50000"]),
        (["--buffer-m", 50_001], ["50001", "50 km"]),
        (["--buffer-m", "nan"], ["nan"]),
        (["--policy", "kind"], ["no policy kind", "memo-177-cs-2020", "mohfw-2020-04-17"]),
        (["--areas", "areas.csv"], ["areas.csv", ".gpkg"]),
        (["--areas", "absent/areas.gpkg"], ["absent"]),
    ],
)
def test_an_option_that_cannot_be_meant_is_refused(files, more, words):
    assert_refused(files.run(*more), *words)
    assert not files.out.exists()


def test_what_cannot_be_delineated_is_refused_and_nothing_is_written(files):
    nowhere = without(booths(), "o11", geometry=None)
    before = sorted(files.folder.iterdir())
    for path, content, words in (
        (files.booths, nowhere, ["1 booth has no place", "o11"]),
        (files.booths, without(booths(), "o11", properties={"booth_id": ""}), ["row 14"]),
        (files.zones, zones(("red", "orange", "level_3", "green")), ["row 3", "level_3", "green"]),
        (files.zones, zones(("red", "", "green", "green")), ["row 2", "zone"]),
        (files.cases, cases({"booth_id": "r00", "confirmed_on": "some day"}), ["none of its 1"]),
    ):
        kept = path.read_bytes()
        write(path, content)
        assert_refused(files.run("--areas", files.folder / "areas.gpkg"), path.name, *words)
        assert sorted(files.folder.iterdir()) == before
        path.write_bytes(kept)
    assert_refused(files.run(on="2099-01-01"), "future")
    assert_refused(files.run("--rejects", files.out), "same name")


def test_zones_without_areas_are_refused(files):
    files.zones = write(files.folder / "zones.csv", "unit_id,zone\nR,red\n")
    assert_refused(files.run(), "zones.csv", "no areas")
    files.zones = write(files.folder / "wards.geojson", booths())
    assert_refused(files.run(), "wards.geojson")


def test_outputs_appear_together_or_not_at_all(files):
    areas = files.folder / "areas.gpkg"
    areas.mkdir()
    assert_refused(files.run("--areas", areas), "areas.gpkg")
    assert not files.out.exists()
