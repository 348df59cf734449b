"""Write the public output of what is in force: whole into a new folder, then in place."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from zoning.errors import OutputError
from zoning.i18n.catalogue import tr
from zoning.model import Zone
from zoning.settings import Settings
from zoning.site.pages import PublicState, PublicUnit, zones_json, zones_page
from zoning.store.engine import Store
from zoning.workflow.map_view import map_view


def write_site(store: Store, settings: Settings, out: Path) -> int:
    """Write `index.html` and `zones.json` into a folder that doesn't exist yet or is empty.

    Returns
    -------
    int
        Number of units written.

    Raises
    ------
    OutputError
        If the folder holds something, or can't be written.
    """
    view = map_view(store, settings, at=None, public=True)
    labels = {level.key: level.label for level in view.levels}
    labels[Zone.UNCLASSIFIED.value] = tr("Unclassified")
    # A zone that is only computed isn't in force, and so isn't published.
    in_force = view.order is not None
    units = tuple(
        PublicUnit(
            str(unit_id),
            str(name),
            labels[str(zone)] if in_force else labels[Zone.UNCLASSIFIED.value],
            None if np.isnat(since) else since.astype("datetime64[D]").item(),
        )
        for unit_id, name, zone, since in zip(
            view.units.unit_id, view.units.name, view.zone, view.in_force_since, strict=True
        )
    )
    order = view.order.number if view.order else ""
    state = PublicState(view.as_of, order, view.is_fictional, units)
    try:
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".seemana-") as folder:
            draft = Path(folder) / "site"
            draft.mkdir()
            (draft / "index.html").write_text(zones_page(state), encoding="utf-8")
            (draft / "zones.json").write_text(zones_json(state), encoding="utf-8")
            draft.rename(out)
    except OSError as fault:
        raise OutputError(
            tr(
                "{out} can't be written: {fault}. Name a folder that doesn't exist yet.",
                out=out,
                fault=fault.strerror,
            )
        ) from fault
    return len(units)
