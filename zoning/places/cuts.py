"""The cuts of the quality report, from `quality.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Cuts:
    """From what size on a fault of boundaries is told, and how far a repair may go.

    Attributes
    ----------
    readings_share : float
        Share of the area by which two readings of a faulty outline may differ.
    overlap_m2, gap_m2 : float
        Smallest overlap and gap that is told.
    gap_touch_m, sliver_touch_m : float
        How near a unit borders a gap, or a sliver.
    uncovered_share : float
        Share of a middling unit from which on a gap may be a missing unit.
    near_share : float
        Common over joint area from which on two units are near-duplicates.
    sliver_share : float
        Share of a middling unit below which a polygon is a sliver.
    far_factor, far_km : float
        How much further than a middling part, and how far, a part lies far away.
    findings_most, vertices_most, neighbours_most : int
        What is listed at most: findings of a kind, vertices of a shape, units beside a gap.
    """

    readings_share: float
    overlap_m2: float
    gap_m2: float
    gap_touch_m: float
    uncovered_share: float
    near_share: float
    sliver_share: float
    sliver_touch_m: float
    far_factor: float
    far_km: float
    findings_most: int
    vertices_most: int
    neighbours_most: int


@cache
def load_cuts() -> Cuts:
    """Return the cuts in force."""
    data = tomllib.loads(Path(__file__).with_name("quality.toml").read_text(encoding="utf-8"))
    return Cuts(
        readings_share=data["repair"]["readings_share"],
        overlap_m2=data["overlap"]["area_m2"],
        gap_m2=data["gap"]["area_m2"],
        gap_touch_m=data["gap"]["touch_m"],
        uncovered_share=data["gap"]["uncovered_share"],
        near_share=data["duplicate"]["near_share"],
        sliver_share=data["sliver"]["median_share"],
        sliver_touch_m=data["sliver"]["touch_m"],
        far_factor=data["far"]["median_factor"],
        far_km=data["far"]["distance_km"],
        findings_most=data["listing"]["findings_most"],
        vertices_most=data["listing"]["vertices_most"],
        neighbours_most=data["listing"]["neighbours_most"],
    )
