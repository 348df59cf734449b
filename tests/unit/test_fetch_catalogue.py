"""The catalogue of open boundaries: what it must say, and what it refuses."""

from __future__ import annotations

import dataclasses

import pyogrio
import pytest

from tests.source_tree import ROOT
from zoning.errors import InputError
from zoning.fetch.catalogue import BOOTH, BoundarySource, find_source, load_sources

DATA = ROOT.parent / "shared" / "data"

FILES = {
    "bengaluru-wards-2012": "bengaluru/wards_198.geojson",
    "kolkata-wards": "kolkata/wards.geojson",
    "ahmedabad-wards": "dirty/Ahmedabad_Wards.geojson",
    "delhi-wards": "dirty/Delhi_Wards.geojson",
    "faridabad-wards": "dirty/Faridabad_Wards.geojson",
    "mumbai-electoral-wards-2017": "dirty/bmc_electoral_wards_2017",
    "pune-electoral-wards-2012": "dirty/pune-electoral-wards_2012.geojson",
    "pimpri-chinchwad-electoral-wards": "dirty/pcmc-electoral-wards.geojson",
    "karnataka-polling-stations": "bengaluru/booth_polygons.geojson",
    "kerala-local-bodies-2020": "kerala/local_bodies.geojson",
    "kerala-wards-2025": "kerala/wards_2025.csv",
    "kerala-local-bodies-2025": "kerala/local_bodies_2025.csv",
    "lgd-districts-2020": "lgd/2-district.csv",
    "lgd-urban-local-bodies-2020": "lgd/urban-local-body.csv",
    "west-bengal-blocks": "west-bengal/blocks.zip",
}

ENTRY = """
[[boundary]]
name = "nadipur-wards"
title = "Nadipur, wards"
repository = "https://example.org/nadipur"
address = "https://example.org/nadipur/wards.geojson"
licence = "CC0-1.0"
credit = "Nadipur"
level = "ward"
[boundary.columns]
unit_id = "NO"
"""


@pytest.fixture
def catalogue(tmp_path):
    path = tmp_path / "sources.toml"

    def written(text):
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.mark.parametrize("name", FILES)
def test_the_mapped_columns_are_in_the_real_file(name):
    path = DATA / FILES[name]
    if not path.exists():
        pytest.skip(f"{FILES[name]} isn't beside the checkout (../shared/data)")
    fields = set(pyogrio.read_info(path)["fields"])
    assert set(find_source(name).columns.values()) <= fields


@pytest.mark.parametrize("name", [source.name for source in load_sources() if source.values])
def test_the_words_of_a_column_are_those_of_the_real_file(name):
    source = find_source(name)
    path = DATA / FILES[name]
    if not path.exists():
        pytest.skip(f"{FILES[name]} isn't beside the checkout (../shared/data)")
    table = pyogrio.read_dataframe(path, read_geometry=False)
    for column, texts in source.values.items():
        assert set(table[source.columns[column]]) == set(texts)


def test_every_source_of_the_catalogue_is_checked_against_a_file():
    assert {source.name for source in load_sources()} == set(FILES)


def test_every_source_names_its_credit_and_whether_it_is_open():
    for source in load_sources():
        assert source.title
        assert source.credit
        assert source.is_open == bool(source.licence)
    assert not find_source("karnataka-polling-stations").is_open


def test_an_area_of_polling_stations_is_keyed_by_booth():
    booths = [source for source in load_sources() if source.level == BOOTH]
    assert booths
    assert all("booth_id" in source.columns for source in booths)


def test_every_field_of_a_source_is_described():
    described = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    for field in dataclasses.fields(BoundarySource):
        assert f"`{field.name}`" in described, field.name


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(InputError, match="kolkata-wards"):
        find_source("atlantis")


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('level = "ward"', 'level = "hamlet"', "hamlet"),
        ('unit_id = "NO"', 'name = "NO"', "unit_id isn't mapped"),
        ('unit_id = "NO"', 'unit_id = "NO"\ncolour = "C"', "colour isn't one of ours"),
        ("https://example.org/nadipur/w", "file:///w", "isn't an https address"),
        ('credit = "Nadipur"', 'sha256 = "12"\ncredit = "N"', "64 hexadecimal digits"),
        ('name = "nadipur-wards"', 'name = "Nadipur Wards"', "lower-case words"),
        (
            'unit_id = "NO"',
            'unit_id = "NO"\n[boundary.expected]\nage = "1"',
            "age isn't one of ours",
        ),
        ('unit_id = "NO"', 'unit_id = "NO"\n[boundary.values.level]\nA = "hamlet"', "hamlet"),
        ('credit = "Nadipur"', 'values = {level = "A"}\ncredit = "N"', "values.level is a table"),
        ('credit = "Nadipur"', 'expected = "1 - 9"\ncredit = "N"', "are tables"),
        ('credit = "Nadipur"', 'is_page = "no"\ncredit = "N"', "is_page is true or false"),
        ('credit = "Nadipur"', "sha256 = 12\ncredit = 'N'", "sha256 isn't a line of text"),
        ('title = "Nadipur, wards"', 'title = "Two\\nlines"', "title isn't a line of text"),
        ("https://example.org/nadipur/w", "https://u:p@example.org/w", "isn't an https address"),
        ('licence = "CC0-1.0"', "", "licence"),
        ('licence = "CC0-1.0"', "licence =", "isn't a usable catalogue"),
    ],
)
def test_a_faulty_entry_is_refused_with_its_reason(catalogue, old, new, named):
    assert load_sources(catalogue(ENTRY))
    with pytest.raises(InputError, match=named) as refusal:
        load_sources(catalogue(ENTRY.replace(old, new, 1)))
    assert "sources.toml" in str(refusal.value)


def test_a_name_used_twice_is_refused(catalogue):
    with pytest.raises(InputError, match="twice"):
        load_sources(catalogue(ENTRY + ENTRY))


def test_a_catalogue_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"sources\.toml"):
        load_sources(tmp_path / "sources.toml")
