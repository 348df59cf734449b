"""The words of the field as enums."""

from __future__ import annotations

from enum import StrEnum


class Zone(StrEnum):
    """Colour of a unit, declared by an order or proposed by a rule."""

    RED = "red"
    ORANGE = "orange"
    GREEN = "green"
    UNCLASSIFIED = "unclassified"


class Category(StrEnum):
    """Containment category of a polling-station booth (memo 177-CS/2020)."""

    AFFECTED = "A"
    BUFFER = "B"
    CLEAN = "C"


class ParameterClass(StrEnum):
    """What one parameter says of one unit."""

    CRITICAL = "critical"
    INTERMEDIATE = "intermediate"
    DESIRABLE = "desirable"
    INSUFFICIENT = "insufficient"
    NOT_COMPUTABLE = "not_computable"
    NOT_SUPPLIED = "not_supplied"


class DoublingState(StrEnum):
    """How a doubling time came about, or why there is none."""

    COMPUTED = "computed"
    INFINITE = "infinite"
    INSUFFICIENT = "insufficient"
    NEW_EMERGENCE = "new_emergence"
    NOT_COMPUTABLE = "not_computable"


class Level(StrEnum):
    """Kind of administrative unit."""

    STATE = "state"
    DISTRICT = "district"
    SUBDIVISION = "subdivision"
    BLOCK = "block"
    MUNICIPALITY = "municipality"
    CORPORATION = "corporation"
    BOROUGH = "borough"
    WARD = "ward"
    GRAM_PANCHAYAT = "gram_panchayat"
    POLICE_STATION = "police_station"


class FacilityKind(StrEnum):
    """Kind of facility on the map."""

    HOSPITAL = "hospital"
    AMBULANCE = "ambulance"
    OXYGEN = "oxygen"
    HEARSE = "hearse"
    DESK = "desk"


class Outcome(StrEnum):
    """How a case ended; `ENDED` where a day is told and the kind isn't.

    `RETRACTED` is a case that never was one: a mistake taken back by who reported it.
    """

    RECOVERED = "recovered"
    DIED = "died"
    ENDED = "ended"
    RETRACTED = "retracted"


OUTCOME_CODES: dict[str, int] = {
    "": 0,
    Outcome.RECOVERED: 1,
    Outcome.DIED: 2,
    Outcome.ENDED: 3,
    Outcome.RETRACTED: 4,
}
