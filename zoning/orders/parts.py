"""What was signed beside the head and the areas of an order, fixed on publication.

The tables of an order keep what it declares. All else that its paper prints and that could read
otherwise a year later is kept here as it was signed: who signed and held which office, the zone of
each unit before it, directions, gates, commanders, consultations, requests, measures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from zoning.orders.paper import (
    Commander,
    Consultation,
    Direction,
    Gate,
    Measure,
    NeighbourRequest,
    Signatory,
)
from zoning.rules.rulebook import ZoneLevel

FORM = "seemana-order-parts/1"


@dataclass(frozen=True)
class SignedBy:
    """Who signed, and by which posting; without a role where no roster was there.

    Attributes
    ----------
    name : str
        The person.
    role : str
        Value of a `Role`.
    area : str
        Name of the unit that the post is held in; empty for the whole state.
    is_acting : bool
        Whether it is held in the place of another.
    holds_from, holds_until : date or None
        First and last day of the posting, as known when it was signed.
    """

    name: str
    role: str = ""
    area: str = ""
    is_acting: bool = False
    holds_from: date | None = None
    holds_until: date | None = None

    def as_signatory(self, designation: str) -> Signatory:
        """Return who signs, as a paper prints it."""
        return Signatory(self.name, designation, self.holds_from, self.holds_until)


@dataclass(frozen=True)
class OrderParts:
    """All that an order says beyond its head and its areas.

    Attributes
    ----------
    signed_by : SignedBy
        The signatory.
    state, district : str
        Names of the state, empty if unknown, and of where the order holds.
    supersedes : tuple of str
        Numbers of the orders that it replaces.
    zone_before : Mapping of str to str
        Zone of each unit just before it takes effect; a unit without one is absent.
    release_on : Mapping of str to date
        First day on which each containment zone may be released.
    directions, gates, commanders, consultations, requests, measures, levels : tuple
        As in `OrderPaper`.
    closing, copies_to : tuple of str
        As in `OrderPaper`.
    """

    signed_by: SignedBy
    state: str = ""
    district: str = ""
    supersedes: tuple[str, ...] = ()
    zone_before: Mapping[str, str] = field(default_factory=dict)
    release_on: Mapping[str, date] = field(default_factory=dict)
    directions: tuple[Direction, ...] = ()
    gates: tuple[Gate, ...] = ()
    commanders: tuple[Commander, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    requests: tuple[NeighbourRequest, ...] = ()
    measures: tuple[Measure, ...] = ()
    levels: tuple[ZoneLevel, ...] = ()
    closing: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()


def parts_to_json(parts: OrderParts) -> dict[str, Any]:
    """Return the parts as plain JSON values, moments and days in ISO form."""
    plain: dict[str, Any] = _plain(
        {name: getattr(parts, name) for name in OrderParts.__dataclass_fields__}
    )
    return {"form": FORM} | plain


def parts_from_json(told: Mapping[str, Any]) -> OrderParts:
    """Return the parts that `parts_to_json` wrote; what an older version didn't know is empty."""
    signed = dict(told["signed_by"])
    for name in ("holds_from", "holds_until"):
        signed[name] = _day(signed.get(name))
    return OrderParts(
        signed_by=SignedBy(**signed),
        state=told.get("state", ""),
        district=told.get("district", ""),
        supersedes=tuple(told.get("supersedes", ())),
        zone_before=MappingProxyType(dict(told.get("zone_before", {}))),
        release_on=MappingProxyType(
            {zone: date.fromisoformat(on) for zone, on in told.get("release_on", {}).items()}
        ),
        directions=tuple(
            Direction(**{**d, "by_when": _moment(d["by_when"])}) for d in told.get("directions", ())
        ),
        gates=tuple(Gate(**gate) for gate in told.get("gates", ())),
        commanders=tuple(
            Commander(**{**c, "zone_ids": tuple(c["zone_ids"])}) for c in told.get("commanders", ())
        ),
        consultations=tuple(
            Consultation(**{**c, "held_on": _day(c["held_on"])})
            for c in told.get("consultations", ())
        ),
        requests=tuple(
            NeighbourRequest(**{**r, "answer_by": _moment(r["answer_by"])})
            for r in told.get("requests", ())
        ),
        measures=tuple(Measure(**measure) for measure in told.get("measures", ())),
        levels=tuple(ZoneLevel(**level) for level in told.get("levels", ())),
        closing=tuple(told.get("closing", ())),
        copies_to=tuple(told.get("copies_to", ())),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return _plain(asdict(value)) if hasattr(value, "__dataclass_fields__") else value


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
