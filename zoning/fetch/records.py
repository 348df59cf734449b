"""What is known of a fetched file, and of one that isn't whole yet."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from zoning.fetch.folder import Places, write_text


@dataclass(frozen=True)
class Partial:
    """Of which version the part of a file is.

    Attributes
    ----------
    address : str
        Where it comes from.
    validator : str
        What names this version to the server (RFC 9110, If-Range); empty if nothing does.
    total_bytes : int or None
        Length of the whole, if the server said it.
    """

    address: str
    validator: str
    total_bytes: int | None


@dataclass(frozen=True)
class Receipt:
    """What is known of a fetched file.

    Attributes
    ----------
    address : str
        Where it came from; empty if the file was put there by other means.
    sha256 : str
        Checksum of what lies there.
    n_bytes : int
        Its length.
    fetched_at : datetime or None
        When, in UTC; None if the file was put there by other means.
    etag, last_modified : str
        What the server calls this version; empty where it says nothing.
    """

    address: str
    sha256: str
    n_bytes: int
    fetched_at: datetime | None = None
    etag: str = ""
    last_modified: str = ""


def read_partial(places: Places, address: str) -> tuple[int, Partial] | None:
    """Return how many bytes of a file are here and of which version; None if it begins anew."""
    try:
        partial = Partial(**json.loads(places.part_note.read_text(encoding="utf-8")))
        n_bytes = places.part.stat().st_size
    except (OSError, ValueError, TypeError):
        return None
    has_length = partial.total_bytes is None or isinstance(partial.total_bytes, int)
    is_named = isinstance(partial.validator, str) and bool(partial.validator)
    is_usable = partial.address == address and is_named and has_length and n_bytes
    return (n_bytes, partial) if is_usable else None


def write_partial(places: Places, partial: Partial) -> None:
    """Keep of which version the part is."""
    write_text(places.part_note, json.dumps(asdict(partial)))


def read_receipt(places: Places) -> Receipt | None:
    """Return the receipt as it was written; None if there is none that can be read."""
    try:
        data: dict[str, Any] = json.loads(places.receipt.read_text(encoding="utf-8"))
        at = data.pop("fetched_at")
        return Receipt(**data, fetched_at=None if at is None else datetime.fromisoformat(at))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def write_receipt(places: Places, receipt: Receipt) -> None:
    """Keep what is known of a fetched file."""
    at = receipt.fetched_at
    data = {**asdict(receipt), "fetched_at": None if at is None else at.isoformat()}
    write_text(places.receipt, json.dumps(data, indent=1))


def present(places: Places) -> Receipt | None:
    """Return what is known of the file that lies there, checked against its content.

    A file that someone has put there or changed has no address and no date.
    """
    try:
        sha256, n_bytes = sha256_of(places.file), places.file.stat().st_size
    except FileNotFoundError:
        return None
    receipt = read_receipt(places)
    return receipt if receipt and receipt.sha256 == sha256 else Receipt("", sha256, n_bytes)


def sha256_of(path: Path) -> str:
    """Return the checksum of a file as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
