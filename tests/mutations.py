"""Small files of every format, damaged in a way that a seed repeats.

Used by the short fuzz of the suite and by longer campaigns:

    for path in mutants(folder, seed=1, n=2000): read(path)
"""

from __future__ import annotations

import io
import random
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from openpyxl import Workbook

FORMATS = ("csv", "xlsx", "parquet", "geojson", "gpkg", "zip", "kml", "fgb")

COLUMNS = {
    "unit_id": ["1", "2", "3", "4"],
    "name": ["North", "Süd", "কলকাতা", ""],
    "population": ["10000", "250", "", "7"],
    "booth_id": ["1/1", "1/2", "2/1", "2/2"],
    "confirmed_on": ["2020-05-01", "2020-05-02", "", "2020-13-40"],
    "count": ["1", "2", "x", "-1"],
}
DRIVERS = {"geojson": "GeoJSON", "gpkg": "GPKG", "kml": "KML", "fgb": "FlatGeobuf"}
NUMBERS = (b"NaN", b"-Infinity", b"1e999", b"0", b"-1", b"9" * 30, b"1e-320", b"", b'"x"', b"null")
WORDS = (
    b"\xff\xfe",
    b"\x00",
    b"\xc3(",
    b"'",
    b'"',
    b"{",
    b"]",
    b"<",
    b"&x;",
    b",,",
    b"\r\n\r\n",
    b"\\ud800",
)


def shapes() -> list[shapely.Geometry | None]:
    """Draw four units around (77, 12): a square, a bow-tie, a pair with an overlap, nothing."""
    pair = shapely.MultiPolygon(
        [shapely.box(77.2, 12, 77.3, 12.1), shapely.box(77.4, 12, 77.5, 12.1)]
    )
    bow = shapely.Polygon([(77.1, 12), (77.2, 12.1), (77.2, 12), (77.1, 12.1)])
    return [shapely.box(77, 12, 77.1, 12.1), bow, pair, None]


def _columns() -> dict[str, np.ndarray]:
    return {name: np.array(cells, dtype=object) for name, cells in COLUMNS.items()}


def _csv(path: Path) -> None:
    lines = [",".join(COLUMNS), *(",".join(row) for row in zip(*COLUMNS.values(), strict=True))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _xlsx(path: Path) -> None:
    book = Workbook()
    book.active.append(list(COLUMNS))
    for row in zip(*COLUMNS.values(), strict=True):
        book.active.append(list(row))
    book.save(path)


def _parquet(path: Path) -> None:
    table = pa.table({name: pa.array(cells, pa.string()) for name, cells in _columns().items()})
    wkb = [None if shape is None else shapely.to_wkb(shape) for shape in shapes()]
    column = b'{"encoding":"WKB","geometry_types":[]}'
    geo = b'{"version":"1.1.0","primary_column":"geometry","columns":{"geometry":' + column + b"}}"
    table = table.append_column("geometry", pa.array(wkb, pa.binary()))
    pq.write_table(table.replace_schema_metadata({"geo": geo}), path)


def _vector(path: Path, driver: str) -> None:
    from pyogrio import raw

    wkb = np.array([None if s is None else shapely.to_wkb(s) for s in shapes()], dtype=object)
    options = {"SPATIAL_INDEX": "NO"} if driver == "FlatGeobuf" else {}
    with warnings.catch_warnings(action="ignore"):
        raw.write(
            path, wkb, list(_columns().values()), list(COLUMNS),
            geometry_type="Unknown" if driver != "ESRI Shapefile" else "Polygon",
            crs="EPSG:4326", driver=driver, **options,
        )  # fmt: skip


def _zip(path: Path) -> None:
    folder = path.with_suffix("")
    folder.mkdir()
    _vector(folder / "wards.shp", "ESRI Shapefile")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sorted(folder.iterdir()):
            archive.write(part, part.name)


def write_sample(path: Path) -> None:
    """Write four rows in the format of the suffix, sound as a file."""
    kind = path.suffix.lstrip(".")
    plain: dict[str, Callable[[Path], None]] = {
        "csv": _csv, "xlsx": _xlsx, "parquet": _parquet, "zip": _zip,
    }  # fmt: skip
    if kind in plain:
        plain[kind](path)
    else:
        _vector(path, DRIVERS[kind])


def _number(content: bytes, rng: random.Random) -> bytes:
    found = list(re.finditer(rb"-?\d+(\.\d+)?", content))
    if not found:
        return _flip(content, rng)
    at = rng.choice(found)
    return content[: at.start()] + rng.choice(NUMBERS) + content[at.end() :]


def _flip(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _cut(content: bytes, rng: random.Random) -> bytes:
    return content[: rng.randrange(len(content) + 1)]


def _drop(content: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(content) + 1)
    return content[:start] + content[start + rng.choice((1, 4, 64, 1024)) :]


def _insert(content: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(content) + 1)
    return content[:at] + rng.choice(WORDS) + content[at:]


def _repeat(content: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(content) + 1)
    piece = content[start : start + rng.choice((1, 16, 256))]
    return content[:start] + piece * 2 + content[start + len(piece) :]


def _extreme(content: bytes, rng: random.Random) -> bytes:
    """Put a number that no length, offset or count can be where one may stand."""
    at = rng.randrange(len(content) + 1)
    value = rng.choice(
        (b"\xff" * 4, b"\x00" * 4, b"\xff\xff\xff\x7f", b"\x00\x00\xf0\x7f", b"\x80")
    )
    return content[:at] + value + content[at + len(value) :]


CHANGES = (_number, _flip, _cut, _drop, _insert, _repeat, _extreme)
# Pages and offsets of these don't survive a change of length: nothing deeper would be reached.
PAGED = ("gpkg", "fgb", "parquet")
IN_PLACE = (_flip, _extreme)


def mutate(content: bytes, rng: random.Random, kind: str = "") -> bytes:
    """Return bytes damaged once to three times."""
    changes = IN_PLACE if kind in PAGED and rng.random() < 0.7 else CHANGES
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        content = rng.choice(changes)(content, rng)
    return content


def _mutate_member(content: bytes, rng: random.Random) -> bytes:
    """Damage what an archive holds rather than the archive: deeper than its checksums."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        names = before.namelist()
        damaged = rng.choice(names)
        for name in names:
            member = before.read(name)
            after.writestr(name, mutate(member, rng) if name == damaged else member)
    return out.getvalue()


def mutants(folder: Path, seed: int, n: int, formats: tuple[str, ...] = FORMATS) -> Iterator[Path]:
    """Yield `n` damaged files, each gone when the next is asked for.

    The nth file of a seed is always the same, whatever `n` is.
    """
    folder.mkdir(parents=True, exist_ok=True)
    samples = {}
    for kind in formats:
        path = folder / f"sample.{kind}"
        write_sample(path)
        samples[kind] = path.read_bytes()
    for number in range(n):
        rng = random.Random(f"{seed}-{number}")
        kind = formats[number % len(formats)]
        is_packed = kind in ("zip", "xlsx") and rng.random() < 0.7
        # Every tenth says nothing of its kind by its name.
        suffix = "" if kind not in ("csv", "xlsx") and rng.random() < 0.1 else f".{kind}"
        path = folder / f"mutant-{number}{suffix}"
        sample = samples[kind]
        path.write_bytes(_mutate_member(sample, rng) if is_packed else mutate(sample, rng, kind))
        yield path
        path.unlink()
