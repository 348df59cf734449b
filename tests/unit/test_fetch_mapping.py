"""The mapping that goes with a source is the one the readers understand."""

from __future__ import annotations

import shlex
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoning.fetch.catalogue import BOOTH, find_source, load_sources
from zoning.fetch.mapping import import_command, mapping_line, mapping_text, way_out
from zoning.readers.mapping import read_mapping

words = st.text(max_size=20)
A_SOURCE = find_source("kolkata-wards")


@pytest.mark.parametrize("source", load_sources(), ids=lambda source: source.name)
def test_the_written_mapping_is_read_as_the_catalogue_means_it(source, tmp_path):
    path = tmp_path / "mapping.toml"
    path.write_text(mapping_text(source), encoding="utf-8")
    mapping = read_mapping(path, "booths" if source.level == BOOTH else "units")
    assert mapping.columns == source.columns
    assert mapping.values == source.values
    assert mapping.expected == source.expected


@pytest.mark.parametrize("source", load_sources(), ids=lambda source: source.name)
def test_the_mapping_in_a_message_is_the_written_one(source):
    line = mapping_line(source)
    assert "\n" not in line
    assert tomllib.loads(line) == tomllib.loads(mapping_text(source))
    assert line in way_out(source)


@given(
    columns=st.dictionaries(words, words, min_size=1),
    values=st.dictionaries(words, st.dictionaries(words, words, min_size=1)),
)
def test_whatever_columns_are_called_the_mapping_says_it(columns, values):
    source = replace(A_SOURCE, columns=columns, values=values, expected={})
    meant = {"columns": columns} | ({"values": values} if values else {})
    assert tomllib.loads(mapping_text(source)) == {"units": meant}
    assert tomllib.loads(mapping_line(source)) == {"units": meant}


def test_units_are_imported_with_their_level_and_booths_without():
    said = import_command(A_SOURCE, Path("var/a b.geojson"), Path("m.toml"))
    assert shlex.split(said) == [
        *("zoning", "import", "boundaries", "var/a b.geojson"),
        *("--level", "ward", "--mapping", "m.toml"),
    ]
    said = import_command(find_source("karnataka-polling-stations"), "b.geojson", "m.toml")
    assert said == "zoning import booths b.geojson --mapping m.toml"
