"""A day's delineation by Seemana, with what it prepares once for an edition."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from zoning import crs as crs_guard
from zoning.judgement.delineate import Delineation, delineate
from zoning.judgement.policy import DEFAULT, load_policy
from zoning.model import OUTCOME_CODES, Cases, Category
from zoning.places.arcs import CoverageArcs, coverage_arcs
from zoning.places.dissolve import dissolve
from zoning.places.locate import build_lasting_locator
from zoning.places.neighbours import Neighbours, neighbours_within
from zoning.surveillance.counts import count_cases

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
        # A category is one letter or none.
        kind_of_letter = np.full(256, -1, dtype=np.int8)
        kind_of_letter[[ord(key) for key in KEYS]] = np.arange(len(KEYS))
        kind = kind_of_letter[category.astype("S1").view(np.uint8)]
        return dissolve(self.arcs, kind, len(KEYS))


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


def zones(product: Product, cases: Cases) -> np.ndarray:
    """Green where nobody is ill, red elsewhere: only which units are green matters here."""
    index = product.units.locate(cases.lon, cases.lat)
    index[index >= 0] += product.n_booths
    return np.where(product.active(cases, index)[product.n_booths :] > 0, "red", "green").astype(
        object
    )
