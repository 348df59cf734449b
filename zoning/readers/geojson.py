"""GeoJSON beyond what GDAL says of it: the system it names, and features one by one.

GDAL refuses a whole file for one number too many, and drops without a word
what isn't a feature. Then the features are taken here one at a time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import WGS84, Finding, Geometries
from zoning.readers.geojson_shapes import BadShapeError, shape_of
from zoning.readers.legible import legible, text_damaged
from zoning.readers.tables import Sheet
from zoning.readers.wkb import ring_closed, shape_unreadable

FEATURES = re.compile(rb'"(Feature|FeatureCollection)"')
NAMED = re.compile(r"(?:^|:)(CRS84H?)$|EPSG:(?:[\d.]*:)?(\d+)$", re.IGNORECASE)
NULL_IN_LIST = re.compile(rb"[\[,]\s*null\s*[,\]]")
TAIL_BYTES = 4096
INT64_MOST = 2**63


@dataclass(frozen=True)
class ToldCrs:
    """What a file says of its coordinate system; a link must not be followed."""

    crs: str
    is_told: bool = True
    is_link: bool = False


def as_utf8(content: bytes, encoding: str = "") -> bytes:
    """Return JSON as UTF-8 if it is told or seen to be in another encoding."""
    encoding = encoding or json.detect_encoding(content)
    if encoding.lower().startswith("utf-8"):
        return content
    return content.decode(encoding, errors="replace").encode()


def is_geojson(content: bytes) -> bool:
    """Return whether this is a file of GeoJSON features."""
    return content[:64].lstrip(b"\xef\xbb\xbf\x1e \t\r\n").startswith(b"{") and bool(
        FEATURES.search(content)
    )


def told_crs(content: bytes) -> ToldCrs:
    """Return the coordinate system that the file names; without one it is degrees by default.

    References
    ----------
    The GeoJSON Format Specification, 2008, section 3; RFC 7946, section 4.
    """
    head = content[: max(content.find(b'"features"'), 0)]
    text = (head + b" " + content[-TAIL_BYTES:]).decode("utf-8", errors="replace")
    for match in re.finditer(r'"crs"\s*:\s*', text):
        try:
            member, _ = json.JSONDecoder().raw_decode(text, match.end())
        except ValueError:
            continue
        if isinstance(member, dict) and isinstance(member.get("properties"), dict):
            return _named(member)
        if isinstance(member, str):
            return ToldCrs(_short(member))
    return ToldCrs(WGS84, is_told=False)


def _named(member: dict[str, Any]) -> ToldCrs:
    properties = member["properties"]
    if isinstance(properties.get("name"), str):
        return ToldCrs(_short(properties["name"]))
    if isinstance(properties.get("code"), int):
        return ToldCrs(f"EPSG:{properties['code']}")
    return ToldCrs(str(properties.get("href") or json.dumps(member)), is_link=True)


def _short(name: str) -> str:
    found = NAMED.search(name.strip())
    if found is None:
        return name
    return f"OGC:{found[1].upper()}" if found[1] else f"EPSG:{found[2]}"


def is_lossy(content: bytes, geometry: Geometries) -> bool:
    """Return whether GDAL may have dropped features or shapes of a file without a word."""
    return bool(
        content.count(b'"geometry"') != len(geometry)
        or (shapely.is_missing(geometry) | shapely.is_empty(geometry)).any()
        or (b"null" in content and NULL_IN_LIST.search(content))
    )


def read_features(path: Path, content: bytes) -> tuple[Sheet, Geometries]:
    """Return the features of a file one by one; a bad one costs its own row only.

    Raises
    ------
    InputError
        If the file isn't JSON, or holds no features.
    """
    features = _features(path, content)
    found: list[Finding] = []
    taken: list[tuple[int, dict[str, Any], shapely.Geometry | None]] = []
    for row, feature in enumerate(features, start=1):
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            message = tr("this is no feature; correct it, or remove it from the file")
            found.append(Finding(row, "feature_broken", message, rejects=True))
            continue
        try:
            shape, is_closed = shape_of(feature.get("geometry"))
        except BadShapeError as fault:
            found.append(shape_unreadable(row, str(fault)))
            continue
        if not is_closed:
            found.append(ring_closed(row))
        properties = feature.get("properties")
        taken.append((row, properties if isinstance(properties, dict) else {}, shape))
    names = dict.fromkeys(name for _, properties, _ in taken for name in properties)
    table = pa.Table.from_arrays(
        [_column([properties.get(name) for _, properties, _ in taken]) for name in names],
        names=[legible(name) for name in names],
    )
    if not names:
        table = pa.table({"": pa.nulls(len(taken), pa.string())})
    rows = np.array([row for row, _, _ in taken], dtype=np.int64)
    for row, properties, _ in taken:
        damaged = [v for v in properties.values() if isinstance(v, str) and legible(v) != v]
        found += [text_damaged(row, text) for text in damaged[:1]]
    geometry = np.array([None, *(shape for _, _, shape in taken)], dtype=object)[1:]
    return Sheet(1, table, tuple(found), rows), geometry


def _features(path: Path, content: bytes) -> list[Any]:
    text = content.decode("utf-8", errors="surrogateescape").lstrip("\ufeff")
    try:
        data = json.loads(text)
    except RecursionError as fault:
        raise _refusal(path, tr("too deeply nested")) from fault
    except ValueError as fault:
        lines = [line.strip("\x1e \t\r") for line in text.splitlines()]
        features = [_line(line) for line in lines if line]
        if not any(isinstance(feature, dict) for feature in features):
            raise _refusal(path, str(fault)) from fault
        return features
    if isinstance(data, dict) and isinstance(data.get("features"), list):
        return list(data["features"])
    if isinstance(data, dict) and data.get("type") == "Feature":
        return [data]
    raise _refusal(path, tr("it holds no list of features"))


def _line(text: str) -> Any:
    """Return the feature of one line of a text sequence, or nothing."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _refusal(path: Path, fault: str) -> InputError:
    return InputError(
        tr(
            "{file} can't be read as GeoJSON: it is cut short or damaged ({fault}). Export it "
            "again, for instance as GeoPackage.",
            file=path,
            fault=fault[:120],
        )
    )


def _column(values: list[Any]) -> pa.Array:
    """Return numbers as such if a column holds nothing else, otherwise texts."""
    known = [value for value in values if value is not None]
    for kind, holds in (
        (pa.int64(), lambda v: type(v) is int and -INT64_MOST <= v < INT64_MOST),
        (pa.float64(), lambda v: type(v) is float or (type(v) is int and abs(v) < INT64_MOST)),
    ):
        if known and _all(known, holds):
            return pa.array(values, kind)
    return pa.array([None if value is None else _text(value) for value in values], pa.string())


def _all(values: list[Any], holds: Callable[[Any], bool]) -> bool:
    return all(holds(value) for value in values)


def _text(value: Any) -> str:
    return legible(value) if isinstance(value, str) else json.dumps(value)
