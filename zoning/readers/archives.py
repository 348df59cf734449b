"""What GDAL is to open: a file as it lies, or the map files inside an archive."""

from __future__ import annotations

import gzip
import tomllib
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath

from zoning.errors import InputError
from zoning.i18n.catalogue import tr

HEAD_BYTES = 4096
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
SIDECARS = (".dbf", ".shx")
MAPS = (".shp", ".gpkg", ".geojson", ".geojsonl", ".geojsons", ".fgb", ".kml", ".gml", ".tab")
# Taken only if nothing else is there: as often as not it describes another file.
MAYBE_MAPS = (".json",)
GEODATABASE = ".gdb"
# Zip archives by their build, but one file to GDAL.
PACKED_FORMATS = (".kmz",)


@dataclass(frozen=True)
class Source:
    """One thing for GDAL to open.

    Attributes
    ----------
    path : Path
        The file as the user named it.
    gdal : str
        Its name for GDAL.
    member : str
        Name inside the archive; empty for a plain file.
    """

    path: Path
    gdal: str
    member: str = ""

    @property
    def suffix(self) -> str:
        """Return the suffix of the file that holds the shapes, in small letters."""
        name = self.member or self.path.name.removesuffix(".gz")
        return PurePosixPath(name).suffix.lower()

    def size_bytes(self) -> int:
        """Return how many bytes the file holds once unpacked."""
        if self.path.suffix.lower() == ".gz":
            return len(self.content())
        if not self.member:
            return self.path.stat().st_size
        with zipfile.ZipFile(self.path) as archive:
            entries = archive.infolist()
        return sum(e.file_size for e in entries if e.filename.startswith(self.member))

    def content(self, n_bytes: int = -1) -> bytes:
        """Return the bytes of the file, or the first of them; none of a geodatabase, a folder."""
        if self.suffix == GEODATABASE:
            return b""
        if self.member:
            with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as file:
                return file.read(n_bytes)
        if self.path.suffix.lower() == ".gz":
            most = _unpacked_bytes_most()
            with gzip.open(self.path) as packed:
                content = packed.read(most if n_bytes < 0 else n_bytes)
            _refuse_large(self.path, len(content) + 1)
            return content
        with self.path.open("rb") as plain:
            return plain.read(n_bytes)


def find_sources(path: Path) -> list[Source]:
    """Return what a path holds for GDAL: itself, or the map files of an archive.

    Raises
    ------
    InputError
        If there is no such file, it is empty or a folder, lacks its companions, or is an archive
        that is damaged, locked, too large, or holds no map.
    """
    if not path.exists():
        raise InputError(tr("There is no file {file}.", file=path))
    if path.is_dir():
        raise InputError(
            tr(
                "{file} is a folder; pack it as one .zip and give that (a file geodatabase and the "
                "parts of a shapefile too).",
                file=path,
            )
        )
    if path.stat().st_size == 0:
        raise InputError(tr("{file} is empty; export it again from its source.", file=path))
    name = str(path.resolve())
    if path.suffix.lower() == ".gz":
        return [Source(path, f"/vsigzip/{name}")]
    with path.open("rb") as file:
        is_zip = file.read(4) in ZIP_MAGIC
    if is_zip and path.suffix.lower() not in PACKED_FORMATS:
        return _members(path)
    if path.suffix.lower() == ".shp":
        beside = {other.name.lower() for other in path.parent.iterdir()}
        _refuse_lone(path, path.name, beside)
    # pyogrio takes an exclamation mark for the border between an archive and its member.
    return [Source(path, f"/vsisubfile/0,{name}" if "!" in name else name)]


def _members(path: Path) -> list[Source]:
    names = _names(path)
    shown = [
        name
        for name in names
        if not name.startswith("__MACOSX/") and not PurePosixPath(name).name.startswith(".")
    ]
    folders = sorted({name[: name.lower().index(".gdb/") + 4] for name in shown if _in_gdb(name)})
    files = [name for name in shown if not name.endswith("/") and not _in_gdb(name)]
    maps = [name for name in files if PurePosixPath(name).suffix.lower() in MAPS]
    maps = maps or [name for name in files if PurePosixPath(name).suffix.lower() in MAYBE_MAPS]
    if not maps and not folders:
        raise InputError(
            tr(
                "{file} holds no map file but {names}. Pack the parts of a shapefile (.shp, .shx, "
                ".dbf, .prj) or a GeoPackage in it; unpack a table and give it as it is.",
                file=path,
                names=", ".join(files[:5]) or tr("nothing"),
            )
        )
    lower = {name.lower() for name in files}
    for name in maps:
        if name.lower().endswith(".shp"):
            _refuse_lone(path, name, lower)
    return [
        Source(path, f"/vsizip/{{{path.resolve()}}}/{name}", name) for name in [*maps, *folders]
    ]


def _in_gdb(name: str) -> bool:
    return ".gdb/" in name.lower()


def _names(path: Path) -> list[str]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError) as fault:
        raise InputError(
            tr(
                "{file} can't be unpacked: it is cut short or damaged ({fault}). Get it again.",
                file=path,
                fault=str(fault)[:120],
            )
        ) from fault
    if any(entry.flag_bits & 1 for entry in entries):
        raise InputError(
            tr("{file} is locked with a password; unpack it and give what is in it.", file=path)
        )
    _refuse_large(path, sum(entry.file_size for entry in entries))
    return [entry.filename for entry in entries]


def _refuse_large(path: Path, n_bytes: int) -> None:
    most = _unpacked_bytes_most()
    if n_bytes > most:
        raise InputError(
            tr(
                "{file} would unpack to more than {gb} GB; give the one file that is meant.",
                file=path,
                gb=most // 1_000_000_000,
            )
        )


def _refuse_lone(path: Path, name: str, beside: set[str]) -> None:
    """Refuse a shapefile without its other parts."""
    stem = name[: -len(".shp")].lower()
    lacking = [part for part in SIDECARS if stem + part not in beside]
    if lacking:
        raise InputError(
            tr(
                "{file}: {name} lacks its {parts}; a shapefile is .shp, .shx, .dbf and .prj "
                "together. Put them side by side, or in one .zip.",
                file=path,
                name=name,
                parts=", ".join(lacking),
            )
        )


@cache
def _unpacked_bytes_most() -> int:
    text = Path(__file__).with_name("archives.toml").read_text(encoding="utf-8")
    return int(tomllib.loads(text)["unpacked_bytes_most"])
