"""The public part of an order: what everyone may read, and no count of cases.

The evidence lies in the sealed annex (`annex.py`); all that the public part holds of it is its
hash. Texts are written in one language; `translations` gives them in others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.model import Category
from zoning.rules.rulebook import ZoneLevel

STATEWIDE = "state"
"""Where a measure applies that no category limits."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Signatory:
    """Who signs, and from when to when this person holds the office; None where it isn't told."""

    name: str
    designation: str
    holds_from: date | None = None
    holds_until: date | None = None


@dataclass(frozen=True)
class UnitChange:
    """The zone of one unit before the order and after it; empty where there was none before."""

    unit_id: str
    name: str
    zone_before: str
    zone_after: str


@dataclass(frozen=True)
class ZonePart:
    """The booths of a zone that lie in one unit."""

    unit_id: str
    unit_name: str
    booth_ids: tuple[str, ...]


@dataclass(frozen=True)
class OrderedZone:
    """A containment zone, or the buffer around it.

    Attributes
    ----------
    zone_id : str
        Stable id such as `CZ-20200804-001`; a buffer bears that of its zone.
    category : Category or None
        `A` for the zone itself, `B` for its buffer, `C` for booths released into it; None for
        booths that leave A for no category, as in a green unit.
    parts : tuple of ZonePart
        Its booths by unit.
    place : str
        What people call the place.
    earliest_release_on : date or None
        First day on which it may be released, as ordered; never a count of days.
    """

    zone_id: str
    category: Category | None
    parts: tuple[ZonePart, ...]
    place: str = ""
    earliest_release_on: date | None = None


@dataclass(frozen=True)
class Measure:
    """One clause that holds in a category, `A`, `B`, `C`, or in the whole state (`STATEWIDE`).

    Its `heading` is that of its section, which may say what the clause alone doesn't: "All social
    gatherings" stands under "The following activities shall remain closed".
    """

    where: str
    section: str
    text: str
    heading: str = ""
    memo: str = ""


@dataclass(frozen=True)
class Direction:
    """What somebody has to do, and by when."""

    text: str
    action_by: str
    by_when: datetime | None = None


@dataclass(frozen=True)
class Gate:
    """A way through the cordon of a zone; a medical exit is open to emergencies at any hour."""

    zone_id: str
    place: str
    hours: str
    is_medical_exit: bool = False


@dataclass(frozen=True)
class Commander:
    """Who commands; without `zone_ids` in every zone of the order."""

    name: str
    office: str
    phone: str
    zone_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Consultation:
    """Who was consulted, under which reference and when."""

    office: str
    reference: str
    held_on: date | None = None


@dataclass(frozen=True)
class NeighbourRequest:
    """What a neighbouring authority is asked to order on its own ground; empty answer: none yet."""

    authority: str
    about: str
    answer_by: datetime | None = None
    answer: str = ""


@dataclass(frozen=True)
class OrderPaper:
    """The public part of one order.

    Attributes
    ----------
    number, title, act : str
        As printed; the act names the law and its section.
    reason : str
        In words for the public, without counts; paragraphs are parted by an empty line.
    authority : str
        Whose order it is; lines of the letter-head are parted by a line break.
    district : str
        Where it holds.
    signatory : Signatory or None
        None while nobody is named.
    issued_at, effective_at : datetime
        With offset, as all moments here.
    review_at, expires_at : datetime or None
        None while they aren't set.
    supersedes : tuple of str
        Numbers of the orders that it replaces.
    units, zones, measures, directions, gates, commanders, consultations, requests : tuple
        What it orders; in the sequence given.
    closing : tuple of str
        Last paragraphs, such as the penal clause.
    copies_to : tuple of str
        To whom it is forwarded.
    levels : tuple of ZoneLevel
        Levels of the rule, most severe first; empty for red, orange and green.
    annex_sha256 : str
        Hash of the sealed annex, 64 hexadecimal digits; empty while there is none.
    is_draft : bool
        Whether every page says that it isn't in force.
    language : str
        Language of the texts, as an ISO 639-1 code.
    translations : Mapping of str to Mapping of str to str
        By language: each text, and the same in that language. What is missing stays as written.

    Raises
    ------
    OrderError
        If a moment has no offset or the hash is no SHA-256.
    """

    number: str
    title: str
    act: str
    reason: str
    authority: str
    district: str
    signatory: Signatory | None
    issued_at: datetime
    effective_at: datetime
    review_at: datetime | None = None
    expires_at: datetime | None = None
    supersedes: tuple[str, ...] = ()
    units: tuple[UnitChange, ...] = ()
    zones: tuple[OrderedZone, ...] = ()
    measures: tuple[Measure, ...] = ()
    directions: tuple[Direction, ...] = ()
    gates: tuple[Gate, ...] = ()
    commanders: tuple[Commander, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    requests: tuple[NeighbourRequest, ...] = ()
    closing: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    levels: tuple[ZoneLevel, ...] = ()
    annex_sha256: str = ""
    is_draft: bool = False
    language: str = "en"
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, at in self._moments():
            if at is not None and at.tzinfo is None:
                raise OrderError(
                    tr(
                        "Order {number} tells a time without its zone ({name} {at}); "
                        "give the offset, such as +05:30.",
                        number=self.number,
                        name=name,
                        at=at.isoformat(),
                    )
                )
        if self.annex_sha256 and not _SHA256.fullmatch(self.annex_sha256):
            raise OrderError(
                tr(
                    "Order {number} prints {hash} for its annex, which is no SHA-256; "
                    "take the hash that was computed from the annex.",
                    number=self.number,
                    hash=self.annex_sha256,
                )
            )

    def _moments(self) -> list[tuple[str, datetime | None]]:
        own = [(f.name, getattr(self, f.name)) for f in fields(self) if f.name.endswith("_at")]
        asked = [("by_when", direction.by_when) for direction in self.directions]
        return own + asked + [("answer_by", request.answer_by) for request in self.requests]

    def sealed_zones(self) -> tuple[OrderedZone, ...]:
        """Return the containment zones, without their buffers."""
        return tuple(zone for zone in self.zones if zone.category is Category.AFFECTED)
