"""The tries in which the bytes of a file arrive, and what each answer of a server means."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from zoning.fetch import refusals
from zoning.fetch.catalogue import BoundarySource
from zoning.fetch.connection import Answer, BrokenOffError, OverlongError, asking
from zoning.fetch.folder import Places, writing
from zoning.fetch.manners import Manners
from zoning.fetch.records import Partial, Receipt, read_partial, write_partial
from zoning.fetch.versions import goes_on, retry_after_s, validator
from zoning.i18n.catalogue import tr

Told = Callable[[int, int | None], None]

OK = HTTPStatus.OK
PARTIAL_CONTENT = HTTPStatus.PARTIAL_CONTENT
NOT_MODIFIED = HTTPStatus.NOT_MODIFIED
RANGE_NOT_SATISFIABLE = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE


class _AgainError(Exception):
    """One try brought no whole file; another may.

    Parameters
    ----------
    why : str
        What came between, for the last sentence.
    asked_wait_s : float
        How long the server asks to wait.
    is_at_once : bool
        Whether the next try needs no wait, being another request.
    """

    def __init__(self, why: str, asked_wait_s: float = 0.0, *, is_at_once: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.asked_wait_s = asked_wait_s
        self.is_at_once = is_at_once


@dataclass
class Transfer:
    """One file on its way.

    Attributes
    ----------
    source : BoundarySource
        What and from where.
    places : Places
        Where its part is kept.
    at : datetime
        The present, with offset.
    limits : Manners
        How often, how long, how much.
    told : callable
        Called with the bytes here and the length of the whole.
    sleep : callable
        Waits so many seconds.
    """

    source: BoundarySource
    places: Places
    at: datetime
    limits: Manners
    told: Told
    sleep: Callable[[float], None]

    def run(self, here: Receipt | None) -> Receipt:
        """Try until the whole file lies in its part.

        Parameters
        ----------
        here : Receipt or None
            The file that lies there already, for which nothing need come again.

        Returns
        -------
        Receipt
            What the server calls the version, with the length; `here` itself if that is still it.

        Raises
        ------
        FetchError
            If no try brings it.
        """
        n_tries = 0
        while True:
            n_tries += 1
            try:
                return self._try(here)
            except BrokenOffError:
                again = _AgainError(tr("the connection broke off"))
            except _AgainError as fault:
                again = fault
            if n_tries >= self.limits.tries:
                begun = read_partial(self.places, self.source.address)
                n_bytes = begun[0] if begun else 0
                raise refusals.given_up(self.source, n_tries, again.why, n_bytes)
            if again.asked_wait_s > self.limits.longest_wait_s:
                raise refusals.sent_away(self.source, again.asked_wait_s)
            if not again.is_at_once:
                self.sleep(max(self.limits.wait_s(n_tries), again.asked_wait_s))

    def _try(self, here: Receipt | None) -> Receipt:
        begun = read_partial(self.places, self.source.address)
        start, headers = 0, dict[str, str]()
        unchanged: Receipt | None = None
        if begun is not None:
            start = begun[0]
            if begun[1].total_bytes is not None:
                # The last byte is asked for again, so that a whole part is confirmed too.
                start = max(min(start, begun[1].total_bytes - 1), 0)
            headers = {"Range": f"bytes={start}-", "If-Range": begun[1].validator}
        elif here is not None and here.address == self.source.address and not self.source.sha256:
            known = {"If-None-Match": here.etag, "If-Modified-Since": here.last_modified}
            headers = {name: value for name, value in known.items() if value}
            unchanged = here if headers else None
        with asking(self.source.address, headers, self.limits) as answer:
            if answer.status == NOT_MODIFIED and unchanged is not None:
                return unchanged
            if answer.status == PARTIAL_CONTENT and begun is not None:
                total_bytes = goes_on(answer, start, begun[1])
                if total_bytes is not None:
                    return self._receive(answer, start, total_bytes)
                self.places.discard_part()
                raise _AgainError(tr("the server went on with another file"), is_at_once=True)
            if answer.status == OK:
                self._refuse_other_kinds(answer)
                return self._receive(answer, 0, answer.claimed_bytes)
            raise self._no_file(answer)

    def _receive(self, answer: Answer, start: int, total_bytes: int | None) -> Receipt:
        self._refuse_too_large(total_bytes or 0)
        if not start:
            self._begin(answer, total_bytes)
        n_bytes = start
        try:
            with writing(self.places.folder), self.places.part.open("r+b") as file:
                file.truncate(start)
                file.seek(start)
                self.told(n_bytes, total_bytes)
                for block in answer.blocks():
                    n_bytes += len(block)
                    self._refuse_too_large(n_bytes)
                    file.write(block)
                    self.told(n_bytes, total_bytes)
                if total_bytes not in (None, n_bytes):
                    raise BrokenOffError
                file.flush()
                os.fsync(file.fileno())
        except OverlongError as fault:
            self.places.discard_part()
            raise refusals.overlong(self.source, answer) from fault
        return Receipt(
            address=self.source.address,
            sha256="",
            n_bytes=n_bytes,
            etag=answer.header("ETag"),
            last_modified=answer.header("Last-Modified"),
        )

    def _begin(self, answer: Answer, total_bytes: int | None) -> None:
        """Begin a part: emptied before its note names another version, never after."""
        self.places.discard_part()
        with writing(self.places.folder):
            self.places.part.touch()
        partial = Partial(self.source.address, validator(answer), total_bytes)
        write_partial(self.places, partial)

    def _refuse_other_kinds(self, answer: Answer) -> None:
        fault = refusals.other_kind(self.source, answer)
        if fault is not None:
            raise fault

    def _refuse_too_large(self, n_bytes: int) -> None:
        if n_bytes > self.limits.largest_bytes:
            self.places.discard_part()
            raise refusals.too_large(self.source, self.limits)

    def _no_file(self, answer: Answer) -> Exception:
        """Return what an answer without a file means: another try, or the end."""
        if answer.status == RANGE_NOT_SATISFIABLE:
            self.places.discard_part()
            return _AgainError(tr("the server has no such part"), is_at_once=True)
        if answer.status in self.limits.passing_statuses:
            return _AgainError(
                tr("the server answered {status}", status=answer.status),
                retry_after_s(answer, self.at),
            )
        return refusals.no_file(self.source, answer.status)
