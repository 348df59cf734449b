"""Odd files that campaigns of damaged ones came upon, each with the sentence it deserves."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.vector_files import polygon, ring, write_geojson
from zoning.errors import InputError
from zoning.model import WGS84
from zoning.readers.boundaries import read_boundaries
from zoning.readers.mapping import Mapping
from zoning.readers.units import read_units


def test_a_coordinate_system_says_nothing_of_a_list_without_shapes(tmp_path):
    path = tmp_path / "units.csv"
    path.write_text("unit_id,name\n1,One\n2,Two\n")
    boundaries = read_boundaries(path, Mapping(), "ward", "EPSG:32645")
    assert boundaries[0].crs == WGS84


def test_a_geometry_whose_encoding_is_not_told_is_refused_in_words(tmp_path):
    path = tmp_path / "units.parquet"
    geo = {"primary_column": "geometry", "columns": {"geometry": {"encoding": None}}}
    table = pa.table({"unit_id": ["1"], "geometry": pa.array([b""], pa.binary())})
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), path)
    with pytest.raises(InputError, match="can't be read; write it again") as refused:
        read_units(path, Mapping())
    assert "None" not in str(refused.value)


def test_a_shape_without_a_kind_is_told_as_the_file_writes_it(tmp_path):
    shapes = [polygon(ring(0)), {"type": None, "coordinates": []}]
    _, account = read_units(write_geojson(tmp_path / "a.geojson", shapes), Mapping())
    assert any("null is no kind" in finding.message for finding in account.findings)
