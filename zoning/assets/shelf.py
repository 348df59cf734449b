"""Which files a browser may ask for, and the address that never goes stale."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

# The map's own script is several files, one subject each, sent as one.
MAP_PARTS = (
    "topology.js",
    "sheet.js",
    "zones.js",
    "facilities.js",
    "tooltip.js",
    "ground.js",
    "outlines.js",
    "booths.js",
    "booth_sheet.js",
    "booth_words.js",
    "map.js",
)

ASSETS = (
    "leaflet/leaflet.js",
    "leaflet/leaflet.css",
    "leaflet/images/layers.png",
    "leaflet/images/layers-2x.png",
    "leaflet/LICENSE",
    "seemana-map.js",
    "seemana-map.css",
    "seemana-marks.js",
    "seemana-marks.css",
)

# What the page of zones loads, and so what a newcomer's browser may fetch ahead.
FIRST_PAGE = ("leaflet/leaflet.js", "leaflet/leaflet.css", "seemana-map.js", "seemana-map.css")


@cache
def asset_bytes(name: str) -> bytes:
    """Return one of `ASSETS`.

    Raises
    ------
    KeyError
        If the name isn't on the list, so that no path leaves the folder.
    """
    if name not in ASSETS:
        raise KeyError(name)
    root = files(__package__)
    if name == "seemana-map.js":
        return b"\n".join((root / "map" / part).read_bytes() for part in MAP_PARTS)
    if name.startswith("seemana-"):
        return (root / "map" / name.removeprefix("seemana-")).read_bytes()
    return (root / "vendor").joinpath(*name.split("/")).read_bytes()


@cache
def asset_version() -> str:
    """Return the hash of all assets, part of every address."""
    digest = sha256()
    for name in ASSETS:
        digest.update(asset_bytes(name))
    return digest.hexdigest()[:12]


def asset_url(name: str) -> str:
    """Return the address of an asset on this server."""
    if name not in ASSETS:
        raise KeyError(name)
    return f"/vendor/{asset_version()}/{name}"
