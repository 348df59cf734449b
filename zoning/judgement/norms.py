"""Norms of what a containment zone asks for, from `consequences.toml`: dated and sourced."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from zoning.errors import RuleError
from zoning.i18n.catalogue import tr

NORMS_FILE = Path(__file__).with_name("consequences.toml")


@dataclass(frozen=True)
class Norms:
    """How many houses a worker visits, and from where on a zone is told to be too much.

    Attributes
    ----------
    id : str
        Its name.
    valid_from : date
        First day it holds.
    source : tuple of str
        What it rests on.
    ours : str
        What we read into it.
    houses_per_worker : tuple of int
        The norms in use, each shown.
    household_size : float
        People in a house, where the unit's own figure isn't known.
    whole_unit_share : float
        Share of a unit's booths in one zone, from which on the zone is said to take it whole.
    people_per_case_most : float
        People in zone and buffer for each case, above which the zone is called extreme.
    """

    id: str
    valid_from: date
    source: tuple[str, ...]
    ours: str
    houses_per_worker: tuple[int, ...]
    household_size: float
    whole_unit_share: float
    people_per_case_most: float


@cache
def norms() -> Norms:
    """Return the norms in force."""
    return read_norms(NORMS_FILE)


def read_norms(path: Path) -> Norms:
    """Return the norms of a file, checked.

    Raises
    ------
    RuleError
        Naming the file and the entry that is missing or wrong.
    """
    try:
        with path.open("rb") as file:
            return _norms(tomllib.load(file))
    except (KeyError, TypeError, ValueError) as fault:
        raise RuleError(
            tr("{file} holds no usable norms: {fault}.", file=path.name, fault=fault)
        ) from fault


def _norms(data: dict[str, Any]) -> Norms:
    houses, warn = data["houses"], data["warn"]
    read = Norms(
        id=data["id"],
        valid_from=data["valid_from"],
        source=tuple(data["source"]),
        ours=data["ours"],
        houses_per_worker=tuple(int(n) for n in houses["per_worker"]),
        household_size=float(houses["household_size"]),
        whole_unit_share=float(warn["whole_unit_share"]),
        people_per_case_most=float(warn["people_per_case_most"]),
    )
    if not read.source:
        raise ValueError("source = []")
    if not read.houses_per_worker or min(read.houses_per_worker) < 1:
        raise ValueError(f"houses.per_worker = {read.houses_per_worker}")
    if not read.household_size >= 1:
        raise ValueError(f"houses.household_size = {read.household_size}")
    if not 0 < read.whole_unit_share <= 1:
        raise ValueError(f"warn.whole_unit_share = {read.whole_unit_share}")
    if not read.people_per_case_most > 0:
        raise ValueError(f"warn.people_per_case_most = {read.people_per_case_most}")
    return read
