"""Bring the file of a source in: gone on with after a break, verified, never half there.

What is known to be the same version is gone on with; anything else begins anew, so that
two files are never glued together. The checksum of the whole decides: against the
catalogue where it names one, else against what was fetched before.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from zoning.errors import FetchError
from zoning.fetch import refusals
from zoning.fetch.catalogue import BoundarySource
from zoning.fetch.folder import Places, writing
from zoning.fetch.manners import Manners, manners
from zoning.fetch.mapping import way_out
from zoning.fetch.records import Receipt, present, sha256_of, write_receipt
from zoning.fetch.transfer import Told, Transfer
from zoning.i18n.catalogue import tr

Sleep = Callable[[float], None]


class Outcome(StrEnum):
    """What became of a fetch."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    REPLACED = "replaced"


@dataclass(frozen=True)
class Download:
    """A file that lies here, whole.

    Attributes
    ----------
    path : Path
        The file.
    sha256 : str
        Its checksum.
    n_bytes : int
        Its length.
    outcome : Outcome
        Whether it is new, was here already, or took the place of another content.
    is_verified : bool
        Whether the catalogue names the checksum.
    fetched_at : datetime or None
        When this content came, in UTC; None if it was put there by other means.
    """

    path: Path
    sha256: str
    n_bytes: int
    outcome: Outcome
    is_verified: bool
    fetched_at: datetime | None


def download(
    source: BoundarySource,
    folder: Path,
    at: datetime,
    *,
    is_change_accepted: bool = False,
    told: Told | None = None,
    sleep: Sleep = time.sleep,
    limits: Manners | None = None,
) -> Download:
    """Bring the file of a source into a folder.

    Parameters
    ----------
    source : BoundarySource
        What and from where.
    folder : Path
        Made if it isn't there.
    at : datetime
        The present, with offset.
    is_change_accepted : bool
        Whether another content may take the place of the one that lies there.
    told : callable, optional
        Called with the bytes here and the length of the whole, or None where it is unknown.
    sleep : callable, optional
        Waits so many seconds between two tries.
    limits : Manners, optional
        Those in force by default.

    Returns
    -------
    Download
        The file, complete and verified.

    Raises
    ------
    FetchError
        If it can't be reached, is cut short, too large, changed, or not the promised one.
    OutputError
        If the folder can't be written.
    """
    places = Places.of(source, folder)
    with places.alone():
        with writing(folder):
            here = present(places)
        if here is not None and source.sha256 == here.sha256:
            return _lying_here(places, here, is_verified=True)
        transfer = Transfer(source, places, at, limits or manners(), told or _nobody, sleep)
        try:
            fetched = transfer.run(here)
        except FetchError as fault:
            raise FetchError(tr("{what} {way_out}", what=fault, way_out=way_out(source))) from fault
        if fetched is here:
            return _lying_here(places, fetched, is_verified=False)
        with writing(folder):
            new = replace(fetched, sha256=sha256_of(places.part), fetched_at=at)
        return _settled(source, places, new, here, is_change_accepted)


def _settled(
    source: BoundarySource,
    places: Places,
    new: Receipt,
    here: Receipt | None,
    is_change_accepted: bool,
) -> Download:
    """Put a whole file in its place, if it is what was promised or expected."""
    if source.sha256 and new.sha256 != source.sha256:
        _set_aside(places, places.refused)
        raise refusals.unpromised(source, new.sha256, places.refused)
    if here is not None and here.sha256 == new.sha256:
        places.discard_part()
        # The same content under another name of its version: ask by that name from now on.
        known = replace(new, fetched_at=here.fetched_at or new.fetched_at)
        write_receipt(places, known)
        return _lying_here(places, known, is_verified=bool(source.sha256))
    if here is not None and not is_change_accepted:
        _set_aside(places, places.changed)
        raise refusals.unexpected(source, places, here, new)
    with writing(places.folder):
        places.part.replace(places.file)
        places.changed.unlink(missing_ok=True)
        places.refused.unlink(missing_ok=True)
    places.discard_part()
    write_receipt(places, new)
    outcome = Outcome.FETCHED if here is None else Outcome.REPLACED
    return _download(places, new, outcome, is_verified=bool(source.sha256))


def _lying_here(places: Places, here: Receipt, *, is_verified: bool) -> Download:
    return _download(places, here, Outcome.UNCHANGED, is_verified=is_verified)


def _download(places: Places, receipt: Receipt, outcome: Outcome, *, is_verified: bool) -> Download:
    return Download(
        path=places.file,
        sha256=receipt.sha256,
        n_bytes=receipt.n_bytes,
        outcome=outcome,
        is_verified=is_verified,
        fetched_at=receipt.fetched_at,
    )


def _set_aside(places: Places, aside: Path) -> None:
    with writing(places.folder):
        places.part.replace(aside)
    places.discard_part()


def _nobody(n_bytes: int, total_bytes: int | None) -> None:
    """Tell nobody."""
