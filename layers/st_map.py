"""The map inside a Streamlit page, and what the user did on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import unquote

import folium
from streamlit_folium import st_folium

from layers.live_layer import LiveState, live_update

# The page's style sheet sets the true height; this one holds until it applies.
HEIGHT_PX = 560


@dataclass(frozen=True)
class MapEvent:
    """One act of the user on the map.

    Attributes
    ----------
    stamp : str
        Differs for every act, so that a rerun doesn't repeat it.
    unit_id : str or None
        The unit chosen; empty where a click met none; None for another act.
    shown_layers : tuple of str or None
        Layers now on; None for another act.
    booth_id : str or None
        The booth chosen; None for another act.
    """

    stamp: str
    unit_id: str | None = None
    shown_layers: tuple[str, ...] | None = None
    booth_id: str | None = None


def read_event(text: str | None) -> MapEvent | None:
    """Return the act that the map's script reported as `what:value#moment`."""
    act, has_moment, _ = (text or "").rpartition("#")
    what, _, value = act.partition(":")
    if not has_moment or text is None:
        return None
    if what == "unit":
        return MapEvent(text, unit_id=unquote(value))
    if what == "booth":
        return MapEvent(text, booth_id=unquote(value))
    if what == "layers":
        return MapEvent(text, shown_layers=tuple(filter(None, value.split(","))))
    return None


def show_map(
    drawing: folium.Map, state: LiveState, *, key: str, on_event: Callable[[], None]
) -> None:
    """Draw the map.

    Parameters
    ----------
    drawing : folium.Map
        From `layers.map.zone_map`; consumed, so a new one is built every run.
    state : LiveState
        What changes between runs.
    key : str
        Distinguishes maps of one page; the session keeps under it what the map
        reported, for `read_event`.
    on_event : callable
        Called before the run that an act of the user causes.
    """
    st_folium(
        drawing,
        key=key,
        height=HEIGHT_PX,
        use_container_width=True,
        returned_objects=["last_object_clicked_tooltip"],
        feature_group_to_add=live_update(state),
        on_change=on_event,
        render=False,
    )
