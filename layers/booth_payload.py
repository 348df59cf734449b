"""What of the booths travels each time: one character a booth, and the zones' outlines.

The character tells category, watch, survey and how the ground is known. Between
two versions only booths and zones that changed are sent.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import shapely

from layers.booth_ground import EQUATOR_PX, BoothGround, booth_ground
from layers.booth_view import CATEGORIES, PROVENANCES, BoothView
from layers.payload import EPOCH
from layers.view import MapView
from zoning.model import Geometries

Codes = npt.NDArray[np.uint8]
Record = dict[str, Any]

# Of 64 characters from "0" on none is more than a byte, and one alone is escaped in JSON.
FIRST_CHARACTER = ord("0")
N_CATEGORIES, N_FLAGS = len(CATEGORIES), 2
# Half a pixel at the zoom where the cells themselves take over.
TOLERANCE_PX = 0.5
STEPS_A_TOLERANCE = 4


@dataclass(frozen=True)
class BoothAddress:
    """Where the browser finds booths.

    Attributes
    ----------
    ground_url : str
        Before `/index.json` and `/{chunk}.json`; the same for as long as the ground is.
    live_url, version : str
        Address and version of the categories.
    """

    ground_url: str
    live_url: str
    version: str


@dataclass(frozen=True, eq=False)
class BoothPayload:
    """Booths and containment zones of one view, for one kind of reader.

    Attributes
    ----------
    ground : BoothGround
        Whose order the codes follow.
    is_public : bool
        Which reader it is for; the content is the same.
    codes : ndarray of uint8
        Characters in the order of the chunks, shape (m,).
    step : float
        Degrees of a step of the outlines' grid.
    zones : dict of str to bytes
        The zones by code, each as JSON text.
    """

    ground: BoothGround
    is_public: bool
    codes: Codes
    step: float
    zones: dict[str, bytes]

    @cached_property
    def version(self) -> str:
        """Return the hash of the content."""
        return hashlib.sha256(self.full).hexdigest()[:24]

    @cached_property
    def full(self) -> bytes:
        """Return the whole as JSON text."""
        return _json(
            {"ground": self.ground.key, "step": self.step, "codes": self.codes.tobytes().decode()},
            self.zones.values(),
        )

    def since(self, old: BoothPayload) -> bytes:
        """Return what changed from an older payload, or the whole where they don't compare."""
        is_same_form = (
            old.ground.key == self.ground.key
            and old.step == self.step
            and old.is_public == self.is_public
        )
        if not is_same_form:
            return self.full
        at = np.flatnonzero(self.codes != old.codes)
        return _json(
            {
                "at": _differences(at),
                "codes": self.codes[at].tobytes().decode(),
                "gone": [key for key in old.zones if key not in self.zones],
            },
            [text for key, text in self.zones.items() if old.zones.get(key) != text],
        )


def _json(members: Record, zones: Any) -> bytes:
    text = json.dumps(members, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text[:-1].encode() + b',"zones":[' + b",".join(zones) + b"]}"


def _differences(positions: npt.NDArray[np.int64]) -> list[int]:
    steps: list[int] = np.diff(positions, prepend=0).tolist()
    return steps


def _codes(view: BoothView, ground: BoothGround) -> Codes:
    category = _positions(view.category, CATEGORIES)
    code = _positions(view.provenance, PROVENANCES)
    code = (code * N_FLAGS + view.needs_survey) * N_FLAGS + view.watch
    codes: Codes = (FIRST_CHARACTER + code * N_CATEGORIES + category)[ground.order].astype(np.uint8)
    return codes


def _positions(values: npt.NDArray[np.object_], known: tuple[str, ...]) -> npt.NDArray[np.int64]:
    position = {key: i for i, key in enumerate(known)}
    return np.fromiter((position[value] for value in values), dtype=np.int64, count=len(values))


def _rings(shapes: Geometries, step: float) -> list[list[list[list[int]]]]:
    """Return the rings of each shape as steps on the grid, simplified to what a pixel shows."""
    rings: list[list[list[list[int]]]] = [[] for _ in shapes]
    there = np.flatnonzero(~shapely.is_missing(shapes))
    simple = shapely.simplify(shapes[there], step * STEPS_A_TOLERANCE)
    parts, owner = shapely.get_parts(simple, return_index=True)
    parts = shapely.orient_polygons(parts)
    lines, part = shapely.get_rings(parts, return_index=True)
    for line, i in zip(lines, there[owner[part]], strict=True):
        xy = np.rint(shapely.get_coordinates(line) / step).astype(np.int64)
        steps = np.diff(xy, axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
        # What is smaller than a step stays as a point, and is drawn as a mark.
        moves = np.asarray(steps.any(axis=1))
        moves[0] = True
        rings[i].append(steps[moves].tolist())
    return rings


def _zones(view: BoothView, ground: BoothGround, step: float) -> dict[str, bytes]:
    zones = view.zones
    areas, buffers = _rings(zones.geometry, step), _rings(zones.buffer_geometry, step)
    days = (zones.opened_on.astype("datetime64[D]") - EPOCH).astype(np.int64).tolist()
    is_dated = ~np.isnat(zones.opened_on)
    members: dict[str, list[int]] = {str(key): [] for key in zones.zone_id}
    laid = view.zone_id[ground.order]
    for position in np.flatnonzero(laid != "").tolist():
        members[str(laid[position])].append(position)
    records: dict[str, bytes] = {}
    for i, key in enumerate(map(str, zones.zone_id)):
        record: Record = {
            "id": key,
            "label": str(zones.label[i]),
            "opened": days[i] if is_dated[i] else None,
            "area": areas[i],
            "buffer": buffers[i],
            "booths": _differences(np.array(members[key], dtype=np.int64)),
        }
        text = json.dumps(record, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
        records[key] = text.encode()
    return records


_payloads: WeakKeyDictionary[BoothView, dict[bool, BoothPayload]] = WeakKeyDictionary()


_making = Lock()


def booth_payload(view: MapView) -> BoothPayload | None:
    """Return the payload of a view's booths, built once in their life; None without booths."""
    return None if view.booths is None else payload_of(view.booths, is_public=view.is_public)


def payload_of(booths: BoothView, *, is_public: bool) -> BoothPayload:
    """Return the payload of booths, built once in their life; costs a second for a state."""
    # Two pages that open at once must not both spend it.
    with _making:
        made = _payloads.setdefault(booths, {})
        if not made:
            ground = booth_ground(booths)
            pixel = 360 / (EQUATOR_PX * 2.0**ground.from_zoom)
            step = round(pixel * TOLERANCE_PX / STEPS_A_TOLERANCE, 8)
            codes, zones = _codes(booths, ground), _zones(booths, ground, step)
            for reader_is_public in (False, True):
                made[reader_is_public] = BoothPayload(ground, reader_is_public, codes, step, zones)
    return made[is_public]
