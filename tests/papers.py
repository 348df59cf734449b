"""A small order for tests: two wards, one containment zone across both, its buffer, one gate each.

The annex holds figures that appear nowhere else (`SENTINELS`), so that a leak is found.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import shapely

from zoning.clock import IST
from zoning.model import Category
from zoning.orders.annex import AreaEvidence, OrderAnnex, Reading, sealed_with
from zoning.orders.paper import (
    Commander,
    Consultation,
    Direction,
    Gate,
    Measure,
    NeighbourRequest,
    OrderedZone,
    OrderPaper,
    Signatory,
    UnitChange,
    ZonePart,
)
from zoning.writers.papers.map_layers import MapLayers

ISSUED_AT = datetime(2020, 8, 4, 18, 0, tzinfo=IST)
ZONE = "CZ-20200804-001"
NUMBER = "1187/DM/2020"
SALT = "0123456789abcdef" * 2
SENTINELS = (
    "7654321",
    "76,54,321",
    "8765432",
    "87,65,432",
    "31.4159",
    "19 July 2020",
    "2020-07-19",
)

BENGALI = {
    "Ward 12": "ওয়ার্ড ১২, সালকিয়া",
    "Containment zones in Howrah": "হাওড়ায় কন্টেনমেন্ট জোন",
    "District Magistrate": "জেলাশাসক",
    "Howrah": "হাওড়া",
}


def paper(**changes) -> OrderPaper:
    told = OrderPaper(
        number=NUMBER,
        title="Containment zones in Howrah",
        act="section 34 of the Disaster Management Act, 2005",
        reason="The virus is passed on within the wards named below.\n\nPolice and health agree.",
        authority="Government of a State\nOffice of the District Magistrate, Howrah",
        district="Howrah",
        signatory=Signatory("A. Officer", "District Magistrate", date(2019, 1, 1)),
        issued_at=ISSUED_AT,
        effective_at=ISSUED_AT + timedelta(hours=12),
        review_at=ISSUED_AT + timedelta(days=14),
        expires_at=ISSUED_AT + timedelta(days=28),
        supersedes=("1102/DM/2020",),
        units=(
            UnitChange("W12", "Ward 12", "orange", "red"),
            UnitChange("W13", "Ward 13", "", "unclassified"),
        ),
        zones=(
            OrderedZone(
                ZONE,
                Category.AFFECTED,
                (
                    ZonePart("W12", "Ward 12", ("170/85", "170/86", "170/87", "170/92")),
                    ZonePart("W13", "Ward 13", ("170/101",)),
                ),
                "Dharmatala Lane",
                date(2020, 9, 1),
            ),
            OrderedZone(ZONE, Category.BUFFER, (ZonePart("W12", "Ward 12", ("170/84", "170/88")),)),
        ),
        measures=(Measure("A", "3.i", "No socio-economic activities permitted.", memo="177-CS"),),
        directions=(
            Direction(
                "Cordon the zone.", "Commissioner of Police", ISSUED_AT + timedelta(hours=12)
            ),
        ),
        gates=(
            Gate(ZONE, "Bazar crossing", "06:00-20:00"),
            Gate(ZONE, "Dharmatala Lane, north end", "always", is_medical_exit=True),
        ),
        commanders=(Commander("R. Sen", "Deputy Magistrate", "033-0000 0101", (ZONE,)),),
        consultations=(Consultation("Commissioner of Police", "CP/455", date(2020, 8, 3)),),
        requests=(
            NeighbourRequest(
                "Commissioner, Kolkata", "Buffer at the ghat", ISSUED_AT + timedelta(days=1)
            ),
        ),
        closing=("Any violation of this order attracts penal action.",),
        copies_to=("The Chief Secretary",),
        translations={"bn": BENGALI},
    )
    return replace(told, **changes)


def annex(number: str = NUMBER) -> OrderAnnex:
    return OrderAnnex(
        order_number=number,
        salt=SALT,
        known_at=datetime(2020, 8, 4, 6, 30, tzinfo=UTC),
        rule="mohfw-2020-05-17",
        policy="memo-177-cs-2020",
        run_id="run-7",
        areas=(
            AreaEvidence(
                "W12",
                "Ward 12",
                "unit",
                (("confirmed", 8_765_432), ("active", 7_654_321)),
                date(2020, 7, 19),
                (Reading("active_per_lakh", "31.4159", "critical", 7_654_321, 8_765_432),),
                "Active per lakh is critical.",
            ),
        ),
    )


def sealed(**changes) -> OrderPaper:
    return sealed_with(paper(**changes), annex(changes.get("number", NUMBER)))


def layers(*, is_sealing: bool = True) -> MapLayers:
    """Return two wards of about a kilometre side by side, the zone across their border."""
    west, east = shapely.box(88.32, 22.58, 88.33, 22.59), shapely.box(88.33, 22.58, 88.34, 22.59)
    told = MapLayers(
        units=_column(west, east, None),
        unit_zone=_column("red", "orange", "green"),
        unit_label=_column("12", "13", "14"),
        source="drawn for a test",
    )
    if not is_sealing:
        return told
    zone = shapely.box(88.328, 22.583, 88.332, 22.587)
    ring = shapely.difference(shapely.box(88.326, 22.581, 88.334, 22.589), zone)
    return replace(
        told,
        areas=_column(zone, ring),
        area_category=_column("A", "B"),
        area_label=_column(ZONE, ""),
        gates=_column(shapely.Point(88.328, 22.585), shapely.Point(88.332, 22.585)),
        is_medical_exit=np.array([False, True]),
    )


def pdf_text(data: bytes) -> str:
    """Return the words of a PDF, blanks made one, soft breaks within long words taken out."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext isn't there: apt-get install poppler-utils")
    run = subprocess.run(
        ["pdftotext", "-layout", "-enc", "UTF-8", "-", "-"],
        input=data,
        capture_output=True,
        check=True,
    )
    return " ".join(run.stdout.decode("utf-8").replace("\u200b", "").split())


def pages(data: bytes) -> int:
    """Return how many pages a PDF has."""
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo isn't there: apt-get install poppler-utils")
    run = subprocess.run(["pdfinfo", "-"], input=data, capture_output=True, check=True)
    line = next(row for row in run.stdout.decode().splitlines() if row.startswith("Pages:"))
    return int(line.split()[1])


def read_all(files: tuple[Path, ...]) -> dict[str, str]:
    """Return the text of each file by name; a PDF as its words."""
    return {
        path.name: pdf_text(path.read_bytes())
        if path.suffix == ".pdf"
        else path.read_text(encoding="utf-8")
        for path in files
    }


def _column(*values) -> np.ndarray:
    made = np.full(len(values), None, dtype=object)
    made[:] = values
    return made
