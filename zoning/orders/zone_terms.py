"""What an order says where it closes booths: who commands, the way out for the sick, its end.

Which of it refuses a publication and which is only told lies in `procedure.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from zoning.i18n.catalogue import tr
from zoning.orders.paper import Commander, Gate


class Need(StrEnum):
    """What people inside a cordon can't be without."""

    COMMANDER = "commander"
    MEDICAL_EXIT = "medical_exit"
    REVIEW_OR_EXPIRY = "review_or_expiry"


class Terms(Protocol):
    """What a draft or a printed order says of its zones."""

    @property
    def gates(self) -> tuple[Gate, ...]:
        """Return the ways through the cordons."""
        ...

    @property
    def commanders(self) -> tuple[Commander, ...]:
        """Return who commands; without zones in every one."""
        ...

    @property
    def review_at(self) -> datetime | None:
        """Return when it is looked at again."""
        ...

    @property
    def expires_at(self) -> datetime | None:
        """Return when it no longer stands."""
        ...


def unmet_needs(closed: Sequence[str], terms: Terms) -> Iterator[tuple[Need, str]]:
    """Yield what an order lacks that closes zones, with a sentence that tells the way out.

    Parameters
    ----------
    closed : sequence of str
        Containment zones in Category A; an order without any lacks nothing.
    terms : Terms
        What it says; its gates are taken as `placed_gates` places them.
    """
    gates = placed_gates(terms.gates, closed)
    for zone_id in closed:
        yield from unmet_in_zone(zone_id, gates, terms.commanders)
    if closed and terms.review_at is None and terms.expires_at is None:
        yield (
            Need.REVIEW_OR_EXPIRY,
            tr("The order closes booths and sets neither a review nor an expiry; set one of them."),
        )


def unmet_in_zone(
    zone_id: str, gates: Sequence[Gate], commanders: Sequence[Commander]
) -> Iterator[tuple[Need, str]]:
    """Yield what one containment zone lacks."""
    if not any(not led.zone_ids or zone_id in led.zone_ids for led in commanders):
        yield (
            Need.COMMANDER,
            tr("Containment zone {zone} has no incident commander.", zone=zone_id),
        )
    own = [gate for gate in gates if gate.zone_id == zone_id]
    if not own:
        yield Need.MEDICAL_EXIT, tr("Containment zone {zone} has no entry or exit.", zone=zone_id)
    elif not any(gate.is_medical_exit for gate in own):
        yield Need.MEDICAL_EXIT, tr("Containment zone {zone} has no medical exit.", zone=zone_id)


def placed_gates(gates: Sequence[Gate], closed: Sequence[str]) -> tuple[Gate, ...]:
    """Return the gates, those that name no zone in the only one there is.

    Where an order closes several zones they stay without one: a way out of one is none of another.
    """
    if len(closed) != 1:
        return tuple(gates)
    return tuple(gate if gate.zone_id else replace(gate, zone_id=closed[0]) for gate in gates)
