"""Files of the kinds that lie in booths or name officers, under headers that aren't ours."""

from __future__ import annotations

import json

from tests.screens.desks import open_desk
from tests.store.grid_files import LAT, LON, WARD_DEG, write_places
from tests.store.samples import NOON
from zoning.workflow.imports import import_booths, import_boundaries
from zoning.workflow.taking import ImportOrder


def desk_with_booths(folder, template):
    """Open a desk over nine wards of four booths each."""
    desk = open_desk(folder, template)
    write_places(folder)
    wards, booths = folder / "wards.geojson", folder / "booths.csv"
    import_boundaries(desk.store, ImportOrder(wards, NOON, "tester"), "ward")
    import_booths(desk.store, ImportOrder(booths, NOON, "tester"))
    return desk


def csv(*lines):
    return "\n".join([*lines, ""]).encode()


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": [*features]}).encode()


def square(properties, *, side=0.001, crs=None):
    """A square inside the first booth of W5."""
    x, y = LON + WARD_DEG + 0.001, LAT + WARD_DEG + 0.001
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


ORDERS = csv(
    "Order No,Booth No,Ward No,Type of zone,Colour,With effect from,Remarks",
    "17/DM,W5-a,,Containment,,02/05/2020,",
    "17/DM,W5-b,,Buffer Zone,,02/05/2020,lane only",
    "18/DM,,W2,,Orange,14/05/2020,",
    "19/DM,Swinhoe Lane,,Containment,,15/05/2020,",
    "20/DM,W1-a,,Containment,,soon,",
)
ROUNDS = csv(
    "Containment Zone,Date of visit,Total houses,Houses covered",
    "W5-a,14-05-2020,120,97",
    "W5-a,15-05-2020,120,130",
    "W5-b,16-05-2020,80,80",
)
CONTACTS = csv(
    "Contact ID,Name,Phone,Booth No,Date of last exposure,As on,Status,Attempts",
    "K-1,A Sen,9830012345,W5-a,10-05-2020,15-05-2020,Under follow up,0",
    "K-2,B Roy,9830012346,W5-b,11-05-2020,15-05-2020,Not found,2",
    "9830012347,C Das,9830012347,W5-b,11-05-2020,15-05-2020,Completed,0",
)
SAMPLES = csv(
    "Booth No,Date of collection,Samples collected,Results received",
    "W5-a,14-05-2020,40,31",
    "W5-b,16-05-2020,12,20",
)
ISOLATION = collection(
    square(
        {"Isolation unit": "L1", "Booth": "W5-a", "Order No": "5/KMC", "Start date": "2020-05-04"}
    ),
    square({"Isolation unit": "L2", "Booth": "W5-a", "Order No": "", "Start date": "2020-05-04"}),
)
ROSTER = csv(
    "Employee ID,Name of Officer,Email ID,Designation,Jurisdiction,Date of joining",
    "HS-1,A. Sen,a.sen@wb.example,Health Department,,14/05/2020",
    "IC-2,B. Roy,b.roy@wb.example,Incident Commander,W5,15/05/2020",
    "IC-3,C. Das,c.das@wb.example,Incident Commander,W99,15/05/2020",
)
