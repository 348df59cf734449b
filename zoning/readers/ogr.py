"""One layer of a map file through GDAL, every text and shape that can be saved."""

from __future__ import annotations

import codecs
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pyarrow as pa

from zoning import lean
from zoning.errors import InputError
from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.model import Finding, Geometries
from zoning.readers.archives import HEAD_BYTES, Source
from zoning.readers.layers import Layer
from zoning.readers.legible import ONE_TO_ONE, from_bytes, looks_misread, text_damaged
from zoning.readers.wkb import decode

NO_CODEPAGE = (".shp",)
# Their rows are counted one by one, which needs no guard and would be done twice.
COUNTED = (".geojson", ".geojsonl", ".geojsons", ".kml", ".gml")
MISREAD_SHOWN = 3

T = TypeVar("T")


class LayerRead(NamedTuple):
    """A layer as read; findings that reject belong to rows whose shape is None."""

    table: pa.Table
    geometry: Geometries | None
    crs: str
    findings: tuple[Finding, ...]


def list_layers(source: Source) -> list[tuple[str, str]]:
    """Return name and kind of shapes of each layer; the kind is empty for a table.

    Raises
    ------
    InputError
        If GDAL can't read the file.
    """
    raw = lean.gdal()
    import pyogrio

    del raw
    with refusing_broken(source.path):
        listed = _quietly(lambda: pyogrio.list_layers(_opened(source)))
    return [(str(name), str(kind or "")) for name, kind in listed]


def read_layer(layer: Layer, encoding: str = "") -> LayerRead:
    """Return a layer's columns and shapes.

    Parameters
    ----------
    layer : Layer
        The layer.
    encoding : str
        Of its texts, where the file has to be told; empty for what the file says.

    Raises
    ------
    InputError
        If GDAL can't read it, or nobody knows the encoding.
    """
    encoding = _gdal_name(encoding)
    with refusing_broken(layer.source.path):
        try:
            names, values, wkb, crs = _read(layer, encoding)
            is_damaged = False
        except UnicodeDecodeError:
            names, values, wkb, crs = _read(layer, ONE_TO_ONE)
            is_damaged = True
    found: list[Finding] = []
    if is_damaged:
        names = [from_bytes(name) for name in names]
        found += _damaged(values)
        values = [_each(column, from_bytes) for column in values]
    elif not encoding and layer.source.suffix in NO_CODEPAGE:
        found += _misread(values)
    table = pa.Table.from_arrays([_column(column) for column in values], names=names)
    if not names:
        table = pa.table({"": pa.nulls(0 if wkb is None else len(wkb), pa.string())})
    if wkb is None:
        return LayerRead(table, None, "", tuple(found))
    geometry, changed = decode(wkb)
    return LayerRead(table, geometry, crs, (*found, *changed))


# What pyogrio and the archives raise on broken files. A file that holds less than its header
# says runs pyogrio over the end of its own arrays.
_BROKEN: tuple[type[BaseException], ...] = (
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    LookupError,
    UnboundLocalError,
    TypeError,
    MemoryError,
    zipfile.BadZipFile,
    zlib.error,
    pa.ArrowException,
)


class refusing_broken:  # noqa: N801 - reads as a statement
    """Turn what GDAL or an archive says of a broken file into one sentence."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, fault: BaseException | None, _trace: object) -> None:
        if isinstance(fault, _BROKEN):
            raise InputError(
                tr(
                    "{file} can't be read as a map file: it is cut short, damaged or of another "
                    "kind ({fault}). Export it again, for instance as GeoPackage.",
                    file=self.path,
                    fault=_in_words(fault),
                )
            ) from fault


def _in_words(fault: BaseException) -> str:
    if isinstance(fault, LookupError | UnboundLocalError | TypeError):
        return tr("it holds less than it says")
    return (str(fault).splitlines() or [type(fault).__name__])[0][:160]


def _read(layer: Layer, encoding: str) -> tuple[list[str], list[Any], Any, str]:
    raw = lean.gdal()
    _refuse_more_than_fits(layer)
    meta, _, wkb, values = _quietly(
        lambda: raw.read(_opened(layer.source), layer=layer.name or None, encoding=encoding or None)
    )
    return [str(name) for name in meta["fields"]], list(values), wkb, str(meta["crs"] or "")


def _refuse_more_than_fits(layer: Layer) -> None:
    """Refuse a file whose header claims more rows than it has bytes.

    Room is made for as many rows as it claims before the first is read.
    """
    if layer.source.suffix in COUNTED:
        return
    import pyogrio

    info = _quietly(
        lambda: pyogrio.read_info(
            _opened(layer.source), layer=layer.name or None, encoding=ONE_TO_ONE
        )
    )
    if info["features"] > layer.source.size_bytes():
        raise ValueError(
            tr("it says it holds {n} rows, more than fit into it", n=forms.number(info["features"]))
        )


def _opened(source: Source) -> str | bytes:
    """Return what GDAL is to open: the name of a file, or the content of a GML.

    Beside a GML on the disk GDAL writes a file of its own, and it fetches schemas.
    """
    if source.suffix != ".gml" and b"opengis.net/gml" not in source.content(HEAD_BYTES):
        return source.gdal
    import pyogrio

    pyogrio.set_gdal_config_options({"GML_DOWNLOAD_SCHEMA": "NO"})
    return source.content()


def _quietly(call: Callable[[], T]) -> T:
    """Return what a call gives, its warnings unsaid: what they tell is found otherwise."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return call()


def _gdal_name(encoding: str) -> str:
    """Return an encoding by the name that GDAL knows it by, which is a matter of case."""
    if not encoding:
        return ""
    try:
        return codecs.lookup(encoding).name.upper()
    except LookupError as fault:
        raise InputError(
            tr(
                'The mapping names an encoding {encoding}, which isn\'t known; write it as "utf-8" '
                'or "cp1252".',
                encoding=encoding[:40],
            )
        ) from fault


def _each(column: Any, change: Callable[[str], str]) -> Any:
    if column.dtype != object:
        return column
    return np.array([change(v) if isinstance(v, str) else v for v in column] + [None])[:-1]


def _damaged(values: list[Any]) -> list[Finding]:
    found: dict[int, Finding] = {}
    for column in values:
        for row, text in enumerate(column, start=1):
            if isinstance(text, str) and not text.isascii() and row not in found:
                raw = text.encode(ONE_TO_ONE, errors="replace")
                shown = raw.decode("utf-8", errors="surrogateescape")
                if not shown.isprintable():
                    found[row] = text_damaged(row, shown)
    return [found[row] for row in sorted(found)]


def _misread(values: list[Any]) -> list[Finding]:
    """Return a doubt about texts of a shapefile that doesn't tell its encoding."""
    texts = {text for column in values if column.dtype == object for text in column}
    misread = sorted(t for t in texts if isinstance(t, str) and looks_misread(t))
    if not misread:
        return []
    message = tr(
        "its texts look as if read in the wrong encoding ({texts}); name the right one in a "
        'mapping file: [units.file] encoding = "utf-8"',
        texts=", ".join(text[:30] for text in misread[:MISREAD_SHOWN]),
    )
    return [Finding(0, "encoding_doubtful", message)]


def _column(values: Any) -> pa.Array:
    try:
        return pa.array(values, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError):
        return pa.array([None if value is None else str(value) for value in values], pa.string())
