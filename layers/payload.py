"""What of a view travels to the browser each time: classes and hover figures.

Columns, one value a unit, in the order of the geometry; between two versions
only the units that changed. Geometry and names travel apart, once an edition.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from layers.view import FacilityStatus, MapView
from zoning.model import Floats

Column = list[Any]

EPOCH = np.datetime64("1970-01-01", "D")


@dataclass(frozen=True)
class LivePayload:
    """Columns of one view, for one kind of reader.

    Attributes
    ----------
    edition_key : str
        Edition whose order of units the columns follow.
    is_public : bool
        Zones and dates only.
    zones : tuple of str
        Level keys; the column `zone` holds positions in it.
    columns : dict of str to list
        `zone`, `since` (days from 1970; None where none), `from` where something is proposed
        (position of the level a unit would come from; None where it stays) and, for staff, key
        figures by name (None where not computable, "inf" where growth is nil).
    facilities : dict of str to list
        Columns one row a facility with coordinates; empty for the public.
    """

    edition_key: str
    is_public: bool
    zones: tuple[str, ...]
    columns: dict[str, Column]
    facilities: dict[str, Column]

    @cached_property
    def version(self) -> str:
        """Return the hash of the content."""
        return hashlib.sha256(self.full).hexdigest()[:24]

    @cached_property
    def full(self) -> bytes:
        """Return the whole as JSON text."""
        return _json({"zones": self.zones, "columns": self.columns, "facilities": self.facilities})

    def since(self, old: LivePayload) -> bytes:
        """Return what changed from an older payload, as JSON text.

        The whole is returned where the two don't compare: another edition,
        another reader, other columns.
        """
        is_same_form = (
            old.edition_key == self.edition_key
            and old.is_public == self.is_public
            and old.zones == self.zones
            and old.columns.keys() == self.columns.keys()
        )
        if not is_same_form:
            return self.full
        new_rows = list(zip(*self.columns.values(), strict=True))
        old_rows = list(zip(*old.columns.values(), strict=True))
        at = [i for i, (a, b) in enumerate(zip(new_rows, old_rows, strict=True)) if a != b]
        answer: dict[str, Any] = {
            "at": at,
            "columns": {key: [column[i] for i in at] for key, column in self.columns.items()},
        }
        if self.facilities != old.facilities:
            answer["facilities"] = self.facilities
        return _json(answer)


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def _figures(values: Floats, decimals: int) -> Column:
    rounded = np.round(values, decimals)
    if decimals == 0 or bool(np.all(rounded[np.isfinite(rounded)] % 1 == 0)):
        decimals = 0
    return [
        (int(v) if decimals == 0 else v) if np.isfinite(v) else ("inf" if v > 0 else None)
        for v in rounded.tolist()
    ]


def _facility_columns(status: FacilityStatus | None) -> dict[str, Column]:
    if status is None:
        return {}
    f = status.facilities
    placed = np.flatnonzero(np.isfinite(f.lon) & np.isfinite(f.lat))
    told = f.updated_at[placed].astype("datetime64[s]")
    return {
        "id": f.facility_id[placed].tolist(),
        "kind": f.kind[placed].tolist(),
        "name": f.name[placed].tolist(),
        "lon": np.round(f.lon[placed], 5).tolist(),
        "lat": np.round(f.lat[placed], 5).tolist(),
        "state": status.freshness[placed].tolist(),
        "told": [None if np.isnat(t) else int(t.astype(np.int64)) for t in told],
        "phone": f.phone[placed].tolist(),
        "vacant": _figures(f.beds_vacant[placed], 0),
        "beds": _figures(f.beds_total[placed], 0),
    }


def _build_payload(view: MapView) -> LivePayload:
    keys = view.zone_keys
    position = {key: i for i, key in enumerate(keys)}
    days = (view.in_force_since.astype("datetime64[D]") - EPOCH).astype(np.int64)
    columns: dict[str, Column] = {
        "zone": [position[z] for z in view.zone],
        "since": [
            None if missing else d
            for d, missing in zip(
                days.tolist(), np.isnat(view.in_force_since).tolist(), strict=True
            )
        ],
    }
    if view.came_from is not None:
        columns["from"] = [position.get(z) for z in view.came_from]
    if not view.is_public and view.classification is not None:
        c = view.classification
        columns["active"] = [None if a < 0 else a for a in c.active.tolist()]
        for words in view.parameters:
            if words.is_key and words.key in c.parameters:
                columns[words.key] = _figures(c.parameters[words.key].value, words.decimals)
    return LivePayload(
        edition_key=view.edition_key,
        is_public=view.is_public,
        zones=keys,
        columns=columns,
        facilities={} if view.is_public else _facility_columns(view.facilities),
    )


_payloads: WeakKeyDictionary[MapView, LivePayload] = WeakKeyDictionary()


def live_payload(view: MapView) -> LivePayload:
    """Return the payload of a view, built once in the life of the view."""
    payload = _payloads.get(view)
    if payload is None:
        payload = _payloads[view] = _build_payload(view)
    return payload
