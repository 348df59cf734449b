"""Which ground an isolation unit divides, and what is told where it can't, or not only that."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import shapely

from zoning.i18n import forms
from zoning.i18n.catalogue import tr
from zoning.model import Finding, Geometries, Indices, Texts
from zoning.places.equal_area import equal_area_about


@dataclass(frozen=True)
class IsolationRule:
    """Share of a booth that is the whole of it; share of a unit that is more than a wall."""

    whole_share: float
    over_share: float


@dataclass(frozen=True)
class Plan:
    """What is divided.

    Attributes
    ----------
    pairs : tuple of tuple of int
        Ground and isolation unit; of one ground the first has what several claim.
    findings : tuple of Finding
        Row = position of the isolation unit + 1.
    """

    pairs: tuple[tuple[int, int], ...]
    findings: tuple[Finding, ...]

    def of_ground(self, ground: int) -> tuple[int, ...]:
        """Return the isolation units of a ground, the first to have what several claim."""
        return tuple(i for g, i in self.pairs if g == ground)


@cache
def isolation_rule() -> IsolationRule:
    """Return the shares in force."""
    path = Path(__file__).with_name("isolation.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return IsolationRule(data["whole_share"], data["over_share"])


def plan_isolation(
    booth_id: Texts,
    ground: Geometries,
    ground_of: Indices,
    isolation_id: Texts,
    shapes: Geometries,
    named: Texts,
) -> Plan:
    """Return which ground each isolation unit divides; see `isolation.carve`.

    Parameters
    ----------
    booth_id : Texts
        Codes of the booths, shape (n,).
    ground : Geometries
        Grounds in WGS84 degrees, shape (g,).
    ground_of : Indices
        Position of each booth's ground, shape (n,).
    isolation_id : Texts
        Codes of the isolation units, shape (m,).
    shapes : Geometries
        Their polygons in WGS84 degrees, shape (m,).
    named : Texts
        The booths they name, shape (m,); empty where they name none.
    """
    planning = _Planning(booth_id, ground, ground_of, isolation_id, shapes)
    for i in np.argsort(isolation_id.astype(str), kind="stable"):
        planning.take(int(i), str(named[i]))
    planning.drop_whole()
    return Plan(tuple(planning.pairs), tuple(sorted(planning.findings, key=lambda f: f.row)))


class _Planning:
    """Takes isolation units one by one, the smallest code first."""

    def __init__(
        self,
        booth_id: Texts,
        ground: Geometries,
        ground_of: Indices,
        isolation_id: Texts,
        shapes: Geometries,
    ) -> None:
        self.ground, self.ground_of = ground, ground_of
        self.isolation_id, self.shapes = isolation_id, shapes
        self.rule = isolation_rule()
        self.pairs: list[tuple[int, int]] = []
        self.findings: list[Finding] = []
        self._position = {str(booth): at for at, booth in enumerate(booth_id)}
        self._members: dict[int, list[str]] = defaultdict(list)
        for booth, g in zip(booth_id, ground_of, strict=True):
            self._members[int(g)].append(str(booth))
        self._part_ids = set(self._position)
        self._system = equal_area_about(np.concatenate([ground, shapes]))
        i, g = shapely.STRtree(ground).query(shapes, predicate="intersects")
        inside = np.asarray(shapely.intersection(shapes[i], ground[g]), dtype=object)
        self._inside = {(int(b), int(a)): shape for a, b, shape in zip(i, g, inside, strict=True)}
        self._grounds_of: dict[int, list[int]] = defaultdict(list)
        for a, b in zip(i, g, strict=True):
            self._grounds_of[int(a)].append(int(b))

    def take(self, i: int, named: str) -> None:
        """Take an isolation unit into what is divided, or tell why not."""
        least_m2 = self.rule.over_share * self._area_m2(self.shapes[i])
        reached = [
            g for g in sorted(self._grounds_of[i]) if self._area_m2(self._inside[g, i]) > least_m2
        ]
        if named:
            reached = [g for g in reached if named in self._members[g]]
        if not reached:
            self._tell_elsewhere(i, named)
            return
        if len(reached) > 1:
            message = tr(
                "the isolation unit lies in several booths ({booths}); each is divided, with a "
                "part of its own",
                booths="; ".join(self._booths(g) for g in reached),
            )
            self._tell(i, "isolation_in_several", message)
        within = shapely.union_all([self._inside[g, i] for g in reached])
        outside_m2 = self._area_m2(self.shapes[i]) - self._area_m2(within)
        if outside_m2 > least_m2:
            message = tr(
                "{area} of the isolation unit lie outside booth {booth}; only what lies in it is "
                "contained alone",
                area=forms.area(outside_m2),
                booth="; ".join(self._booths(g) for g in reached),
            )
            self._tell(i, "isolation_outside", message)
        self.pairs += [(g, i) for g in reached if self._is_free(g, i)]

    def drop_whole(self) -> None:
        """Leave out grounds of which isolation units leave nothing: they are contained whole."""
        units: dict[int, list[int]] = defaultdict(list)
        for g, i in self.pairs:
            units[g].append(i)
        for g, own in units.items():
            taken = shapely.union_all([self._inside[g, i] for i in own])
            if self._area_m2(taken) < self.rule.whole_share * self._area_m2(self.ground[g]):
                continue
            self.pairs = [pair for pair in self.pairs if pair[0] != g]
            for i in own:
                message = tr(
                    "isolation units leave nothing of booth {booth}, so it isn't divided",
                    booth=self._booths(g),
                )
                self._tell(i, "isolation_whole", message)

    def _is_free(self, g: int, i: int) -> bool:
        """Return whether earlier isolation units leave ground and code to this one."""
        own = self._inside[g, i]
        others = [n for h, n in self.pairs if h == g and self._overlap_m2(g, n, own) > 0]
        if others:
            taken = shapely.union_all([self._inside[g, n] for n in others])
            left_m2 = self._area_m2(shapely.difference(own, taken))
            is_free = left_m2 > self.rule.over_share * self._area_m2(own)
            codes = ", ".join(str(self.isolation_id[n]) for n in others)
            message = (
                tr(
                    "the isolation unit overlaps {others}; the ground of both belongs to the "
                    "smaller code",
                    others=codes,
                )
                if is_free
                else tr(
                    "the isolation unit lies in {others}, which has its ground; it divides nothing",
                    others=codes,
                )
            )
            self._tell(i, "isolation_overlap", message)
            if not is_free:
                return False
        part_ids = {f"{booth}/{self.isolation_id[i]}" for booth in self._members[g]}
        if part_ids & self._part_ids:
            message = tr(
                "{part} is the code of another booth or part; give the isolation unit another code",
                part=min(part_ids & self._part_ids),
            )
            self._tell(i, "isolation_code_taken", message)
            return False
        self._part_ids |= part_ids
        return True

    def _tell_elsewhere(self, i: int, named: str) -> None:
        if not named:
            message = tr("the isolation unit lies on the ground of no booth; it divides none")
        elif named in self._position:
            message = tr(
                "the isolation unit doesn't lie in booth {booth}; it divides none, and the booth "
                "is contained as a whole",
                booth=named,
            )
        else:
            message = tr(
                "{booth} is no booth known here; the isolation unit divides none", booth=named
            )
        self._tell(i, "isolation_elsewhere", message)

    def _tell(self, i: int, code: str, message: str) -> None:
        self.findings.append(Finding(i + 1, code, message))

    def _overlap_m2(self, g: int, n: int, own: shapely.Geometry) -> float:
        return self._area_m2(shapely.intersection(self._inside[g, n], own))

    def _area_m2(self, shape: shapely.Geometry) -> float:
        metres = self._system.to_metres(np.array([shape], dtype=object))
        return float(shapely.area(metres)[0])

    def _booths(self, g: int) -> str:
        return ", ".join(self._members[g])
