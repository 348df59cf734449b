"""Why a file isn't fetched or isn't used, in one sentence each, with the way out."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

from zoning.errors import FetchError
from zoning.fetch.addresses import shown
from zoning.fetch.catalogue import BoundarySource
from zoning.fetch.connection import Answer
from zoning.fetch.folder import Places
from zoning.fetch.manners import Manners
from zoning.fetch.records import Receipt
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import moment, number

GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
CLOSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


def other_kind(source: BoundarySource, answer: Answer) -> FetchError | None:
    """Return why an answer with status 200 isn't the file, or None if it may be."""
    address = shown(source.address)
    if answer.header("Content-Type").lower().startswith("text/html"):
        return FetchError(
            tr(
                "{address} answers with a web page and not with a file; a page to sign in to the "
                "network may stand between.",
                address=address,
            )
        )
    if answer.header("Content-Encoding").lower() not in ("", "identity"):
        return FetchError(
            tr("{address} sends the file packed, which wasn't asked for.", address=address)
        )
    if answer.claimed_bytes is None and not answer.is_chunked and not source.sha256:
        return FetchError(
            tr(
                "{address} doesn't say how long the file is, so nobody could tell whether it came "
                "whole.",
                address=address,
            )
        )
    return None


def too_large(source: BoundarySource, limits: Manners) -> FetchError:
    """Return why a file beyond the limit isn't fetched."""
    return FetchError(
        tr(
            "{address} is larger than the {n} bytes that are fetched at most; the address or the "
            "server must be mistaken.",
            address=shown(source.address),
            n=number(limits.largest_bytes),
        )
    )


def overlong(source: BoundarySource, answer: Answer) -> FetchError:
    """Return why a file that goes on after its announced end isn't fetched."""
    return FetchError(
        tr(
            "{address}: the server announces {n} bytes and sends more, so nobody can tell what "
            "belongs to the file.",
            address=shown(source.address),
            n=number(answer.claimed_bytes or 0),
        )
    )


def no_file(source: BoundarySource, status: int) -> FetchError:
    """Return what a status means after which no try makes sense."""
    address = shown(source.address)
    if status in GONE:
        return FetchError(
            tr(
                "{address} isn't there any more (status {status}); look for it at {repository}.",
                address=address,
                status=status,
                repository=source.repository,
            )
        )
    if status in CLOSED:
        return FetchError(
            tr("{address} isn't open to us (status {status}).", address=address, status=status)
        )
    return FetchError(tr("{address} answers with status {status}.", address=address, status=status))


def given_up(source: BoundarySource, n_tries: int, why: str, n_bytes: int) -> FetchError:
    """Return what came in all tries; `n_bytes` are kept to go on from."""
    address = shown(source.address)
    if not n_bytes:
        return FetchError(
            tr(
                "{address} didn't bring the file in {n} tries: {why}.",
                address=address,
                n=n_tries,
                why=why,
            )
        )
    return FetchError(
        tr(
            "{address} didn't bring the whole file in {n} tries: {why}. {bytes} bytes are here; "
            "say the same again to go on from there.",
            address=address,
            n=n_tries,
            why=why,
            bytes=number(n_bytes),
        )
    )


def sent_away(source: BoundarySource, wait_s: float) -> FetchError:
    """Return how long a server asks to wait that isn't waited for."""
    return FetchError(
        tr(
            "{address}: the server asks to wait {n} seconds; say the same again after that.",
            address=shown(source.address),
            n=number(wait_s),
        )
    )


def unpromised(source: BoundarySource, sha256: str, where: Path) -> FetchError:
    """Return why a file with another checksum than the catalogue's isn't used."""
    return FetchError(
        tr(
            "{name} isn't the file that the catalogue promises: its sha256 is {actual}, and it "
            "should be {promised}. It lies in {where} and isn't used; ask at {repository} "
            "whether the file was changed, and correct the catalogue if it was rightly so.",
            name=source.name,
            actual=sha256,
            promised=source.sha256,
            where=where,
            repository=source.repository,
        )
    )


def unexpected(source: BoundarySource, places: Places, here: Receipt, new: Receipt) -> FetchError:
    """Return why another content doesn't take the place of the one that lies there."""
    if here.fetched_at is None:
        return FetchError(
            tr(
                "{file} was put there or changed by hand and isn't the file of {name}: its sha256 "
                "is {old}, and that of the file {new}. It stays as it is, and the file lies in "
                "{changed}; say --accept-change to put that in its place.",
                file=places.file,
                name=source.name,
                old=here.sha256,
                new=new.sha256,
                changed=places.changed,
            )
        )
    return FetchError(
        tr(
            "{name} has changed since you fetched it on {at}: then {old_bytes} bytes with sha256 "
            "{old}, now {new_bytes} bytes with sha256 {new}. The file of then stays in {file}, "
            "that of now lies in {changed}; compare them, and say --accept-change to take it.",
            name=source.name,
            at=moment(here.fetched_at),
            old_bytes=number(here.n_bytes),
            old=here.sha256,
            new_bytes=number(new.n_bytes),
            new=new.sha256,
            file=places.file,
            changed=places.changed,
        )
    )
