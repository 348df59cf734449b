"""A week of nine wards for the zoning desk: one to tighten, one to relax, one to wait."""

from __future__ import annotations

from datetime import timedelta

from tests.store.grid_files import write_cases, write_places
from zoning import clock
from zoning.settings import Settings
from zoning.store.orders import NewOrder
from zoning.workflow.decisions import Containing, propose, publish
from zoning.workflow.imports import import_booths, import_boundaries, import_cases
from zoning.workflow.setup import set_up
from zoning.workflow.taking import ImportOrder

WHO = "tester"
RULE = "mohfw-2020-05-17"


def fill(folder):
    """W5 and W1 red by an order of 8 days ago; since then W5 is quiet, W9 surged yesterday."""
    now = clock.now()
    today = clock.today_ist(now)
    begun = now - timedelta(days=8)

    def ago(days):
        return str(today - timedelta(days=days))

    write_places(folder)
    store = set_up(Settings(var_dir=folder / "var", database_url=""))
    import_boundaries(store, ImportOrder(folder / "wards.geojson", begun, WHO), "ward")
    import_booths(store, ImportOrder(folder / "booths.csv", begun, WHO))
    first = [("W5-a", ago(18), 14), ("W1-a", ago(9), 10)]
    import_cases(store, ImportOrder(write_cases(folder / "a.csv", first), begun, WHO))
    made = propose(store, RULE, today - timedelta(days=9), begun, WHO, Containing())
    order = NewOrder("HS/1", "Zones", "Act", "Reason", WHO, effective_at=begun)
    publish(store, begun, WHO, made.run_id, order)
    later = [("W9-a", ago(1), 20), ("W9-b", ago(1), 10)]
    came = ImportOrder(write_cases(folder / "b.csv", later), now - timedelta(hours=1), WHO)
    import_cases(store, came, today - timedelta(days=1))
    propose(store, RULE, None, now - timedelta(minutes=30), WHO, Containing())
    store.close()
