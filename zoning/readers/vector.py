"""Opening whatever holds units or booths: a table, GeoParquet, or a map file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from zoning.readers.fields import form_of
from zoning.readers.geoparquet import read_parquet
from zoning.readers.mapping import Mapping
from zoning.readers.shape_file import ShapeFile, shape_file
from zoning.readers.tables import read_whole

TABLES = (".csv", ".xlsx", ".txt", ".tsv")
PARQUET = (".parquet", ".geoparquet")


def open_shapes(
    path: Path, mapping: Mapping | None = None, kind: str = "units", known: Iterable[str] = ()
) -> ShapeFile:
    """Return what a file holds: columns, shapes if it has any, and the system it claims.

    Parameters
    ----------
    path : Path
        Vector file, also zipped or without suffix; GeoParquet; CSV, XLSX or Parquet.
    mapping : Mapping, optional
        May name the layer and the encoding.
    kind : str
        Section of the mapping file, for messages.
    known : iterable of str
        Names of columns by which the header of a table is recognised.

    Raises
    ------
    InputError
        If the file can't be read, or doesn't tell which of its layers is meant.
    """
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes[-1:] == [".gz"]:
        suffixes.pop()
    if suffixes and suffixes[-1] in TABLES:
        return _table(path, mapping or Mapping(), known)
    if path.suffix.lower() in PARQUET:
        return shape_file(*read_parquet(path))
    # Tables and GeoParquet, the quick forms, don't wait for what only map files need.
    from zoning.readers.maps import open_map

    return open_map(path, mapping or Mapping(), kind)


def _table(path: Path, mapping: Mapping, known: Iterable[str]) -> ShapeFile:
    return ShapeFile(read_whole(path, None, form_of(mapping, known)))
