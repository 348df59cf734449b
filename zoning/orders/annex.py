"""The sealed part of an order: the evidence, and the hash by which the public part vouches for it.

In a zone of one house a count or a date is a person, so the public part prints only the SHA-256
of the annex. Small counts could be found again from a bare hash by trying them all; the annex
therefore holds a random salt of at least 128 bits, which nobody can try. Who opens the annex in
court computes the hash of the file, byte by byte, and compares it with the printed one.

A measured value is text, with the decimals it was judged by; see `canonical.py` for the bytes.
"""

from __future__ import annotations

import math
import re
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from hmac import compare_digest

from zoning.clock import as_utc
from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.orders.canonical import canonical_json
from zoning.orders.paper import OrderPaper

FORM = "seemana-annex/1"

_SALT = re.compile(r"[0-9a-f]{32,}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Reading:
    """One indicator as it was judged.

    Attributes
    ----------
    key : str
        Name of the parameter in the rule.
    value : str
        As `value_text` writes it; empty where it isn't computable.
    judged : str
        What the rule says of it, such as `critical`.
    numerator, denominator : int or None
        What it was computed from.
    as_of : datetime or None
        Through when its data are complete.
    """

    key: str
    value: str
    judged: str
    numerator: int | None = None
    denominator: int | None = None
    as_of: datetime | None = None


@dataclass(frozen=True)
class AreaEvidence:
    """What is known of one unit, zone or booth.

    Attributes
    ----------
    area_id, name : str
        Its code and name.
    kind : str
        `unit`, `zone` or `booth`.
    counts : tuple of (str, int)
        What was counted, by name.
    last_case_on : date or None
        Day of the last case; None where there was none.
    readings : tuple of Reading
        The indicators.
    explanation : str
        Why the rule or policy says what it says, in one sentence.
    """

    area_id: str
    name: str
    kind: str
    counts: tuple[tuple[str, int], ...] = ()
    last_case_on: date | None = None
    readings: tuple[Reading, ...] = ()
    explanation: str = ""


@dataclass(frozen=True)
class OrderAnnex:
    """The evidence of one order.

    Attributes
    ----------
    order_number : str
        The order that prints the hash.
    salt : str
        Random, at least 32 hexadecimal digits, drawn anew for each annex.
    known_at : datetime
        Moment of which the data are those known then.
    rule, policy, run_id : str
        What was applied, and the run that can be computed again; empty where there is none.
    areas : tuple of AreaEvidence
        In the sequence given.

    Raises
    ------
    OrderError
        If the salt is too short or the moment has no offset.
    """

    order_number: str
    salt: str
    known_at: datetime
    rule: str
    policy: str
    run_id: str
    areas: tuple[AreaEvidence, ...]

    def __post_init__(self) -> None:
        if not _SALT.fullmatch(self.salt):
            raise OrderError(
                tr(
                    "The annex of order {number} has no random salt of 32 hexadecimal digits or "
                    "more; without it its counts can be guessed from the printed hash.",
                    number=self.order_number,
                )
            )
        if self.known_at.tzinfo is None:
            raise OrderError(
                tr(
                    "The annex of order {number} tells a time without its zone ({at}); "
                    "give the offset, such as +05:30.",
                    number=self.order_number,
                    at=self.known_at.isoformat(),
                )
            )


def value_text(value: float, decimals: int) -> str:
    """Return a measured value as an annex holds it: `inf` if endless, empty if not computable."""
    if math.isnan(value):
        return ""
    return f"{value:.{decimals}f}" if math.isfinite(value) else str(value)


def annex_bytes(annex: OrderAnnex) -> bytes:
    """Return the file of an annex: what is hashed, sealed and kept."""
    areas = [
        asdict(area)
        | {
            "counts": [list(count) for count in area.counts],
            "last_case_on": area.last_case_on.isoformat() if area.last_case_on else None,
            "readings": [asdict(r) | {"as_of": _stamp(r.as_of)} for r in area.readings],
        }
        for area in annex.areas
    ]
    told = asdict(replace(annex, areas=())) | {"known_at": _stamp(annex.known_at), "areas": areas}
    return canonical_json({"form": FORM} | told)


def annex_hash(annex: OrderAnnex) -> str:
    """Return the SHA-256 of an annex as 64 hexadecimal digits, for the public part to print."""
    return sha256(annex_bytes(annex)).hexdigest()


def verify_annex(data: bytes, printed_hash: str) -> bool:
    """Return whether a file is the annex whose hash an order prints.

    Parameters
    ----------
    data : bytes
        The file, byte by byte.
    printed_hash : str
        As printed; blanks and capitals don't matter.

    Raises
    ------
    OrderError
        If what is printed is no SHA-256.
    """
    digits = "".join(printed_hash.split()).lower()
    if not _DIGEST.fullmatch(digits):
        raise OrderError(
            tr(
                "{hash} is no SHA-256, which has 64 digits 0-9 and a-f; "
                "copy it from the order again.",
                hash=printed_hash,
            )
        )
    return compare_digest(sha256(data).hexdigest(), digits)


def sealed_with(paper: OrderPaper, annex: OrderAnnex) -> OrderPaper:
    """Return a public part that prints the hash of its annex.

    Raises
    ------
    OrderError
        If the annex belongs to another order.
    """
    if annex.order_number != paper.number:
        raise OrderError(
            tr(
                "The annex belongs to order {other}, not to {number}; give the annex of this one.",
                other=annex.order_number,
                number=paper.number,
            )
        )
    return replace(paper, annex_sha256=annex_hash(annex))


def _stamp(at: datetime | None) -> str | None:
    return as_utc(at).isoformat() if at else None
