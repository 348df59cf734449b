"""Conditions as data: headcounts, seats, strength, distance, hours, and what is asked in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import time
from fractions import Fraction

PERCENT = 100
# Whom a headcount may count; `phrases` has the words.
COUNTED = ("guests", "people", "customers", "passengers_of_a_taxi", "spectators")


@dataclass(frozen=True)
class Persons:
    """At most so many persons; `of` says which, `part` of what they are counted in."""

    at_most: int
    of: str
    part: str = ""

    def as_json(self) -> dict[str, object]:
        """Return the condition as the contract has it."""
        return {"kind": "persons", "at_most": self.at_most, "of": self.of, "part": self.part}


@dataclass(frozen=True)
class Seats:
    """At most `at_least` passengers or a share of the seats, whichever is more."""

    at_least: int
    percent: float
    part: str = ""

    def allowed(self, seats: int) -> int:
        """Return how many may sit in a vehicle: never more than it has seats.

        A share that is no whole number is rounded down: "not more than".
        """
        # Exact: in binary a share such as 57 % of 100 would fall short of its whole number.
        share = math.floor(seats * Fraction(str(self.percent)) / PERCENT)
        return min(seats, max(self.at_least, share))

    def as_json(self) -> dict[str, object]:
        """Return the condition as the contract has it."""
        return {
            "kind": "seats",
            "at_least": self.at_least,
            "percent": self.percent,
            "part": self.part,
        }


@dataclass(frozen=True)
class Strength:
    """At most so many percent of the normal strength, perhaps by turns."""

    percent: float
    is_alternating: bool = False

    def as_json(self) -> dict[str, object]:
        """Return the condition as the contract has it."""
        return {"kind": "strength", "percent": self.percent, "alternating": self.is_alternating}


@dataclass(frozen=True)
class Distance:
    """At least so many feet between persons."""

    feet: float

    def as_json(self) -> dict[str, object]:
        """Return the condition as the contract has it."""
        return {"kind": "distance", "feet": self.feet}


@dataclass(frozen=True)
class Requirement:
    """What is asked for in the memo's own words."""

    words: str

    def as_json(self) -> dict[str, object]:
        """Return the condition as the contract has it."""
        return {"kind": "requirement", "words": self.words}


@dataclass(frozen=True)
class Hours:
    """Hours of the day in India, from `begin` up to but without `end`, over midnight or not."""

    begin: time
    end: time

    def holds_at(self, moment: time) -> bool:
        """Return whether a time of day lies within."""
        if self.begin <= self.end:
            return self.begin <= moment < self.end
        return moment >= self.begin or moment < self.end

    def as_json(self) -> dict[str, object]:
        """Return the condition as the contract has it."""
        return {"kind": "hours", "from": f"{self.begin:%H:%M}", "to": f"{self.end:%H:%M}"}


Condition = Persons | Seats | Strength | Distance | Requirement
KINDS: dict[str, type[Condition]] = {
    "persons": Persons,
    "seats": Seats,
    "strength": Strength,
    "distance": Distance,
    "requirement": Requirement,
}
