"""A day's delineation against plain geopandas, step by step, in one process in rotation.

    python benchmarks/delineate_speed.py [--size city|state] [--rounds N]

Prints CPU seconds (user and system; medians) and their ratios for locating, counting, the
buffer, joining the cells of a category, and the whole day. What Seemana prepares once for an
edition is timed apart. Every answer is compared exactly; exit status 1 if one differs.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import naive_day
import numpy as np
import pandas as pd
import shapely

from zoning import crs as crs_guard
from zoning.judgement.delineate import NO_CATEGORY, Delineation, delineate
from zoning.judgement.policy import DEFAULT, load_policy
from zoning.model import OUTCOME_CODES, Cases, Category
from zoning.places.arcs import CoverageArcs, coverage_arcs
from zoning.places.dissolve import dissolve
from zoning.places.locate import build_lasting_locator
from zoning.places.neighbours import Neighbours, neighbours_within
from zoning.surveillance.counts import count_cases

HERE = Path(__file__).parent
ON = "2020-08-31"
KEYS = [key.value for key in Category]


@dataclass(frozen=True)
class Tables:
    """What both sides start from."""

    units: gpd.GeoDataFrame
    booths: gpd.GeoDataFrame
    cases: pd.DataFrame

    @classmethod
    def read(cls, units: Path, booths: Path, cases: Path) -> Tables:
        frame = pd.read_parquet(cases)
        for column in ("confirmed_on", "outcome_on"):
            frame[column] = pd.to_datetime(frame[column])
        return cls(gpd.read_parquet(units), gpd.read_parquet(booths), frame)


class Product:
    """One edition prepared, and its steps."""

    def __init__(self, tables: Tables) -> None:
        self.policy = load_policy(DEFAULT)
        self.reach_m = self.policy.reach(self.policy.default_m)
        self.n_booths, self.n_units = len(tables.booths), len(tables.units)
        unit_id = tables.units["unit_id"].to_numpy(dtype=object)
        booth_id = tables.booths["booth_id"].to_numpy(dtype=object)
        cells = tables.booths.geometry.to_numpy(dtype=object)
        self.metric = crs_guard.to_metric(cells, crs_guard.local_equidistant(cells))
        position = pd.Series(np.arange(self.n_units, dtype=np.int32), index=unit_id)
        self.unit_index = position[tables.booths["unit_id"]].to_numpy()
        self.prepared_s: dict[str, float] = {}
        self.units = self._timed(
            "locator of units",
            lambda: build_lasting_locator(tables.units.geometry.to_numpy(), unit_id),
        )
        # On a border the smallest unit decides, then the smallest booth, as in the workflow.
        rank = np.empty(self.n_booths, dtype=np.int64)
        rank[np.lexsort((booth_id.astype(str), unit_id[self.unit_index].astype(str)))] = np.arange(
            self.n_booths
        )
        keys = np.array([f"{n:09d}" for n in rank], dtype=object)
        self.booths = self._timed("locator of booths", lambda: build_lasting_locator(cells, keys))
        self.neighbours = self._timed(
            f"neighbours within {self.reach_m:.0f} m",
            lambda: Neighbours.from_bytes(neighbours_within(self.metric, self.reach_m).to_bytes()),
        )
        arcs = self._timed("arcs of booths", lambda: coverage_arcs(cells))
        assert arcs is not None, "the booths aren't a coverage"
        self.arcs = self._timed("arcs from bytes", lambda: CoverageArcs.from_bytes(arcs.to_bytes()))

    def _timed(self, name: str, make: Callable[[], Any]) -> Any:
        began = time.process_time()
        made = make()
        self.prepared_s[name] = time.process_time() - began
        return made

    def active(self, cases: Cases, index: np.ndarray) -> np.ndarray:
        n, n_days = self.n_booths + self.n_units, self.policy.history_days
        first_day = np.datetime64(ON, "D") - np.timedelta64(n_days - 1, "D")
        return self.policy.affecting(count_cases(cases, index, n, first_day, n_days))

    def day(self, cases: Cases, zone: np.ndarray) -> Delineation:
        assert cases.lon is not None and cases.lat is not None
        booth = self.booths.locate(cases.lon, cases.lat)
        index = booth.copy()
        lost = np.flatnonzero(booth < 0)
        unit = self.units.locate(cases.lon[lost], cases.lat[lost])
        index[lost] = np.where(unit >= 0, self.n_booths + unit, -1)
        active = self.active(cases, index)
        return delineate(
            zone[self.unit_index],
            active[: self.n_booths],
            self.unit_index,
            active[self.n_booths :],
            self.neighbours.reached_from,
        )

    def areas(self, category: np.ndarray) -> np.ndarray:
        kind = np.full(self.n_booths, -1, dtype=np.int64)
        for number, key in enumerate(KEYS):
            kind[category == key] = number
        return dissolve(self.arcs, kind, len(KEYS))


@dataclass(frozen=True)
class Step:
    name: str
    plain: Callable[[], Any]
    product: Callable[[], Any]
    differs: Callable[[Any, Any], str]


def as_cases(frame: pd.DataFrame) -> Cases:
    n = len(frame)
    nothing = np.zeros(n, dtype=bool)
    return Cases(
        row=np.arange(1, n + 1),
        confirmed_on=frame["confirmed_on"].to_numpy("datetime64[D]"),
        count=np.ones(n, dtype=np.int64),
        outcome=frame["outcome"].fillna("").map(OUTCOME_CODES).to_numpy(np.int8),
        outcome_on=frame["outcome_on"].to_numpy("datetime64[D]"),
        is_imported=nothing,
        is_institutional=nothing,
        lon=frame["lon"].to_numpy(),
        lat=frame["lat"].to_numpy(),
    )


def zones(tables: Tables, product: Product, cases: Cases) -> np.ndarray:
    """Green where nobody is ill, red elsewhere: only which units are green matters here."""
    index = product.units.locate(cases.lon, cases.lat)
    index[index >= 0] += product.n_booths
    return np.where(product.active(cases, index)[product.n_booths :] > 0, "red", "green").astype(
        object
    )


def unlike_places(tables: Tables, areas: gpd.GeoDataFrame, key: str) -> Callable[[Any, Any], str]:
    """Compare places; a point that lies within no area is on a border or outside all of them."""

    def compare(plain: pd.Series, product: np.ndarray) -> str:
        position = pd.Series(np.arange(len(areas)), index=areas[key])
        expected = np.full(len(product), -1)
        expected[plain.index] = position[plain].to_numpy()
        open_ = np.flatnonzero(expected < 0)
        rest = naive_day.points_of(tables.cases.iloc[open_])
        touching = gpd.sjoin(rest[["geometry"]], areas[[key, "geometry"]], predicate="intersects")
        smallest = touching.groupby(level=0)[key].min()
        expected[smallest.index] = position[smallest].to_numpy()
        unlike = int((expected != product).sum())
        print(f"  {len(product):,} points, {len(smallest)} on a border", file=sys.stderr)
        return f"{unlike} points lie elsewhere" if unlike else ""

    return compare


def unlike_arrays(plain: np.ndarray, product: np.ndarray) -> str:
    unlike = int((np.asarray(plain) != np.asarray(product)).sum())
    return f"{unlike} of {len(product)} differ" if unlike else ""


def unlike_areas(plain: list, product: np.ndarray) -> str:
    pairs = zip(plain, product, strict=True)
    same = [
        shapely.is_empty(one)
        if other is None
        # Corner by corner, once both list their parts in the same order.
        else shapely.normalize(shapely.multipolygons(shapely.get_parts(one)))
        == shapely.normalize(other)
        for one, other in pairs
    ]
    return "" if all(same) else f"areas differ: {same}"


def unlike_days(plain: pd.DataFrame, product: Delineation) -> str:
    return " ".join(
        f"{name}: {found}"
        for name in ("category", "watch", "needs_survey")
        if (found := unlike_arrays(plain[name].to_numpy(), getattr(product, name)))
    )


def steps(tables: Tables, product: Product) -> list[Step]:
    on = pd.Timestamp(ON)
    cases = as_cases(tables.cases)
    lon, lat = cases.lon, cases.lat
    points = naive_day.points_of(tables.cases)
    zone = zones(tables, product, cases)
    zone_by_id = pd.Series(zone, index=tables.units["unit_id"])
    metric = gpd.GeoDataFrame(geometry=product.metric)
    booth = product.booths.locate(lon, lat)
    place = pd.Series(booth[booth >= 0], index=np.flatnonzero(booth >= 0))
    drawn = product.day(cases, zone)
    is_affected = drawn.category == Category.AFFECTED.value
    told = {key or "green": int((drawn.category == key).sum()) for key in [*KEYS, NO_CATEGORY]}
    print(f"  booths: {told}", file=sys.stderr)
    counts = lambda plain: plain.reindex(range(product.n_booths), fill_value=0).to_numpy()  # noqa: E731
    return [
        Step(
            "locate in units",
            lambda: naive_day.located(points, tables.units, "unit_id"),
            lambda: product.units.locate(lon, lat),
            unlike_places(tables, tables.units, "unit_id"),
        ),
        Step(
            "locate in booths",
            lambda: naive_day.located(points, tables.booths, "booth_id"),
            lambda: product.booths.locate(lon, lat),
            unlike_places(tables, tables.booths, "booth_id"),
        ),
        Step(
            "count by booth",
            lambda: naive_day.counted(tables.cases, place, on),
            lambda: product.active(cases, booth),
            lambda plain, own: unlike_arrays(counts(plain), own[: product.n_booths]),
        ),
        Step(
            "buffer",
            lambda: naive_day.near(metric, is_affected, product.reach_m),
            lambda: product.neighbours.reached_from(is_affected),
            lambda plain, own: unlike_arrays(plain & ~is_affected, own & ~is_affected),
        ),
        Step(
            "dissolve A, B, C",
            lambda: naive_day.dissolved(tables.booths, drawn.category, KEYS),
            lambda: product.areas(drawn.category),
            unlike_areas,
        ),
        Step(
            "whole day",
            lambda: naive_day.day(
                tables.cases, tables.booths, metric, tables.units, zone_by_id, on, product.reach_m
            ),
            lambda: product.day(cases, zone),
            unlike_days,
        ),
    ]


def cpu_s(do: Callable[[], Any]) -> tuple[float, Any]:
    gc.collect()
    began = time.process_time()
    answer = do()
    return time.process_time() - began, answer


def compare(step: Step, rounds: int) -> tuple[float, float, str]:
    """Return the median CPU seconds of both sides, and what differs."""
    taken: dict[str, list[float]] = {"plain": [], "product": []}
    for turn in range(rounds):
        # Every other round backwards, so that neither always finds the memory warm.
        for side in ("plain", "product")[:: 1 if turn % 2 == 0 else -1]:
            seconds, answer = cpu_s(getattr(step, side))
            taken[side].append(seconds)
            if side == "plain":
                plain = answer
            else:
                product = answer
            del answer
    difference = step.differs(plain, product)
    return statistics.median(taken["plain"]), statistics.median(taken["product"]), difference


def make_input(size: str) -> tuple[Path, Path, Path]:
    """Generate in a process of its own; return units, booths and cases."""
    line = subprocess.run(
        [sys.executable, str(HERE / "generate.py"), "--size", size, "--booths"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    return Path(line[1]), Path(line[0]), Path(line[2])


def run(tables: Tables, rounds: int) -> list[str]:
    """Print the table; return what differs."""
    product = Product(tables)
    for name, seconds in product.prepared_s.items():
        print(f"once an edition: {name:28}{seconds:>8.2f}")
    print(f"{'CPU s':24}{'geopandas':>12}{'Seemana':>12}{'ratio':>8}")
    differences = []
    for step in steps(tables, product):
        plain, own, difference = compare(step, rounds)
        print(f"{step.name:24}{plain:>12.3f}{own:>12.4f}{plain / max(own, 1e-9):>7.0f}x")
        if difference:
            differences.append(f"{step.name}: {difference}")
    return differences


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", choices=("city", "state"), default="state")
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    differences = run(Tables.read(*make_input(arguments.size)), arguments.rounds)
    print("\n".join(differences) or "answers: identical")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
