"""Cuts for comparing two boundary editions, from `editions.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from zoning.model import Indices, Texts


@dataclass(frozen=True)
class EditionRule:
    """Cuts; a value that reaches one lies above it. Reasons stand in the data file.

    Attributes
    ----------
    sliver_width_m : float
        An overlap in which no circle of this diameter fits is a sliver ...
    sliver_share : float
        ... unless it makes this share of either unit.
    same_share : float
        Two units are the same ground if each shares this much with the other.
    main_share : float
        A code is continued if more than this of either unit lies in the other.
    part_share : float
        A unit without successor went into each unit that holds this share of it.
    whole_share : float
        A split or merger is clean if old and new ground agree this far.
    moved_ha, moved_share : float
        A border moved if either is reached.
    known_share : float
        A new unit gets a figure if old units cover this share of it.
    shape_tolerance_m : float
        How far the outline of what moved may be simplified.
    side_by_side : tuple[tuple[str, ...], ...]
        Levels that share out the same ground.
    source : tuple[str, ...]
        Where the cuts come from.
    """

    sliver_width_m: float
    sliver_share: float
    same_share: float
    main_share: float
    part_share: float
    whole_share: float
    moved_ha: float
    moved_share: float
    known_share: float
    shape_tolerance_m: float
    side_by_side: tuple[tuple[str, ...], ...]
    source: tuple[str, ...]


@cache
def edition_rule() -> EditionRule:
    """Return the cuts in force."""
    path = Path(__file__).with_name("editions.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return EditionRule(
        sliver_width_m=data["sliver_width_m"],
        sliver_share=data["sliver_share"],
        same_share=data["same_share"],
        main_share=data["main_share"],
        part_share=data["part_share"],
        whole_share=data["whole_share"],
        moved_ha=data["moved_ha"],
        moved_share=data["moved_share"],
        known_share=data["known_share"],
        shape_tolerance_m=data["shape_tolerance_m"],
        side_by_side=tuple(tuple(levels) for levels in data["side_by_side"]),
        source=tuple(data["source"]),
    )


def tiers(old_level: Texts, new_level: Texts, rule: EditionRule) -> tuple[Indices, Indices]:
    """Return numbers for the levels so that only units with the same number are compared.

    Parameters
    ----------
    old_level, new_level : Texts
        `Level` values of both editions, shapes (n_old,) and (n_new,).
    rule : EditionRule
        Says which levels lie side by side.

    Returns
    -------
    Indices
        Tier of each old unit, shape (n_old,).
    Indices
        Tier of each new unit, shape (n_new,).
    """
    present = sorted({str(level) for level in (*old_level, *new_level)})
    tier = {level: number for number, level in enumerate(present)}
    taken: set[str] = set()
    for levels in rule.side_by_side:
        beside = [level for level in levels if level in tier and level not in taken]
        if len(beside) > 1:
            taken.update(beside)
            tier.update(dict.fromkeys(beside, tier[beside[0]]))
    return (
        np.array([tier[str(level)] for level in old_level], dtype=np.int32),
        np.array([tier[str(level)] for level in new_level], dtype=np.int32),
    )
