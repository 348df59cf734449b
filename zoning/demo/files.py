"""The district's folder: written by the generator, read by the store and the tests.

Its files have the columns of the command-line contract and dates of the plan,
so that `zoning classify` takes them as they lie there.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry import mapping

from zoning.clock import as_utc
from zoning.demo import tables
from zoning.demo.district import Demo, dated, generate_district
from zoning.demo.plan import read_plan
from zoning.errors import InputError
from zoning.i18n.catalogue import tr
from zoning.model import Level, Texts, Units

# Kept in a file of their own: a case that has only a point lies in one ward, and in all above it.
JUDGED = (Level.WARD, Level.GRAM_PANCHAYAT)
FOLDER = Path(__file__).parents[2] / "data" / "boundaries" / "demo"


def write_district(folder: Path = FOLDER) -> Demo:
    """Generate the district, write its files and return it with the plan's own dates."""
    demo = generate_district(read_plan())
    folder.mkdir(parents=True, exist_ok=True)
    is_judged = np.isin(demo.units.level, JUDGED)
    for name, chosen in (("units", is_judged), ("areas", ~is_judged)):
        text = _units_text(demo, name, np.flatnonzero(chosen))
        (folder / f"{name}.geojson").write_text(text, encoding="utf-8", newline="\n")
    _write_csv(tables.booth_frame(demo.booths), folder / "booths.csv")
    _write_csv(tables.facility_frame(demo.facilities), folder / "facilities.csv")
    _write_parquet(tables.case_frame(demo.cases), folder / "cases.parquet")
    _write_parquet(tables.test_frame(demo.tests), folder / "tests.parquet")
    return demo


def load_district(folder: Path, last_day: date, at: datetime) -> Demo:
    """Return the district with its dates moved, see `zoning.demo.district.dated`.

    Raises
    ------
    InputError
        If a file is missing or can't be read.
    """
    return dated(read_district(folder), last_day, at)


def read_district(folder: Path = FOLDER) -> Demo:
    """Return the district of a folder with the dates it was written with.

    Raises
    ------
    InputError
        If a file is missing or can't be read.
    """
    try:
        areas, collection = (
            json.loads((folder / name).read_text(encoding="utf-8"))
            for name in ("areas.geojson", "units.geojson")
        )
        return Demo(
            name=collection["district"],
            authority=collection["authority"],
            units=_units(areas["features"] + collection["features"]),
            booths=tables.booths_of(pd.read_csv(folder / "booths.csv")),
            cases=tables.cases_of(pd.read_parquet(folder / "cases.parquet")),
            tests=tables.tests_of(pd.read_parquet(folder / "tests.parquet")),
            facilities=tables.facilities_of(
                pd.read_csv(folder / "facilities.csv", dtype={"phone": str})
            ),
            last_day=date.fromisoformat(collection["last_day"]),
            at=as_utc(datetime.fromisoformat(collection["at"])),
        )
    except (OSError, ValueError, KeyError) as fault:
        raise InputError(
            tr(
                "The demonstration district in {folder} can't be read ({fault}). "
                "Write it anew with: python -m zoning.demo",
                folder=folder,
                fault=fault,
            )
        ) from fault


def _write_csv(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path, index=False, lineterminator="\n")


def _write_parquet(frame: pd.DataFrame, path: Path) -> None:
    frame.to_parquet(path, index=False, compression="zstd")


def _units_text(demo: Demo, name: str, chosen: npt.NDArray[np.int64]) -> str:
    """Return units as GeoJSON, one feature a line, with the district's own members."""
    members = {
        "type": "FeatureCollection",
        "name": name,
        "is_fictional": True,
        "district": demo.name,
        "authority": demo.authority,
        "last_day": demo.last_day.isoformat(),
        "at": demo.at.isoformat(),
    }
    units = demo.units
    assert units.geometry is not None
    lines = []
    for index in chosen:
        people = units.population[index]
        feature = {
            "type": "Feature",
            "properties": {
                "unit_id": units.unit_id[index],
                "name": units.name[index],
                "population": None if np.isnan(people) else int(people),
                "level": units.level[index],
                "parent_id": units.parent_id[index],
            },
            "geometry": mapping(units.geometry[index]),
        }
        lines.append(json.dumps(feature, separators=(",", ":"), ensure_ascii=False))
    head = json.dumps(members, ensure_ascii=False)[:-1]
    return head + ', "features": [\n' + ",\n".join(lines) + "\n]}\n"


def _units(features: list[dict[str, Any]]) -> Units:
    def texts(key: str) -> Texts:
        return np.array([f["properties"][key] for f in features], dtype=object)

    shapes = shapely.from_geojson([json.dumps(f["geometry"]) for f in features])
    people = [f["properties"]["population"] for f in features]
    return Units(
        unit_id=texts("unit_id"),
        name=texts("name"),
        population=np.array([np.nan if p is None else p for p in people], dtype=np.float64),
        level=texts("level"),
        parent_id=texts("parent_id"),
        geometry=np.asarray(shapes, dtype=object),
    )
