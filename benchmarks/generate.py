"""Units, cases and booths of city, state and nation size, the same on every run.

    python benchmarks/generate.py --size city|state|nation [--booths] [--parts N] [--folder DIR]

Units are a valid coverage with grown borders (GeoParquet), cases carry
coordinates only (Parquet), booths have the areas that Seemana derives from their
points (GeoParquet). The nation comes as one set of files a district, each with
its own seed, so that a district can be made alone; its districts lie beside each
other like tiles, with gaps and overlaps of some hundred metres.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import shapely

from zoning.demo.tessellation import densified
from zoning.demo.warp import draw_warp
from zoning.model import Booths, Units
from zoning.places.booth_areas import booth_areas

SEED = 177
LAST_DAY = np.datetime64("2020-08-31")
DAYS = 200
FOLDER = Path("var") / "bench"

KM_PER_DEGREE = 111.0
LOW_LON, LOW_LAT = 78.0, 21.0
OUTSIDE_SHARE = 0.003


@dataclass(frozen=True)
class Size:
    units: int
    cases: int
    booths: int
    vertices: int  # a unit
    unit_km: float  # side of a unit, were it a square
    parts: int = 1


SIZES = {
    "city": Size(units=144, cases=100_000, booths=5_000, vertices=300, unit_km=1.2),
    "state": Size(units=6_300, cases=2_000_000, booths=79_000, vertices=150, unit_km=3.75),
    "nation": Size(units=480, cases=62_000, booths=1_370, vertices=120, unit_km=3.2, parts=730),
    "hamlet": Size(units=12, cases=3_000, booths=90, vertices=40, unit_km=1.5, parts=4),
}


@dataclass(frozen=True)
class Plane:
    """Convex cells in a flat plane of kilometres, and the way from there to degrees."""

    size: Size
    part: int
    seeds: np.ndarray
    cells: np.ndarray
    width: float
    height: float

    def on_globe(self, points: np.ndarray) -> np.ndarray:
        km = self.size.unit_km
        # borders that wander at the scale of a unit, of a road and of a field
        octaves = [[0.22 * km, 3.1 * km], [0.08 * km, 1.0 * km], [0.018 * km, 0.25 * km]]
        moved = draw_warp(np.random.default_rng([SEED, self.part, 1]), octaves).apply(points)
        columns = int(np.ceil(np.sqrt(self.size.parts)))
        shift = (self.part % columns * self.width, self.part // columns * self.height)
        return (LOW_LON, LOW_LAT) + (moved + shift) / KM_PER_DEGREE


def lay_out(size: Size, part: int) -> Plane:
    """Jittered seeds on a grid, Voronoi cells clipped to a rectangle."""
    rng = np.random.default_rng([SEED, part, 0])
    columns = int(np.ceil(np.sqrt(size.units * 1.3)))
    rows = int(np.ceil(size.units / columns))
    corner = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), axis=-1).reshape(-1, 2)
    seeds = (corner + 0.5 + rng.uniform(-0.38, 0.38, corner.shape))[: size.units] * size.unit_km
    width, height = columns * size.unit_km, rows * size.unit_km
    box = shapely.box(0, 0, width, height)
    cells = shapely.voronoi_polygons(shapely.multipoints(seeds), extend_to=box, ordered=True)
    clipped = shapely.intersection(shapely.get_parts(cells), box)
    # to a millimetre: two neighbours compute a shared corner in two ways
    corners = shapely.transform(clipped, lambda xy: xy.round(6))
    return Plane(size, part, seeds, corners, width, height)


def make_units(plane: Plane) -> geopandas.GeoDataFrame:
    rng = np.random.default_rng([SEED, plane.part, 2])
    n = len(plane.cells)
    spacing = shapely.length(plane.cells).sum() / (n * plane.size.vertices)
    grown = shapely.transform(densified(plane.cells, spacing), plane.on_globe)
    assert shapely.coverage_is_valid(grown) and shapely.is_valid(grown).all()
    people = np.exp(rng.normal(9.7, 0.45, n)).round()
    people[rng.random(n) < 0.005] = np.nan
    number = np.arange(1, n + 1)
    return geopandas.GeoDataFrame(
        {
            "unit_id": [f"U{plane.part:03d}-{i:05d}" for i in number],
            "name": [f"Unit {i}" for i in number],
            "population": pd.array(people, dtype="Int64"),
            "level": "ward" if plane.size is SIZES["city"] else "gram_panchayat",
            "parent_id": [f"P{plane.part:03d}-{i // 60:03d}" for i in number],
        },
        geometry=list(grown),
        crs="EPSG:4326",
    )


def make_cases(plane: Plane, population: np.ndarray) -> pd.DataFrame:
    """Every unit has its own wave; a quarter of the units have none for weeks."""
    rng = np.random.default_rng([SEED, plane.part, 3])
    n_units, n = len(plane.cells), plane.size.cases
    weight = np.nan_to_num(population, nan=15_000.0) * np.exp(rng.normal(0, 0.9, n_units))
    peak = rng.uniform(20, DAYS + 60, n_units)
    width = rng.uniform(8, 30, n_units)
    unit = rng.choice(n_units, n, p=weight / weight.sum())
    # A wave that would run past the last day is folded back upon the days that were observed.
    day = (peak[unit] + rng.normal(0, 1, n) * width[unit]).round().astype(np.int64)
    late = day >= DAYS
    day[late] = rng.triangular(0, DAYS, DAYS, late.sum()).astype(np.int64)
    day = np.clip(day, 0, DAYS - 1)
    order = np.argsort(day, kind="stable")
    unit, day = unit[order], day[order]
    spot = spots(rng, plane, unit)
    stray = rng.random(n) < OUTSIDE_SHARE
    spot[stray] = -spot[stray] - plane.size.unit_km
    spot = plane.on_globe(spot)
    dies = rng.random(n) < 0.015
    ended = day + 1 + rng.gamma(np.where(dies, 3.0, 12.0), np.where(dies, 3.2, 1.0), n).astype(int)
    is_known = (ended < DAYS) & (rng.random(n) > 0.02)
    first = LAST_DAY - DAYS + 1
    outcome = np.where(is_known, np.where(dies, "died", "recovered"), None)
    ended_on = pd.Series(np.where(is_known, first + ended, np.datetime64("NaT")))
    return pd.DataFrame(
        {
            "case_id": [f"C{plane.part:03d}{i:08d}" for i in range(1, n + 1)],
            "lon": spot[:, 0].round(7),
            "lat": spot[:, 1].round(7),
            "confirmed_on": pd.Series(first + day).astype("date32[pyarrow]"),
            "outcome": outcome,
            "outcome_on": ended_on.astype("date32[pyarrow]"),
        }
    )


def make_booths(plane: Plane, units: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    rng = np.random.default_rng([SEED, plane.part, 4])
    n = plane.size.booths
    unit = np.sort(rng.integers(0, len(units), n))
    unit_id = units["unit_id"].to_numpy(dtype=object)
    name = units["name"].to_numpy(dtype=object)
    nothing = np.full(len(units), "", dtype=object)
    people = np.full(len(units), np.nan)
    where = units.geometry.to_numpy(dtype=object)
    booth_id = np.array([f"B{plane.part:03d}-{i:06d}" for i in range(1, n + 1)], dtype=object)
    number = np.array([f"Booth {i}" for i in range(1, n + 1)], dtype=object)
    voters = np.exp(rng.normal(6.8, 0.3, n)).round()
    points = shapely.points(plane.on_globe(spots(rng, plane, unit)))
    booths = Booths(booth_id, unit_id[unit], number, voters, points)
    areas = booth_areas(booths, Units(unit_id, name, people, nothing, nothing, where))
    drawn = geopandas.GeoDataFrame(
        {
            "booth_id": booth_id,
            "unit_id": unit_id[unit],
            "name": number,
            "population": voters.astype(np.int64),
        },
        geometry=list(areas.geometry),
        crs="EPSG:4326",
    )
    # A point that the wandering border left outside its unit has no ground there.
    return drawn[~drawn.geometry.isna()].reset_index(drop=True)


def spots(rng: np.random.Generator, plane: Plane, unit: np.ndarray) -> np.ndarray:
    """A point of each case's cell: in a random triangle between the seed and one edge."""
    corners, owner = shapely.get_coordinates(plane.cells, return_index=True)
    first = np.searchsorted(owner, np.arange(len(plane.cells) + 1))
    edges = np.diff(first) - 1
    edge = first[unit] + (rng.random(len(unit)) * edges[unit]).astype(np.int64)
    along, outward = rng.random((2, len(unit), 1))
    rim = corners[edge] * along + corners[edge + 1] * (1 - along)
    point = plane.seeds[unit] + (rim - plane.seeds[unit]) * np.sqrt(outward)
    return point


def write(size_name: str, folder: Path, part: int = 0) -> tuple[Path, Path]:
    """Write one part unless it is there; return the paths of units and cases."""
    suffix = f"-{part:03d}" if SIZES[size_name].parts > 1 else ""
    units_path = folder / f"{size_name}{suffix}-units.parquet"
    cases_path = folder / f"{size_name}{suffix}-cases.parquet"
    if units_path.exists() and cases_path.exists():
        return units_path, cases_path
    folder.mkdir(parents=True, exist_ok=True)
    plane = lay_out(SIZES[size_name], part)
    units = make_units(plane)
    units.to_parquet(units_path, index=False)
    people = units["population"].to_numpy(float, na_value=np.nan)
    make_cases(plane, people).to_parquet(cases_path, index=False)
    return units_path, cases_path


def write_booths(size_name: str, folder: Path, part: int = 0) -> Path:
    """Write the booths of one part, and its units and cases, unless they are there."""
    units_path, _ = write(size_name, folder, part)
    path = units_path.with_name(units_path.name.replace("-units", "-booths"))
    if not path.exists():
        plane = lay_out(SIZES[size_name], part)
        make_booths(plane, geopandas.read_parquet(units_path)).to_parquet(path, index=False)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", choices=SIZES, default="city")
    parser.add_argument("--parts", type=int, help="only the first districts of the nation")
    parser.add_argument("--booths", action="store_true", help="booths too, with their areas")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    began = time.monotonic()
    for part in range(arguments.parts or SIZES[arguments.size].parts):
        units_path, cases_path = write(arguments.size, arguments.folder, part)
        if arguments.booths:
            print(write_booths(arguments.size, arguments.folder, part))
        print(units_path, cases_path, f"{time.monotonic() - began:.1f} s")


if __name__ == "__main__":
    main()
