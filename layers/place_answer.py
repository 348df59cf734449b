"""What a map view says of one place: its unit, booth, zone and category, in one sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import shapely

from layers.booth_words import category_label
from layers.view import MapView
from layers.words import zone_label
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import number
from zoning.judgement.at_place import PlaceAnswer, PlaceGround, at_place, border_m
from zoning.model import Zone
from zoning.places.placing import index_of

_NUMBER = r"([-+]?\d{1,3}(?:\.\d+)?)\s*°?"
_PAIR = re.compile(rf"\s*{_NUMBER}\s*([NS]?)\s*[,;\s]\s*{_NUMBER}\s*([EW]?)\s*", re.IGNORECASE)
MAX_LAT, MAX_LON = 90.0, 180.0

_grounds: WeakKeyDictionary[MapView, PlaceGround] = WeakKeyDictionary()


@dataclass(frozen=True)
class Place:
    """A place in degrees, WGS84."""

    lon: float
    lat: float


@dataclass(frozen=True)
class ToldPlace:
    """What a view says of a place; codes are empty where it lies in no unit or booth."""

    place: Place
    unit_id: str
    zone: str
    booth_id: str
    category: str
    needs_survey: bool
    is_on_line: bool
    sentence: str


def place_typed(text: str, view: MapView) -> Place | None:
    """Return the place that a text names as telephones show it, latitude first, or None.

    Two bare numbers of which only the other order lies on the map are read in that order.
    """
    found = _PAIR.fullmatch(text)
    if found is None:
        return None
    lat, lon = float(found[1]), float(found[3])
    lat = -lat if found[2].upper() == "S" else lat
    lon = -lon if found[4].upper() == "W" else lon
    is_bare = not found[2] and not found[4]
    if is_bare and _is_on_map(view, lat, lon) and not _is_on_map(view, lon, lat):
        lat, lon = lon, lat
    return Place(lon, lat) if abs(lat) <= MAX_LAT and abs(lon) <= MAX_LON else None


def told_of(view: MapView, place: Place) -> ToldPlace:
    """Return what a view says of a place; on a line, of its stricter side."""
    said = at_place(_ground(view), place.lon, place.lat)
    unit = "" if said.unit < 0 else str(view.units.unit_id[said.unit])
    zone = "" if said.unit < 0 else str(view.zone[said.unit])
    booth = "" if said.booth < 0 or view.booths is None else str(view.booths.booth_id[said.booth])
    return ToldPlace(
        place,
        unit,
        zone,
        booth,
        said.category,
        said.needs_survey,
        said.is_on_line,
        _sentence(view, place, said),
    )


def _sentence(view: MapView, place: Place, said: PlaceAnswer) -> str:
    where = tr("{lat}, {lon}", lat=f"{place.lat:.5f}", lon=f"{place.lon:.5f}")
    if said.unit < 0:
        return tr("{where} lies in no unit that is shown here.", where=where)
    code = str(view.units.unit_id[said.unit])
    name = str(view.units.name[said.unit]) or code
    parts = [
        tr(
            "{where} lies in {unit}: {zone}.",
            where=where,
            unit=name,
            zone=zone_label(view, str(view.zone[said.unit])),
        )
    ]
    if view.booths is not None and said.booth >= 0:
        booth, label = str(view.booths.booth_id[said.booth]), category_label(said.category)
        parts.append(
            tr("Booth {booth}: {label}.", booth=booth, label=label)
            if said.category
            else tr("Booth {booth}, in no category.", booth=booth)
        )
    elif said.category:
        parts.append(
            tr(
                "No booth covers it; as nobody surveyed it, the strictest category of the unit "
                "holds: {label}.",
                label=category_label(said.category),
            )
        )
    if said.is_on_line:
        parts.append(
            tr(
                "It lies within {n} m of a line, so the stricter side counts.",
                n=number(border_m()),
            )
        )
    return " ".join(parts)


def _ground(view: MapView) -> PlaceGround:
    ground = _grounds.get(view)
    if ground is None:
        ground = _grounds[view] = _ground_of(view)
    return ground


def _ground_of(view: MapView) -> PlaceGround:
    n = len(view.units.unit_id)
    # What isn't known is stricter than the mildest level, and milder than any other.
    rank = {level.key: 2 * at for at, level in enumerate(reversed(view.levels))}
    rank[Zone.UNCLASSIFIED.value] = 1
    units = view.units.geometry
    booths = view.booths
    nothing = np.empty(0, dtype=object)
    return PlaceGround(
        units=np.full(n, None, dtype=object) if units is None else units,
        severity=np.array([rank[str(zone)] for zone in view.zone], dtype=np.int64),
        cells=nothing if booths is None else booths.cells,
        unit_index=np.empty(0, np.int32)
        if booths is None
        else index_of(booths.unit_id, view.units.unit_id),
        category=nothing if booths is None else booths.category,
        needs_survey=np.empty(0, np.bool_) if booths is None else booths.needs_survey,
    )


def _is_on_map(view: MapView, lon: float, lat: float) -> bool:
    west, south, east, north = shapely.total_bounds(_ground(view).units)
    return bool(west <= lon <= east and south <= lat <= north)
