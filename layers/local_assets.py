"""Points folium at our own server: no address of a public network is left.

folium names 72 files on 7 hosts. The product draws with Leaflet and its own
script alone, so everything else is taken off the list rather than copied.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import folium
from folium.elements import JSCSSMixin

from zoning.assets.shelf import asset_url


def _subclasses(of: type[Any]) -> Iterator[type[Any]]:
    children: list[type[Any]] = of.__subclasses__()
    for child in children:
        yield child
        yield from _subclasses(child)


@cache
def use_local_assets() -> None:
    """Rewrite the assets of every folium class that is loaded; done once a process."""
    for owner in {JSCSSMixin, *_subclasses(JSCSSMixin)}:
        for names in ("default_js", "default_css"):
            kept = [pair for pair in getattr(owner, names) if not pair[1].startswith("http")]
            setattr(owner, names, kept)
    folium.Map.default_js = [
        ("leaflet", asset_url("leaflet/leaflet.js")),
        ("seemana_map", asset_url("seemana-map.js")),
    ]
    folium.Map.default_css = [
        ("leaflet_css", asset_url("leaflet/leaflet.css")),
        ("seemana_map_css", asset_url("seemana-map.css")),
    ]
