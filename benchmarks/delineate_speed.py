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
from day_differences import unlike_areas, unlike_arrays, unlike_days, unlike_ground, unlike_places
from product_day import KEYS, ON, Product, Tables, as_cases, zones

from zoning.judgement.delineate import NO_CATEGORY
from zoning.model import Category

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Step:
    name: str
    plain: Callable[[], Any]
    product: Callable[[], Any]
    differs: Callable[[Any, Any], str]


def steps(tables: Tables, product: Product) -> list[Step]:
    on = pd.Timestamp(ON)
    cases = as_cases(tables.cases)
    lon, lat = cases.lon, cases.lat
    points = naive_day.points_of(tables.cases)
    zone = zones(product, cases)
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
            unlike_places(tables.cases, tables.units, "unit_id"),
        ),
        Step(
            "locate in booths",
            lambda: naive_day.located(points, tables.booths, "booth_id"),
            lambda: product.booths.locate(lon, lat),
            unlike_places(tables.cases, tables.booths, "booth_id"),
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
            "coverage union A, B, C",
            lambda: naive_day.united(tables.booths, drawn.category, KEYS),
            lambda: product.areas(drawn.category),
            unlike_areas,
        ),
        Step(
            "dissolve by coverage",
            lambda: naive_day.dissolved(tables.booths, drawn.category, KEYS, "coverage"),
            lambda: product.areas(drawn.category),
            unlike_ground,
        ),
        Step(
            "geopandas.dissolve",
            lambda: naive_day.dissolved(tables.booths, drawn.category, KEYS),
            lambda: product.areas(drawn.category),
            unlike_ground,
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
