"""Bengaluru's polling-station areas: its cases name wards only; placed ones are generated here."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest

from tests.delineating import having
from tests.running import Outcome, write, zoning

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "bengaluru"
BOOTHS = DATA / "booth_polygons.geojson"
CASES = DATA / "containment_zones_2020-08-06.csv"
MAPPING = ROOT / "docs" / "examples" / "bengaluru.toml"
ON = "2020-08-04"
# The UTM zone of the city, for a plain way to the same answer.
UTM = "EPSG:32643"

pytestmark = [
    pytest.mark.golden,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no real data beside the checkout ({DATA.name})"),
]


@pytest.fixture(scope="module")
def zones(tmp_path_factory):
    path = tmp_path_factory.mktemp("zones") / "zones.gpkg"
    done = zoning(
        "classify", "--units", DATA / "wards_198.geojson", "--cases", CASES, "--on", ON,
        "--mapping", MAPPING, "--out", path,
    )  # fmt: skip
    assert done.status == 0, done
    return path


@pytest.fixture(scope="module")
def plain():
    """The booths once each, with the ward each stands in, by geopandas alone."""
    booths = gpd.read_file(BOOTHS).drop_duplicates("PSCode").reset_index(drop=True)
    booths.geometry = booths.make_valid()
    wards = gpd.read_file(DATA / "wards_198.geojson")
    wards["unit_id"] = wards.WARD_NO.astype(int).astype(str)
    stands = booths.set_geometry(booths.representative_point())
    joined = stands.sjoin(wards[["unit_id", "geometry"]], how="left", predicate="intersects")
    return booths.assign(unit_id=joined.unit_id.fillna(""))


def delineate(zones: Path, cases: Path, out: Path, *more: object) -> tuple[Outcome, dict]:
    done = zoning(
        "delineate", "--zones", zones, "--booths", BOOTHS, "--cases", cases, "--on", ON,
        "--out", out, "--json", *more,
    )  # fmt: skip
    assert done.status == 0, done
    with out.open(encoding="utf-8", newline="") as file:
        return done, {row["booth_id"]: row for row in csv.DictReader(file)}


def zone_of_wards(zones: Path) -> dict[str, str]:
    read = gpd.read_file(zones, ignore_geometry=True)
    return dict(zip(read.unit_id, read.zone, strict=True))


def test_cases_that_name_only_their_ward_make_all_of_it_affected_until_surveyed(
    zones, plain, tmp_path
):
    done, rows = delineate(zones, CASES, tmp_path / "b.csv", "--mapping", MAPPING)
    summary = done.json()
    assert summary["cases"] == {"taken": 14111, "placed": 0, "unplaced": 14111, "unlocated": 0}
    assert summary["booths"] == {"A": 7292, "B": 199, "C": 942, "green": 82}
    assert "28 rows repeat" in done.err
    assert "1141 booths lie in none of the units" in done.err
    (told,) = [line for line in done.err.splitlines() if "lies in no booth" in line]
    assert told.startswith("1.2 % of the ground of 83") and "(13.9 ha)" in told
    assert "category A, the strictest of the unit, holds there" in told
    assert list(rows) == plain.PSCode.tolist()
    assert [row["unit_id"] for row in rows.values()] == plain.unit_id.tolist()

    zone = {**zone_of_wards(zones), "": "unclassified"}
    for row in rows.values():
        is_green = zone[row["unit_id"]] == "green"
        in_ward = row["unit_id"] != ""
        assert (row["category"] == "") == is_green
        assert (row["category"] == "A") == (in_ward and not is_green)
        assert (row["needs_survey"] == "true") == (not is_green)


def generated(plain, path: Path) -> tuple[Path, Counter[str]]:
    """Write generated cases: a third by booth, a third by coordinates, a third by ward."""
    random = np.random.default_rng(177)
    chosen = random.integers(0, len(plain), 900)
    point = plain.geometry.iloc[chosen].representative_point()
    lines = ["confirmed_on,unit_id,booth_id,lon,lat"]
    active: Counter[str] = Counter()
    for nth, (at, place) in enumerate(zip(chosen, point, strict=True)):
        booth = plain.iloc[at]
        told = (
            f",{booth.PSCode},,",
            f",,{place.x!r},{place.y!r}",
            f"{booth.unit_id or 1},,,",
        )[nth % 3]
        lines.append(f"2020-08-0{1 + nth % 4},{told}")
        if nth % 3 < 2:
            active[booth.PSCode] += 1
    return write(path, "\n".join(lines) + "\n"), active


@pytest.mark.parametrize("buffer_m", [0, 500])
def test_generated_cases_give_the_categories_of_a_plain_join(zones, plain, tmp_path, buffer_m):
    cases, active = generated(plain, tmp_path / "generated.csv")
    mapping = write(
        tmp_path / "mapping.toml", '[booths.columns]\nbooth_id = "PSCode"\nname = "PS_Name"\n'
    )
    areas = tmp_path / "areas.gpkg"
    done, rows = delineate(
        zones, cases, tmp_path / "b.csv", "--mapping", mapping, "--buffer-m", buffer_m,
        "--areas", areas,
    )  # fmt: skip
    assert done.json()["cases"] == {"taken": 900, "placed": 600, "unplaced": 300, "unlocated": 0}
    got = plain.PSCode.map(lambda code: rows[code]["category"])
    counts = plain.PSCode.map(lambda code: int(rows[code]["active"]))
    # Cells overlap by slivers: there a point counts in the smallest code.
    assert (counts == plain.PSCode.map(lambda code: active[code])).mean() > 0.98
    assert counts.sum() == 600

    zone = plain.unit_id.map({**zone_of_wards(zones), "": "unclassified"})
    in_ward = plain.unit_id != ""
    placed = counts.groupby(plain.unit_id).transform("sum")
    wards = Counter(line.split(",")[1] for line in cases.read_text().splitlines()[1:])
    unseen = in_ward & (placed == 0) & plain.unit_id.map(lambda ward: wards[ward] > 0)
    is_affected = (zone != "green") & ((counts > 0) | unseen)
    assert ((got == "A") == is_affected).all()

    metric = plain.to_crs(UTM)[["geometry"]]
    affected = metric[is_affected]
    near = [
        set(metric[~is_affected].sjoin(affected, predicate="dwithin", distance=limit).index)
        for limit in ((0.009, 0.011) if buffer_m == 0 else (buffer_m * 0.998, buffer_m * 1.002))
    ]
    drawn = set(np.flatnonzero((got == "B") | plain.PSCode.isin(having(rows, "watch", "true"))))
    # A UTM zone stretches by up to a thousandth: between the two only a few are in doubt.
    assert near[0] <= drawn <= near[1]
    assert len(near[1]) - len(near[0]) < 30

    read = gpd.read_file(areas)
    assert read.category.tolist() == ["A", "B", "C"]
    assert read.geometry.is_valid.all()
    a, b, c = read.to_crs(UTM).geometry
    assert max(a.intersection(b).area, a.intersection(c).area, b.intersection(c).area) < 1
    whole = metric[zone != "green"].union_all()
    assert abs(a.area + b.area + c.area - whole.area) < 1e-5 * whole.area
