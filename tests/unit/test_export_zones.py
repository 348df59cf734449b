"""The zones in force leave as files that say all, say it twice alike, and appear whole."""

import csv
import json
import sqlite3
import struct
from contextlib import closing
from dataclasses import replace

import numpy as np
import pyogrio
import pytest
import shapely

from tests.exports import (
    BENGALI,
    FORMULA,
    MARKUP,
    ORDER,
    SENTINEL,
    about,
    empty_export,
    official_export,
    shapes,
    texts,
)
from zoning.errors import OutputError
from zoning.writers.zone_export import OFFICERS_ONLY, Face, ZoneExport, public_face
from zoning.writers.zone_files import FORMS, write_zones

UNITS, BOOTHS = ("W1", "W2", "W3", "W4"), ("1", "2", "3", "4", "5", "6")
every_form = pytest.mark.parametrize("form", FORMS)


def written(folder, form, export=None):
    path = folder / f"zones.{form}"
    result = write_zones(export or official_export(), path, form)
    assert result.path == path
    return path


def rows(path, layer=None):
    return pyogrio.read_dataframe(path, layer=layer)


def csv_rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_geopackage_holds_its_layers_the_units_first(tmp_path):
    path = written(tmp_path, "gpkg")
    names = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
    assert names == ["units", "booths", "containment_zones", "buffers", "about", "layer_styles"]
    units = rows(path, "units")
    assert units["unit_id"].tolist() == list(UNITS)
    assert units["name"].tolist() == [BENGALI, FORMULA, MARKUP, ""]
    assert units["zone"].tolist() == ["red", "orange", "green", "unclassified"]
    assert units["in_force_since"].isna().tolist() == [False, False, False, True]
    assert units.crs.to_epsg() == 4326
    booths = rows(path, "booths")
    assert booths["category"].tolist() == ["A", "B", "C", "C", "", ""]
    assert booths["watch"].dtype == bool
    zone = rows(path, "containment_zones").iloc[0]
    assert (zone["zone_id"], zone["n_booths"]) == ("CZ-20200801-001", SENTINEL)
    export = official_export()
    assert units.geometry[0].equals(export.units.geometry[0])
    assert rows(path, "buffers").geometry[0].equals(export.zones.buffer_geometry[0])
    told = dict(rows(path, "about").itertuples(index=False))
    assert (told["orders"], told["is_fictional"], told["face"]) == (ORDER, "true", "official")


def test_geojson_holds_all_layers_side_by_side(tmp_path):
    path = written(tmp_path, "geojson")
    read = rows(path)
    assert read["layer"].value_counts().to_dict() == {
        "booths": 6,
        "units": 4,
        "containment_zones": 1,
        "buffers": 1,
    }
    assert read["name"].tolist()[:3] == [BENGALI, FORMULA, MARKUP]
    assert read.geometry[0].equals(official_export().units.geometry[0])
    assert read.geometry.isna().sum() == 2
    assert json.loads(path.read_text("utf-8"))["about"]["is_fictional"] is True


def test_outer_rings_of_geojson_run_anticlockwise_to_seven_decimals(tmp_path):
    export = official_export()
    moved = shapely.transform(export.units.geometry, lambda xy: xy + 1 / 3e6)
    export = replace(export, units=replace(export.units, geometry=moved))
    for feature in json.loads(written(tmp_path, "geojson", export).read_text("utf-8"))["features"]:
        if feature["geometry"] is None:
            continue
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        for part in shapely.get_parts(shape):
            assert shapely.is_ccw(shapely.get_exterior_ring(part))
            assert not any(shapely.is_ccw(ring) for ring in part.interiors)
        assert all(len(str(v).partition(".")[2]) <= 7 for v in np.ravel(shape.bounds))


def test_csv_holds_a_row_a_unit_booth_and_zone(tmp_path):
    path = written(tmp_path, "csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    read = csv_rows(path)
    assert [row["layer"] for row in read] == ["units"] * 4 + ["booths"] * 6 + ["containment_zones"]
    assert [row["unit_id"] for row in read[:4]] == list(UNITS)
    assert [row["booth_id"] for row in read[4:10]] == list(BOOTHS)
    assert [row["has_geometry"] for row in read[:4]] == ["true", "true", "true", "false"]
    assert {row["is_fictional"] for row in read} == {"true"}
    assert read[0]["name"] == BENGALI
    assert len(rows(path)) == len(read)


def test_no_cell_of_a_csv_starts_a_formula(tmp_path):
    names = texts(FORMULA, " +1", "＝1", "-1")
    export = official_export()
    export = replace(export, units=replace(export.units, name=names))
    read = [row["name"] for row in csv_rows(written(tmp_path, "csv", export))[:4]]
    assert read == [f"'{name}" for name in names]


@every_form
def test_a_row_without_geometry_is_written_and_listed(tmp_path, form):
    result = write_zones(official_export(), tmp_path / f"zones.{form}", form)
    assert result.without_geometry == {"units": ("W4",), "booths": ("4",)}
    assert result.rows == {"units": 4, "booths": 6, "containment_zones": 1, "buffers": 1}
    assert "W4" in (tmp_path / f"zones.{form}").read_bytes().decode("utf-8", "replace")


@every_form
def test_without_booths_order_or_boundary_the_units_are_still_written(tmp_path, form):
    result = write_zones(empty_export(), tmp_path / f"zones.{form}", form)
    assert result.rows == {"units": 2, "booths": 0, "containment_zones": 0, "buffers": 0}
    assert result.without_geometry == {"units": ("W1", "W2")}
    if form == "kml":
        assert "No order is in force" in result.path.read_text("utf-8")
    else:
        assert len(rows(result.path, "units" if form == "gpkg" else None)) == 2
    if form == "gpkg":
        assert len(rows(result.path, "booths")) == 0


def figures(number):
    """Return a number in the forms in which a file can hold it."""
    return (
        str(number).encode(),
        struct.pack(">i", number),
        struct.pack(">i", number)[1:],
        struct.pack(">d", float(number)),
        struct.pack("<d", float(number)),
    )


@every_form
def test_a_public_file_holds_no_count(tmp_path, form):
    official = written(tmp_path, form).read_bytes()
    assert any(figure in official for figure in figures(SENTINEL))
    public = written(tmp_path, form, public_face(official_export())).read_bytes()
    assert not any(figure in public for figure in figures(SENTINEL))
    assert not any(name.encode() in public for name in OFFICERS_ONLY)
    assert BENGALI.encode() in public


@pytest.mark.parametrize("name", OFFICERS_ONLY)
def test_a_public_export_refuses_what_is_for_officers(name):
    export, public = official_export(), public_face(official_export())
    table = "booths" if name == "needs_survey" else "zones"
    told = {name: getattr(getattr(export, table), name)}
    with pytest.raises(ValueError, match=name):
        replace(public, **{table: replace(getattr(public, table), **told)})


def test_an_export_is_public_unless_said_otherwise():
    whole = official_export()
    with pytest.raises(ValueError, match="a public export shows no"):
        ZoneExport(whole.about, whole.units, whole.booths, whole.zones)
    assert public_face(whole).face is Face.PUBLIC


def test_a_zone_that_the_rule_does_not_know_is_never_drawn_as_another():
    export = official_export()
    strange = texts("red", "orange", "green", "purple")
    with pytest.raises(ValueError, match="purple"):
        replace(export, units=replace(export.units, zone=strange))


def test_columns_of_unequal_length_are_refused():
    export = official_export()
    with pytest.raises(ValueError, match=r"\[3, 4\]"):
        replace(export, units=replace(export.units, name=texts("a", "b", "c")))


@every_form
def test_the_same_export_is_the_same_file(tmp_path, form):
    first = written(tmp_path, form).read_bytes()
    (tmp_path / "later").mkdir()
    assert written(tmp_path / "later", form).read_bytes() == first


def test_a_geopackage_is_dated_by_what_it_shows(tmp_path):
    with closing(sqlite3.connect(written(tmp_path, "gpkg"))) as database:
        changes = database.execute("SELECT DISTINCT last_change FROM gpkg_contents").fetchall()
    assert changes == [("2020-08-04T06:30:00.000Z",)]


def test_a_geopackage_does_not_tell_how_often_it_was_written_to(tmp_path):
    """SQLite counts the writes, and how many GDAL needs depends on the clock."""
    counts = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        export = official_export() if name == "one" else empty_export()
        counts.add(written(tmp_path / name, "gpkg", export).read_bytes()[24:28])
    assert len(counts) == 1


def test_a_geopackage_that_cannot_be_dated_is_no_result(tmp_path, monkeypatch):
    def broken(*_):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("zoning.writers.geopackage.sqlite3.connect", broken)
    with pytest.raises(OutputError, match="disk I/O error"):
        written(tmp_path, "gpkg")
    assert list(tmp_path.iterdir()) == []


@every_form
def test_a_file_that_fails_halfway_leaves_what_was_there(tmp_path, form, monkeypatch):
    path = tmp_path / f"zones.{form}"
    path.write_text("old")

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    broken = {"gpkg": "geopackage.layer_sld", "kml": "kml._shapes"}
    monkeypatch.setattr(f"zoning.writers.{broken.get(form, 'zone_files.zip')}", full, raising=False)
    with pytest.raises(OutputError, match="free some space"):
        write_zones(official_export(), path, form)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "form", "words"),
    [
        ("zones.shp", "shp", "choose one of gpkg, geojson, kml, csv"),
        ("zones.json", "geojson", "doesn't end in .geojson"),
        ("nowhere/zones.csv", "csv", "create it first"),
    ],
)
def test_a_form_or_place_that_cannot_be_is_refused(tmp_path, name, form, words):
    with pytest.raises(OutputError, match=words):
        write_zones(official_export(), tmp_path / name, form)
    assert list(tmp_path.iterdir()) == []


def test_a_shape_that_is_no_area_is_refused_by_its_name(tmp_path):
    export = official_export()
    drawn = shapes(*export.units.geometry[:3], shapely.Point(88, 22))
    export = replace(export, units=replace(export.units, geometry=drawn))
    with pytest.raises(OutputError, match="W4 in the layer units is drawn as Point"):
        write_zones(export, tmp_path / "zones.csv", "csv")


def test_a_moment_without_offset_is_refused():
    naive = about(as_of=official_export().about.as_of.replace(tzinfo=None))
    with pytest.raises(ValueError, match="offset"):
        replace(official_export(), about=naive)
