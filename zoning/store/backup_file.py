"""One backup is one file: a ZIP that holds the database and a manifest that tells of it.

Any tool opens it, and a person can read the manifest. It is written beside its
place and moved there when complete: the name is a whole backup, or isn't there.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from zoning.errors import OutputError, StoreError
from zoning.i18n.catalogue import tr
from zoning.store.backup_drafts import draft_folder, sync_folder

FORMAT = 1
MANIFEST = "manifest.json"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
# A dump is compressed already.
_MEMBERS = {
    SQLITE: ("seemana.db", zipfile.ZIP_DEFLATED),
    POSTGRESQL: ("seemana.dump", zipfile.ZIP_STORED),
}
_BLOCK_BYTES = 1 << 20
_MANIFEST_BYTES = 1 << 20
_ABOUT = "Backup of a Seemana database; it holds personal data. To restore: zoning restore FILE"
_BROKEN = (
    OSError,
    EOFError,
    KeyError,
    TypeError,
    ValueError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
)

Sink = Callable[[bytes], object]
"""Takes the database block by block."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself.

    Attributes
    ----------
    kind : str
        `sqlite` or `postgresql`: what it was made from, and can be restored to.
    program, revision : str
        Version of the program that made it, and of the tables in it.
    made_at : datetime
        When, UTC.
    made_by : str
        By whom.
    rows : mapping of str to int
        Rows of each table.
    server : int
        Main version of the PostgreSQL server; 0 for an embedded database.
    schema : str
        Schema of the tables in PostgreSQL; empty for an embedded database.
    size_bytes, sha256 : int, str
        Of the database in it, before compression.
    """

    kind: str
    program: str
    revision: str
    made_at: datetime
    made_by: str
    rows: Mapping[str, int]
    server: int = 0
    schema: str = ""
    size_bytes: int = 0
    sha256: str = ""


def write_backup(file: Path, kind: str, produce: Callable[[Sink, Path], Manifest]) -> Manifest:
    """Write a backup, and replace an older one of its name when the new one is complete.

    Parameters
    ----------
    file : Path
        Where it appears. Anything there that is no backup is left alone.
    kind : str
        `sqlite` or `postgresql`.
    produce : callable
        Hands the database to the sink; may keep drafts in the folder given; returns what the
        backup says of itself, without size and hash.

    Raises
    ------
    OutputError
        If the place can't be written, or holds something else.
    """
    _refuse_other_content(file)
    try:
        with draft_folder(file.parent) as folder:
            draft = folder / "backup.zip"
            handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w+b") as raw:
                manifest = _write_members(raw, kind, lambda sink: produce(sink, folder))
                raw.flush()
                os.fsync(raw.fileno())
            draft.replace(file)
            sync_folder(file.parent)
    except OSError as fault:
        raise OutputError(
            tr(
                "The backup {file} can't be written: {fault}. Choose another place or free some "
                "space.",
                file=file,
                fault=fault.strerror or fault,
            )
        ) from fault
    return manifest


def read_manifest(file: Path) -> Manifest:
    """Return what a backup says of itself, after a look at every byte of it.

    Raises
    ------
    StoreError
        If the file is missing, no backup, damaged, or made by a newer version.
    """
    digest = hashlib.sha256()
    with _readable(file), zipfile.ZipFile(file) as archive:
        with archive.open(MANIFEST) as stream:
            manifest = _parse(file, json.loads(stream.read(_MANIFEST_BYTES)))
        size = 0
        for block in _blocks(archive, manifest):
            digest.update(block)
            size += len(block)
    if (size, digest.hexdigest()) != (manifest.size_bytes, manifest.sha256):
        raise damaged(file, tr("the database in it isn't the one its manifest tells of"))
    return manifest


def extract(file: Path, manifest: Manifest, target: Path) -> None:
    """Write the database of a backup to a path, readable by its owner alone.

    Raises
    ------
    StoreError
        If the file has become unreadable.
    OSError
        If the target can't be written.
    """
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as copy:
        for block in _extracted(file, manifest):
            copy.write(block)
        copy.flush()
        os.fsync(copy.fileno())


def _extracted(file: Path, manifest: Manifest) -> Iterator[bytes]:
    with zipfile.ZipFile(file) as archive:
        blocks = _blocks(archive, manifest)
        while True:
            with _readable(file):
                block = next(blocks, b"")
            if not block:
                return
            yield block


def _blocks(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[bytes]:
    left = manifest.size_bytes + 1
    with archive.open(_MEMBERS[manifest.kind][0]) as stream:
        while left > 0 and (block := stream.read(_BLOCK_BYTES)):
            left -= len(block)
            yield block


def _write_members(raw: IO[bytes], kind: str, produce: Callable[[Sink], Manifest]) -> Manifest:
    digest = hashlib.sha256()
    size = 0
    name, compression = _MEMBERS[kind]
    with zipfile.ZipFile(raw, "w", compression, compresslevel=1) as archive:
        with archive.open(name, "w", force_zip64=True) as stream:

            def sink(block: bytes) -> None:
                nonlocal size
                stream.write(block)
                digest.update(block)
                size += len(block)

            manifest = produce(sink)
        manifest = replace(manifest, size_bytes=size, sha256=digest.hexdigest())
        archive.writestr(MANIFEST, json.dumps(_as_json(manifest), indent=1, ensure_ascii=False))
    return manifest


def _as_json(manifest: Manifest) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "about": _ABOUT,
        **asdict(manifest),
        "made_at": manifest.made_at.isoformat(),
    }


def _parse(file: Path, told: dict[str, Any]) -> Manifest:
    if int(told["format"]) > FORMAT:
        raise made_by_newer(file, str(told.get("program", "?")))
    if told["kind"] not in _MEMBERS:
        raise ValueError(told["kind"])
    return Manifest(
        kind=told["kind"],
        program=str(told["program"]),
        revision=str(told["revision"]),
        made_at=datetime.fromisoformat(told["made_at"]),
        made_by=str(told["made_by"]),
        rows={str(name): int(n) for name, n in told["rows"].items()},
        server=int(told["server"]),
        schema=str(told["schema"]),
        size_bytes=int(told["size_bytes"]),
        sha256=str(told["sha256"]),
    )


def _refuse_other_content(file: Path) -> None:
    if not file.exists():
        return
    with suppress(*_BROKEN), zipfile.ZipFile(file) as archive:
        if MANIFEST in archive.namelist():
            return
    raise OutputError(
        tr("{file} is there already and is no backup: choose another name.", file=file)
    )


@contextmanager
def _readable(file: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as fault:
        raise StoreError(tr("There is no file {file}.", file=file)) from fault
    except _BROKEN as fault:
        raise damaged(file, str(fault).strip() or type(fault).__name__) from fault


def damaged(file: Path, detail: str) -> StoreError:
    """Return the refusal of a file that is no whole backup."""
    return StoreError(
        tr(
            "{file} is no backup of Seemana, or is damaged ({detail}): nothing was touched. "
            "Take another copy.",
            file=file,
            detail=detail.splitlines()[0][:120],
        )
    )


def made_by_newer(file: Path, program: str) -> StoreError:
    """Return the refusal of a backup that this version can't understand."""
    return StoreError(
        tr(
            "{file} was made by a newer version of Seemana ({program}): update the program, then "
            "restore.",
            file=file,
            program=program,
        )
    )
