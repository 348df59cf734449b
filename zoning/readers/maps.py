"""Map files: as they lie or packed, one layer chosen, read by GDAL or feature by feature."""

from __future__ import annotations

from pathlib import Path

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.readers import geojson
from zoning.readers.archives import HEAD_BYTES, Source, find_sources
from zoning.readers.geoparquet import MAGIC, read_parquet
from zoning.readers.layers import Layer, choose_layer
from zoning.readers.mapping import Mapping
from zoning.readers.ogr import LayerRead, list_layers, read_layer, refusing_broken
from zoning.readers.shape_file import ShapeFile, shape_file

# Files that only tell where shapes are, maybe on another machine: nothing is fetched here.
POINTERS = (b"<OGRVRT", b"<OGRWFS", b"<OGRCSW", b"<VRTDataset", b"<GDAL_WMS", b"gdal_streamed_alg")
JSON_STARTS = (b"{", b"\xef\xbb\xbf{", b"\x1e{", b"\xff\xfe{\0", b"\xfe\xff\0{")


def open_map(path: Path, mapping: Mapping, kind: str) -> ShapeFile:
    """Return what a map file holds.

    Parameters
    ----------
    path : Path
        Anything GDAL reads, zipped or gzipped too, with or without suffix.
    mapping : Mapping
        May name the layer and the encoding.
    kind : str
        Section of the mapping file, for messages.

    Raises
    ------
    InputError
        If the file can't be read, or doesn't tell which of its layers is meant.
    """
    sources = find_sources(path)
    with refusing_broken(path):
        head = sources[0].content(HEAD_BYTES) if len(sources) == 1 else b""
    if head.startswith(MAGIC):
        return shape_file(*read_parquet(path))
    if any(pointer in head for pointer in POINTERS):
        raise InputError(
            tr("{file} only points to shapes that lie elsewhere; give the file itself.", file=path)
        )
    if head.lstrip(b" \t\r\n").startswith(JSON_STARTS):
        with refusing_broken(path):
            content = geojson.as_utf8(sources[0].content(), mapping.encoding)
        if geojson.is_geojson(content):
            return _geojson(sources[0], content, mapping.encoding)
    layer = choose_layer(path, sources, mapping.layer, kind, list_layers)
    return shape_file(*read_layer(layer, mapping.encoding))


def _geojson(source: Source, content: bytes, encoding: str) -> ShapeFile:
    told = geojson.told_crs(content)
    # What a link leads to isn't fetched, so GDAL doesn't get to see one.
    read = None if told.is_link else _read_whole(source, content, encoding)
    if read is None:
        sheet, geometry = geojson.read_features(source.path, content)
        return ShapeFile(sheet, geometry, told.crs, told.is_told)
    return shape_file(read.table, read.geometry, told.crs, (), told.is_told)


def _read_whole(source: Source, content: bytes, encoding: str) -> LayerRead | None:
    """Return what GDAL reads, or None where it refuses, drops or mends a feature.

    Features taken one by one are slower, but each has its own row and reason.
    """
    try:
        read = read_layer(Layer(source, "", ""), encoding)
    except InputError:
        return None
    if read.geometry is None or read.findings or geojson.is_lossy(content, read.geometry):
        return None
    return read
