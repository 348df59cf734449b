"""What a draft of an order says: head, overrides, directions, gates and commanders.

A draft holds no zone and no category of its own: those are of the run or the delineation that it
is drafted from, and of the overrides that an officer gave reasons for.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.orders.paper import Commander, Direction, Gate


class DraftKind(StrEnum):
    """What an order will decide: zones of units, categories of booths, or a sealing for a day."""

    ZONES = "zones"
    CATEGORIES = "categories"
    SEALING = "sealing"


@dataclass(frozen=True)
class Override:
    """What an officer decided otherwise than was proposed, in one unit or booth.

    Attributes
    ----------
    area_id : str
        Unit for an order on zones, booth for one on categories.
    proposed, decided : str
        Zone or category; `proposed` is empty where nothing was.
    reason : str
        Why; never empty.
    concurrence : str
        Number under which a higher authority agreed to go below its floor; empty if none.
    concurred_on : date or None
        Day of that concurrence.
    """

    area_id: str
    proposed: str
    decided: str
    reason: str
    concurrence: str = ""
    concurred_on: date | None = None

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise OrderError(
                tr(
                    "Deciding otherwise than proposed in {area} needs a reason; write it down.",
                    area=self.area_id,
                )
            )
        if bool(self.concurrence.strip()) != (self.concurred_on is not None):
            raise OrderError(
                tr(
                    "The concurrence for {area} needs its number and its day; give both.",
                    area=self.area_id,
                )
            )


@dataclass(frozen=True)
class DraftContent:
    """All that an officer writes into a draft.

    Attributes
    ----------
    number, title, act, reason : str
        As they will be printed; may be empty until it is approved.
    signatory : str
        Person of the roster who signs; empty until somebody is named.
    effective_at : datetime or None
        When it takes effect; None for at once on publication.
    review_at, expires_at : datetime or None
        When it is looked at again, and when it no longer stands.
    supersedes : tuple of str
        Numbers of the orders that end when this one takes effect.
    area_ids : tuple of str
        Booths that a sealing closes; for other kinds units to which the order is limited, empty
        for all of the draft's area.
    overrides : tuple of Override
        What is decided otherwise than proposed; one for an area.
    directions, gates, commanders : tuple
        As in `OrderPaper`.
    closing, copies_to : tuple of str
        Last paragraphs; to whom it is forwarded.
    """

    number: str = ""
    title: str = ""
    act: str = ""
    reason: str = ""
    signatory: str = ""
    effective_at: datetime | None = None
    review_at: datetime | None = None
    expires_at: datetime | None = None
    supersedes: tuple[str, ...] = ()
    area_ids: tuple[str, ...] = ()
    overrides: tuple[Override, ...] = ()
    directions: tuple[Direction, ...] = ()
    gates: tuple[Gate, ...] = ()
    commanders: tuple[Commander, ...] = ()
    closing: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        due = (direction.by_when for direction in self.directions)
        for moment in (self.effective_at, self.review_at, self.expires_at, *due):
            if moment is not None and moment.tzinfo is None:
                raise OrderError(
                    tr(
                        "The draft tells the time {at} without its zone; give the offset, such as "
                        "+05:30.",
                        at=moment.isoformat(),
                    )
                )
        areas = [override.area_id for override in self.overrides]
        for area in areas:
            if areas.count(area) > 1:
                raise OrderError(
                    tr("The draft decides twice on {area}; keep one of the two.", area=area)
                )


def to_json(content: DraftContent) -> dict[str, Any]:
    """Return a content as plain JSON values, moments and days in ISO form."""
    return {name: _plain(value) for name, value in asdict(content).items()}


def from_json(told: dict[str, Any]) -> DraftContent:
    """Return the content that `to_json` wrote; what an older version didn't know is left empty."""
    own = {f.name for f in fields(DraftContent)}
    values = {name: value for name, value in told.items() if name in own}
    for name in ("effective_at", "review_at", "expires_at"):
        values[name] = _moment(values.get(name))
    for name in ("supersedes", "area_ids", "closing", "copies_to"):
        values[name] = tuple(values.get(name, ()))
    values["overrides"] = tuple(
        Override(**{**o, "concurred_on": _day(o.get("concurred_on"))})
        for o in values.get("overrides", ())
    )
    values["directions"] = tuple(
        Direction(**{**d, "by_when": _moment(d.get("by_when"))})
        for d in values.get("directions", ())
    )
    values["gates"] = tuple(Gate(**gate) for gate in values.get("gates", ()))
    values["commanders"] = tuple(
        Commander(**{**c, "zone_ids": tuple(c.get("zone_ids", ()))})
        for c in values.get("commanders", ())
    )
    return DraftContent(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
