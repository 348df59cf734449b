"""What the fields of an answer say of the version of a file, of its length and of waiting."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from zoning.fetch.connection import Answer
from zoning.fetch.records import Partial

_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


def validator(answer: Answer) -> str:
    """Return what names the version for certain; empty if nothing does.

    A weak tag stands for files that are merely alike. A date is certain only if the file
    wasn't changed in the very second in which it was sent (RFC 9110, 8.8.2.2).
    """
    etag = answer.header("ETag")
    if etag:
        return etag if etag.startswith('"') else ""
    changed, sent = _date(answer.header("Last-Modified")), _date(answer.header("Date"))
    is_certain = changed is not None and sent is not None and changed < sent
    return answer.header("Last-Modified") if is_certain else ""


def goes_on(answer: Answer, start: int, begun: Partial) -> int | None:
    """Return the length of the whole, if an answer is the rest of the file that was begun.

    Parameters
    ----------
    answer : Answer
        With status 206.
    start : int
        First byte asked for.
    begun : Partial
        Of which version the part is.

    Returns
    -------
    int or None
        None if it begins or ends elsewhere, or belongs to another version or length.
    """
    given = _RANGE.fullmatch(answer.header("Content-Range"))
    if given is None:
        return None
    first, last, total = (int(number) for number in given.groups())
    name = "ETag" if begun.validator.startswith('"') else "Last-Modified"
    is_rest = (
        (first, last) == (start, total - 1)
        and begun.total_bytes in (None, total)
        and answer.claimed_bytes in (None, total - start)
        and answer.header(name) in ("", begun.validator)
    )
    return total if is_rest else None


def retry_after_s(answer: Answer, at: datetime) -> float:
    """Return how long a server asks to wait, in seconds; 0 if it doesn't say.

    Parameters
    ----------
    answer : Answer
        Of a server that is busy.
    at : datetime
        The present, for a server that doesn't tell its own time.
    """
    text = answer.header("Retry-After")
    if text.isdecimal():
        return float(text)
    until = _date(text)
    if until is None:
        return 0.0
    # By the server's own clock where it tells it: ours may be wrong.
    return max((until - (_date(answer.header("Date")) or at)).total_seconds(), 0.0)


def _date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
