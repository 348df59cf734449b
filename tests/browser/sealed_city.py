"""Bengaluru as it was on 6 August 2020, with officers: the product's own commands bring it in."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from tests.browser.driven_time import FOLDER as CLOCK_FOLDER
from tests.browser.driven_time import driven, set_clock
from tests.browser.service import ROOT, Service
from tests.running import Outcome, write, zoning
from zoning import clock
from zoning.orders.paper import Commander, Gate
from zoning.store.engine import open_store
from zoning.store.order_booths import closed_zones
from zoning.workflow import drafting
from zoning.workflow.draft_papers import printed_draft
from zoning.workflow.ground import GroundShelf

DATA = ROOT.parent / "shared" / "data" / "bengaluru"
MAPPING = ROOT / "docs" / "examples" / "bengaluru.toml"
TODAY = datetime(2020, 8, 6, 6, 30, tzinfo=UTC)
REPORTED_THROUGH = "2020-08-05"

# No map of jurisdictions lies beside the wards: constituencies in the middle of the city stand
# for one corporation, some of the south for another, the rest for a third.
CENTRAL, SOUTH, OUTER, DISTRICT = "CENTRAL", "SOUTH", "OUTER", "URBAN"
CORPORATIONS = (CENTRAL, SOUTH, OUTER)
CONSTITUENCIES = {
    "Chamarajpet": CENTRAL,
    "Chickpet": CENTRAL,
    "Gandhi Nagar": CENTRAL,
    "Shanthi Nagar": CENTRAL,
    "Jaya Nagar": SOUTH,
    "B.T.M. Layout": SOUTH,
}

HEALTH, HOME = "health@ka.example", "home@ka.example"
COMMISSIONER, OTHER = "central@ka.example", "south@ka.example"
CMOH, ENFORCER = "cmoh@ka.example", "zone@ka.example"
ROSTER = f"""person_id,name,email,role,area_unit_id,from_on
H1,H. Rao,{HEALTH},state_health,,2020-01-01
H2,M. Gowda,{HOME},home,,2020-01-01
C1,C. Murthy,{COMMISSIONER},commissioner,{CENTRAL},2020-01-01
C2,S. Iyer,{OTHER},commissioner,{SOUTH},2020-01-01
M1,K. Shetty,{CMOH},cmoh,{CENTRAL},2020-01-01
E1,E. Nayak,{ENFORCER},enforcement,{CENTRAL},2020-01-01
"""


@dataclass(frozen=True)
class City:
    """The folder of a city's database, and the clock that its service and commands go by."""

    folder: Path

    @property
    def clock_file(self) -> Path:
        """Return the file that names the moment."""
        return self.folder / "clock"

    def go_to(self, at: datetime) -> None:
        """Set the clock, for the service too while it runs."""
        set_clock(self.clock_file, at)

    @contextmanager
    def commands(self) -> Iterator[None]:
        """Let the commands of this process work on the city's database."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self._settings().items():
                patch.setenv(name, value)
            patch.delenv("ZONING_DATABASE_URL", raising=False)
            patch.setattr(clock, "now", driven(self.clock_file))
            yield

    def copied(self, folder: Path) -> City:
        """Return a copy of the city that may be spoilt; the service of the first runs on."""
        other = City(folder)
        (folder / "var").mkdir()
        with (
            closing(sqlite3.connect(self.folder / "var" / "seemana.db")) as source,
            closing(sqlite3.connect(folder / "var" / "seemana.db")) as target,
        ):
            source.backup(target)
        other.go_to(driven(self.clock_file)())
        return other

    def write_terms(self, draft_id: int, who: str) -> None:
        """Write a commander, a review, and a medical exit of each zone into a draft."""
        at, own = driven(self.clock_file)(), frozenset(CORPORATIONS)
        with closing(open_store(f"sqlite:///{self.folder / 'var' / 'seemana.db'}")) as store:
            draft = drafting.get(store, draft_id, who, at)
            with store.reading() as session:
                _, declared = printed_draft(session, GroundShelf(), draft, at, who, own)
            gates = tuple(
                Gate(zone, "Main road", "6 to 20", is_medical_exit=True)
                for zone in closed_zones(declared.booths)
            )
            content = replace(
                draft.content,
                gates=gates,
                commanders=(Commander("E. Nayak", "Zonal officer", "080 0000 0001"),),
                review_at=at + timedelta(days=14),
            )
            drafting.save(store, draft_id, draft.version, content, at, who)

    def service(self) -> Service:
        """Return the service of the city, not started yet."""
        service = Service(ROOT / "app.py", self.folder)
        service.environment |= self._settings() | {
            "ZONING_TEST_CLOCK": str(self.clock_file),
            "PYTHONPATH": f"{CLOCK_FOLDER}{os.pathsep}{ROOT}",
        }
        return service

    def _settings(self) -> dict[str, str]:
        own = ",".join(CORPORATIONS)
        return {"ZONING_VAR_DIR": str(self.folder / "var"), "ZONING_SELF_DELINEATING": own}


def done(*arguments: object) -> Outcome:
    outcome = zoning(*arguments)
    assert outcome.status == 0, outcome
    return outcome


def fill(folder: Path) -> City:
    """Bring in the wards with their jurisdictions, booths, cases and officers."""
    city = City(folder)
    city.go_to(TODAY)
    given = ("--mapping", MAPPING)
    units, mapping = _units(folder)
    with city.commands():
        done("setup")
        done("import", "boundaries", units, "--level", "ward", "--mapping", mapping)
        done("import", "booths", DATA / "booth_polygons.geojson", *given)
        cases = DATA / "containment_zones_2020-08-06.csv"
        done("import", "cases", cases, "--reported-through", REPORTED_THROUGH, *given)
        done("import", "roster", write(folder / "roster.csv", ROSTER))
    return city


def _units(folder: Path) -> tuple[Path, Path]:
    """Write the wards as they are, each with its jurisdiction, and the jurisdictions."""
    wards = gpd.read_file(DATA / "wards_198.geojson")
    wards["WARD_NO"] = wards.WARD_NO.astype(int).astype(str)
    wards["parent"] = wards.ASS_CONST1.map(CONSTITUENCIES).fillna(OUTER)
    wards["level"] = "ward"
    shapes = wards.geometry.make_valid()
    own = {code: shapes[wards.parent == code].union_all() for code in CORPORATIONS}
    above = gpd.GeoDataFrame(
        {
            "WARD_NO": [*CORPORATIONS, DISTRICT],
            "WARD_NAME": ["Central", "South", "Outer", "Bengaluru Urban"],
            "POP_TOTAL": [wards.POP_TOTAL[wards.parent == c].sum() for c in own]
            + [wards.POP_TOTAL.sum()],
            "parent": [*[DISTRICT] * 3, ""],
            "level": [*["corporation"] * 3, "district"],
        },
        geometry=[*own.values(), shapes.union_all()],
        crs=wards.crs,
    )
    columns = ["WARD_NO", "WARD_NAME", "POP_TOTAL", "parent", "level", "geometry"]
    units = folder / "units.geojson"
    pd.concat([wards[columns], above]).to_file(units)
    more = '[units.columns]\nlevel = "level"\nparent_id = "parent"\n'
    text = MAPPING.read_text().replace("[units.columns]\n", more, 1)
    return units, write(folder / "units.toml", text)
