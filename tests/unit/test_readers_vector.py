"""Every way a boundary file can lie on a disk: formats, archives, layers, encodings."""

from __future__ import annotations

import gzip
import json
import sqlite3
import zipfile

import geopandas
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from tests.vector_files import (
    pack,
    polygon,
    ring,
    shapefile_parts,
    ward,
    write_geojson,
    write_vector,
)
from zoning.errors import InputError
from zoning.readers.booths import read_booths
from zoning.readers.mapping import Mapping
from zoning.readers.units import read_units
from zoning.readers.vector import open_shapes

WARDS = [ward(0), ward(1)]
CODE = Mapping()


def codes(path, mapping=CODE):
    units, account = read_units(path, mapping)
    assert account.read == account.taken + account.rejected
    return units.unit_id.tolist()


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".shp", ".kml", ".fgb", ".gml"])
def test_every_format_of_gdal_gives_the_same_wards(tmp_path, suffix):
    path = write_vector(tmp_path / f"wards{suffix}", WARDS)
    before = {p.name for p in tmp_path.iterdir()}
    units, account = read_units(path, CODE)
    assert (account.read, account.taken, units.crs) == (2, 2, "EPSG:4326")
    assert shapely.area(shapely.symmetric_difference(units.geometry, WARDS)).max() < 1e-9
    assert {p.name for p in tmp_path.iterdir()} == before, "nothing is written beside the file"


def test_reading_gml_without_its_schema_leaves_nothing_behind(tmp_path):
    path = write_vector(tmp_path / "wards.gml", WARDS)
    path.with_suffix(".xsd").unlink()
    assert codes(path) == ["1", "2"]
    assert [p.name for p in tmp_path.iterdir()] == ["wards.gml"]


def test_a_header_that_claims_more_rows_than_fit_is_refused_before_room_is_made(tmp_path):
    path = write_vector(tmp_path / "wards.gpkg", WARDS)
    with sqlite3.connect(path) as database:
        database.execute("update gpkg_ogr_contents set feature_count = 100000000")
    with pytest.raises(InputError, match="more than fit into it"):
        read_units(path, CODE)


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".fgb", ".kml"])
def test_a_file_without_suffix_is_known_by_its_content(tmp_path, suffix):
    path = write_vector(tmp_path / f"wards{suffix}", WARDS)
    assert codes(path.rename(tmp_path / "wards_2017")) == ["1", "2"]


@pytest.mark.parametrize("encoding", ["WKB", "geoarrow"])
@pytest.mark.parametrize("name", ["wards.parquet", "wards"])
def test_geoparquet_is_read_in_both_its_encodings_and_without_suffix(tmp_path, encoding, name):
    shapes = [ward(0), shapely.MultiPolygon([ward(1), ward(3)]), None]
    frame = geopandas.GeoDataFrame({"unit_id": ["1", "2", "3"]}, geometry=shapes, crs=4326)
    frame.to_parquet(tmp_path / name, geometry_encoding=encoding)
    units, account = read_units(tmp_path / name, CODE)
    assert shapely.equals(units.geometry[:2], shapes[:2]).all()
    assert units.geometry[2] is None
    assert [(f.row, f.code) for f in account.findings] == [(3, "geometry_missing")]


def test_geoparquet_that_describes_its_shapes_wrongly_is_refused(tmp_path):
    table = pa.table({"unit_id": ["1"], "geometry": [b"x"]})
    for geo in (b"{", b"{}", b'{"primary_column":"g","columns":{"g":{"encoding":"WKB"}}}'):
        pq.write_table(table.replace_schema_metadata({"geo": geo}), tmp_path / "a.parquet")
        with pytest.raises(InputError, match="GeoParquet"):
            open_shapes(tmp_path / "a.parquet")
    text = table.set_column(1, "geometry", pa.array(["POINT (1 2)"]))
    for encoding in ("WKB", "polygon", "TWKB"):
        columns = {"geometry": {"encoding": encoding}}
        geo = json.dumps({"primary_column": "geometry", "columns": columns})
        pq.write_table(text.replace_schema_metadata({"geo": geo}), tmp_path / "a.parquet")
        with pytest.raises(InputError, match=r"encoding|lists|WKB"):
            open_shapes(tmp_path / "a.parquet")


@pytest.mark.parametrize("inside", ["", "data/2020/"])
@pytest.mark.parametrize("name", ["wards.zip", "wards"])
def test_a_zipped_shapefile_is_read_wherever_it_lies_in_the_archive(tmp_path, inside, name):
    path = write_vector(tmp_path / "wards.shp", WARDS)
    archive = pack(tmp_path / name, *shapefile_parts(path), inside=inside)
    pack(archive, write_vector(tmp_path / "x.geojson", WARDS), inside="__MACOSX/")
    assert codes(archive) == ["1", "2"]


def test_a_zipped_or_gzipped_geojson_is_read(tmp_path):
    path = write_vector(tmp_path / "wards.geojson", WARDS)
    assert codes(pack(tmp_path / "a.zip", path)) == ["1", "2"]
    packed = tmp_path / "wards.geojson.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert codes(packed) == ["1", "2"]


def test_a_zipped_geodatabase_and_a_kmz_are_read(tmp_path):
    folder = write_vector(tmp_path / "city.gdb", WARDS, layer="wards", kind="MultiPolygon")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for part in folder.iterdir():
            archive.write(part, f"data/city.gdb/{part.name}")
    assert codes(tmp_path / "a.zip") == ["1", "2"]
    assert codes(write_vector(tmp_path / "a.kmz", WARDS)) == ["1", "2"]


def test_an_archive_with_several_maps_is_refused_until_the_mapping_names_one(tmp_path):
    for name, shapes in (("wards", WARDS), ("zones", WARDS[:1])):
        path = write_vector(tmp_path / f"{name}.shp", shapes)
        pack(tmp_path / "a.zip", *shapefile_parts(path))
    with pytest.raises(
        InputError, match=r'wards\.shp, zones\.shp.*\[units\.file\] layer = "wards"'
    ):
        read_units(tmp_path / "a.zip", CODE)
    assert codes(tmp_path / "a.zip", Mapping(layer="zones")) == ["1"]
    with pytest.raises(InputError, match=r"roads.*it holds wards"):
        read_units(tmp_path / "a.zip", Mapping(layer="roads"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x05\x06" + bytes(18), "holds no map file but nothing"),
        (b"PK\x03\x04 cut", "can't be unpacked"),
    ],
)
def test_an_empty_or_broken_archive_is_refused_in_one_sentence(tmp_path, content, words):
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_units(tmp_path / "a.zip", CODE)


def test_an_archive_of_something_else_says_what_is_in_it(tmp_path):
    (tmp_path / "list.csv").write_text("unit_id\n1\n")
    with pytest.raises(InputError, match=r"no map file but list\.csv"):
        read_units(pack(tmp_path / "a.zip", tmp_path / "list.csv"), CODE)


def test_an_archive_that_would_fill_the_memory_is_refused_before_it_is_unpacked(
    tmp_path, monkeypatch
):
    path = write_vector(tmp_path / "wards.geojson", WARDS)
    archive = pack(tmp_path / "a.zip", path)
    monkeypatch.setattr("zoning.readers.archives._unpacked_bytes_most", lambda: 100)
    with pytest.raises(InputError, match="would unpack to more than"):
        read_units(archive, CODE)


def test_a_lone_shp_names_the_parts_it_lacks(tmp_path):
    path = write_vector(tmp_path / "wards.shp", WARDS)
    path.with_suffix(".dbf").unlink()
    path.with_suffix(".shx").unlink()
    with pytest.raises(InputError, match=r"lacks its \.dbf, \.shx"):
        read_units(path, CODE)
    with pytest.raises(InputError, match=r"lacks its \.dbf, \.shx"):
        read_units(pack(tmp_path / "a.zip", path), CODE)


def test_a_folder_is_to_be_zipped(tmp_path):
    (tmp_path / "wards.gdb").mkdir()
    with pytest.raises(InputError, match=r"is a folder; pack it as one \.zip"):
        read_units(tmp_path / "wards.gdb", CODE)


def test_of_several_layers_the_only_one_with_areas_is_taken(tmp_path):
    path = tmp_path / "city.gpkg"
    write_vector(path, [shapely.Point(77, 12)], layer="stations", kind="Point", unit_id=["9"])
    write_vector(path, WARDS, layer="wards", kind="MultiPolygon", append=True)
    assert codes(path) == ["1", "2"]
    write_vector(path, WARDS[:1], layer="zones", kind="Polygon", append=True)
    with pytest.raises(InputError, match=r"stations, wards, zones.*\[units\.file\] layer = "):
        read_units(path, CODE)
    assert codes(path, Mapping(layer="zones")) == ["1"]
    with pytest.raises(InputError, match=r"\[booths\.file\] layer"):
        read_booths(path, Mapping(columns={"booth_id": "unit_id"}))


def test_a_file_that_points_elsewhere_is_refused_and_nothing_is_fetched(tmp_path):
    (tmp_path / "a.vrt").write_text('<OGRVRTDataSource><OGRVRTLayer name="x"/></OGRVRTDataSource>')
    with pytest.raises(InputError, match="only points to shapes that lie elsewhere"):
        read_units(tmp_path / "a.vrt", CODE)


@pytest.mark.parametrize("name", ["wards #1.geojson", "ward?s.geojson", "a!b.geojson", "ক.geojson"])
def test_odd_file_names_are_no_obstacle(tmp_path, name):
    path = write_geojson(tmp_path / "plain", [polygon(ring(0))])
    assert codes(path.rename(tmp_path / name)) == ["1"]


def test_text_that_is_not_utf8_is_shown_byte_by_byte_and_not_guessed(tmp_path):
    path = write_vector(
        tmp_path / "w.shp", WARDS, unit_id=["1", "2"], name=["Café", "x"], encoding="ISO-8859-1"
    )
    path.with_suffix(".cpg").write_text("UTF-8")
    units, account = read_units(path, CODE)
    assert units.name.tolist() == ["Caf\\xe9", "x"]
    assert [(f.row, f.code) for f in account.findings] == [(1, "not_text")]
    named, account = read_units(path, Mapping(encoding="ISO-8859-1"))
    assert (named.name.tolist(), account.findings) == (["Café", "x"], ())
    with pytest.raises(InputError, match="klingon"):
        read_units(path, Mapping(encoding="klingon"))


def test_texts_read_in_the_wrong_encoding_are_doubted(tmp_path):
    path = write_vector(tmp_path / "w.shp", WARDS, unit_id=["1", "2"], name=["কলকাতা", "x"])
    path.with_suffix(".cpg").unlink()
    account = read_units(path, CODE)[1]
    assert [(f.row, f.code) for f in account.findings] == [(0, "encoding_doubtful")]
    assert read_units(path, Mapping(encoding="utf-8"))[0].name[0] == "কলকাতা"


def test_parquet_text_that_is_not_utf8_is_shown_too(tmp_path):
    bad = pa.Array.from_buffers(
        pa.string(), 2, [None, pa.py_buffer(b"\0\0\0\0\4\0\0\0\5\0\0\0"), pa.py_buffer(b"Caf\xe9x")]
    )
    pq.write_table(pa.table({"unit_id": ["1", "2"], "name": bad}), tmp_path / "a.parquet")
    units, account = read_units(tmp_path / "a.parquet", CODE)
    assert units.name.tolist() == ["Caf\\xe9", "x"]
    assert [(f.row, f.code) for f in account.findings] == [(1, "not_text")]


def test_a_locked_archive_says_so(tmp_path):
    archive = pack(tmp_path / "a.zip", write_vector(tmp_path / "w.geojson", WARDS))
    content = bytearray(archive.read_bytes())
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1
    archive.write_bytes(bytes(content))
    assert zipfile.ZipFile(archive).infolist()[0].flag_bits & 1
    with pytest.raises(InputError, match="locked with a password"):
        read_units(archive, CODE)
