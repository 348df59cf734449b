"""The booths of an order as a file of their own, where a printed table would be too long."""

from __future__ import annotations

import csv
import io

from zoning.orders.paper import OrderPaper
from zoning.writers.papers.layout import layout
from zoning.writers.zone_files import neutral

COLUMNS = ("zone_id", "category", "unit_id", "unit_name", "booth_id", "earliest_release_on")


def is_listed_apart(paper: OrderPaper) -> bool:
    """Return whether an order has more rows of booths than are printed."""
    rows = sum(len(zone.parts) for zone in paper.zones)
    return rows > int(layout("order")["booth_rows_in_print"])


def booths_csv(paper: OrderPaper) -> bytes:
    """Return every booth of an order as CSV, in UTF-8 with its mark, a row each."""
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    for zone in paper.zones:
        released = zone.earliest_release_on.isoformat() if zone.earliest_release_on else ""
        for part in zone.parts:
            told = (zone.zone_id, zone.category or "", part.unit_id, part.unit_name)
            safe = [neutral(cell) for cell in told]
            rows.writerows((*safe, neutral(booth), released) for booth in part.booth_ids)
    return text.getvalue().encode("utf-8-sig")
