"""Open boundaries: which there are, and bringing one in with what is needed to import it."""

from __future__ import annotations

import time
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from zoning.errors import FetchError
from zoning.fetch.catalogue import SOURCES_FILE, BoundarySource, find_source, load_sources
from zoning.fetch.download import Download, Sleep, download
from zoning.fetch.folder import Places, write_text, writing
from zoning.fetch.mapping import import_command, mapping_line, mapping_text
from zoning.fetch.records import Receipt, read_receipt
from zoning.fetch.transfer import Told
from zoning.i18n.catalogue import tr
from zoning.settings import Settings

FOLDER = "boundaries"


@dataclass(frozen=True)
class FetchOrder:
    """One fetch as it was asked for.

    Attributes
    ----------
    name : str
        Source of the catalogue.
    folder : Path
        Where the file is to lie.
    at : datetime
        The present, UTC.
    catalogue : Path
        Catalogue file; the one of this product by default.
    is_change_accepted : bool
        Whether another content may take the place of the one fetched before.
    is_without_licence : bool
        Whether whoever asks answers for a file that nobody grants anything on.
    """

    name: str
    folder: Path
    at: datetime
    catalogue: Path = SOURCES_FILE
    is_change_accepted: bool = False
    is_without_licence: bool = False


@dataclass(frozen=True)
class FetchedBoundaries:
    """A file that lies here, and how it is taken in.

    Attributes
    ----------
    source : BoundarySource
        Its entry in the catalogue.
    download : Download
        The file.
    mapping_file : Path
        How it is to be read.
    is_mapping_kept : bool
        Whether that file was here with another content, and stays so.
    command : str
        What takes the file in.
    """

    source: BoundarySource
    download: Download
    mapping_file: Path
    is_mapping_kept: bool
    command: str

    def as_json(self) -> dict[str, Any]:
        """Return what `boundaries fetch --json` prints; see docs/data-dictionary.md."""
        at = self.download.fetched_at
        return {
            **_described(self.source),
            "outcome": self.download.outcome.value,
            "path": str(self.download.path),
            "bytes": self.download.n_bytes,
            "sha256": self.download.sha256,
            "is_verified": self.download.is_verified,
            "fetched_at": None if at is None else at.isoformat(),
            "mapping": str(self.mapping_file),
            "command": self.command,
        }


@dataclass(frozen=True)
class ListedSource:
    """A source of the catalogue and what lies here of it.

    Attributes
    ----------
    source : BoundarySource
        Its entry.
    path : Path or None
        The file, if it lies here.
    receipt : Receipt or None
        When it came and with which checksum; None if it was put there by other means.
    """

    source: BoundarySource
    path: Path | None
    receipt: Receipt | None

    def as_json(self) -> dict[str, Any]:
        """Return one entry of `boundaries list --json`; see docs/data-dictionary.md."""
        at = self.receipt.fetched_at if self.receipt else None
        return {
            **_described(self.source),
            "is_page": self.source.is_page,
            "is_fetched": self.path is not None,
            "path": None if self.path is None else str(self.path),
            "sha256": self.receipt.sha256 if self.receipt else self.source.sha256 or None,
            "fetched_at": None if at is None else at.isoformat(),
        }


def boundaries_folder(settings: Settings) -> Path:
    """Return where fetched files lie unless told otherwise."""
    return settings.var_dir / FOLDER


def list_boundary_sources(folder: Path, catalogue: Path = SOURCES_FILE) -> tuple[ListedSource, ...]:
    """Return the sources of a catalogue, with what lies of them in a folder.

    Raises
    ------
    InputError
        If the catalogue can't be used.
    """
    return tuple(_listed(source, folder) for source in load_sources(catalogue))


def fetch_boundaries(
    order: FetchOrder, told: Told | None = None, sleep: Sleep = time.sleep
) -> FetchedBoundaries:
    """Bring the file of a source in, with the mapping file that belongs to it.

    Parameters
    ----------
    order : FetchOrder
        What is asked for.
    told : callable, optional
        Called with the bytes here and the length of the whole, or None where it is unknown.
    sleep : callable, optional
        Waits so many seconds between two tries.

    Raises
    ------
    InputError
        If the catalogue doesn't know the source or can't be used.
    FetchError
        If the source grants nothing and nobody answers for it, is a page to choose from, or
        doesn't bring the file.
    OutputError
        If the folder can't be written.
    """
    source = find_source(order.name, order.catalogue)
    if source.is_page:
        raise _page(source)
    if not source.is_open and not order.is_without_licence:
        raise FetchError(
            tr(
                "{name} states no licence, so nothing is granted to whoever takes it; ask "
                "{credit} ({repository}), or say --without-licence and answer for its use.",
                name=source.name,
                credit=source.credit,
                repository=source.repository,
            )
        )
    fetched = download(
        source,
        order.folder,
        order.at,
        is_change_accepted=order.is_change_accepted,
        told=told,
        sleep=sleep,
    )
    places = Places.of(source, order.folder)
    return FetchedBoundaries(
        source=source,
        download=fetched,
        mapping_file=places.mapping,
        is_mapping_kept=_write_mapping(source, places),
        command=import_command(source, places.file, places.mapping),
    )


def _listed(source: BoundarySource, folder: Path) -> ListedSource:
    places = Places.of(source, folder)
    if not places.file.is_file():
        return ListedSource(source, None, None)
    receipt = read_receipt(places)
    # By length alone: reading every file for a list would take long; a fetch reads it.
    is_its = receipt is not None and receipt.n_bytes == places.file.stat().st_size
    return ListedSource(source, places.file, receipt if is_its else None)


def _page(source: BoundarySource) -> FetchError:
    return FetchError(
        tr(
            "{address} is a page with many files, of which you choose; download those you need, "
            "save {mapping} as {mapping_file}, and say for each: {command}",
            address=source.address,
            mapping=mapping_line(source),
            mapping_file=f"{source.name}.mapping.toml",
            command=import_command(source, "FILE", f"{source.name}.mapping.toml"),
        )
    )


def _write_mapping(source: BoundarySource, places: Places) -> bool:
    """Write the mapping file unless there is one; return whether that says something else."""
    text = mapping_text(source)
    with writing(places.folder):
        theirs = places.mapping.read_bytes() if places.mapping.exists() else None
    if theirs is None:
        write_text(places.mapping, text)
        return False
    try:
        return tomllib.loads(theirs.decode("utf-8-sig")) != tomllib.loads(text)
    except ValueError:
        return True


def _described(source: BoundarySource) -> dict[str, Any]:
    return {
        "name": source.name,
        "title": source.title,
        "level": source.level,
        "licence": source.licence,
        "is_open": source.is_open,
        "credit": source.credit,
        "note": source.note,
        "repository": source.repository,
        "address": source.address,
    }
