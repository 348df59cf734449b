"""The folium map of a view; its script depends on nothing that changes hourly.

streamlit-folium builds the map anew when its script changes. So levels, words,
edition and the layers shown at the opening are in it, and nothing else; what
changes arrives through `layers.live_layer`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import folium
import numpy as np
import shapely

from layers.booths import LAYER, BoothLayer
from layers.facilities import FacilityLayer
from layers.local_assets import use_local_assets
from layers.view import MapView
from layers.zones import ZoneLayer
from zoning.model import FacilityKind

MAX_ZOOM = 18


@dataclass(frozen=True)
class Basemap:
    """An optional background that the user has configured."""

    url: str
    attribution: str


def facility_kinds(view: MapView) -> tuple[str, ...]:
    """Return the kinds that a view has facilities of, in the order of the enum."""
    if view.facilities is None:
        return ()
    present = set(view.facilities.facilities.kind)
    return tuple(kind.value for kind in FacilityKind if kind.value in present)


def layer_names(view: MapView) -> tuple[str, ...]:
    """Return the layers that can be switched off: kinds of facilities, and booths."""
    return (*facility_kinds(view), *((LAYER,) if view.has_booths else ()))


def bounds_of(view: MapView) -> list[list[float]]:
    """Return the south-west and north-east corner of a view's units, degrees."""
    if view.units.geometry is None:
        return [[6.0, 68.0], [37.0, 98.0]]
    west, south, east, north = np.round(shapely.total_bounds(view.units.geometry), 5).tolist()
    return [[south, west], [north, east]]


def zone_map(
    view: MapView,
    geometry_url: str,
    bounds: list[list[float]],
    *,
    shown_layers: Collection[str],
    basemap: Basemap | None = None,
    has_legend: bool = False,
) -> folium.Map:
    """Return the map of a view.

    Parameters
    ----------
    view : MapView
        What is shown.
    geometry_url : str
        Address of the edition's TopoJSON.
    bounds : list
        `bounds_of` the view, which the caller keeps for the life of an edition.
    shown_layers : Collection of str
        Those of `layer_names` that are on at the opening.
    basemap : Basemap, optional
        None draws the zones on plain paper and asks nobody for tiles.
    has_legend : bool
        Whether a legend is drawn on the map itself.
    """
    use_local_assets()
    (south, west), (north, east) = bounds
    drawing = folium.Map(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=9,
        tiles=None,
        zoom_snap=0.25,
        max_zoom=MAX_ZOOM,
        min_zoom=3,
        attribution_control=basemap is not None,
    )
    if basemap is not None:
        folium.TileLayer(
            basemap.url, attr=basemap.attribution, control=False, max_zoom=MAX_ZOOM
        ).add_to(drawing)
    ZoneLayer(view, geometry_url, bounds, has_legend=has_legend).add_to(drawing)
    # Also before they are ready: another script would build the map anew when they are.
    if view.has_booths:
        BoothLayer(is_shown=LAYER in shown_layers).add_to(drawing)
    for kind in facility_kinds(view):
        FacilityLayer(kind, is_shown=kind in shown_layers).add_to(drawing)
    if layer_names(view):
        folium.LayerControl(position="topright", collapsed=False).add_to(drawing)
    return drawing
