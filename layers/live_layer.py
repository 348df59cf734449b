"""Each change of the map as one small element beside its constant script."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

import folium
import numpy as np
import shapely
from folium import MacroElement
from folium.template import Template

from layers.booth_ground import booth_ground
from layers.booth_payload import BoothAddress
from layers.view import MapView


@dataclass(frozen=True)
class ChosenBooth:
    """A booth that is marked.

    Attributes
    ----------
    booth_id : str
        Its code.
    position : int
        In the order of the chunks; -1 for one without ground.
    box : tuple of float or None
        West, south, east, north of its ground, degrees; None without ground.
    """

    booth_id: str
    position: int
    box: tuple[float, float, float, float] | None


@dataclass(frozen=True)
class LiveState:
    """What the map shows now.

    Attributes
    ----------
    live_url, version : str
        Address and version of the classes; the browser fetches only a new version.
    as_of_s : int
        Moment shown, seconds from 1970, from which ages are counted.
    selected : str or None
        Code of the unit that is marked.
    focus : int
        Raised to bring the selected unit into view; nothing else moves the map.
    theme : {'light', 'dark'}
        Of the page around the map.
    is_preparing : bool
        Whether booths will come that aren't ready.
    booths : BoothAddress or None
        None where nothing is delineated, or not ready.
    booth : ChosenBooth or None
        The booth that is marked beside the unit; the focus brings it into view.
    """

    live_url: str
    version: str
    as_of_s: int
    selected: str | None
    focus: int
    theme: Literal["light", "dark"]
    is_preparing: bool = False
    booths: BoothAddress | None = None
    booth: ChosenBooth | None = None


class _Apply(MacroElement):
    _template = Template(
        """
        {% macro script(this, kwargs) %}
            Seemana.apply({{ this.update|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, update: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Apply"
        self.update = update


def live_update(state: LiveState) -> folium.FeatureGroup:
    """Return the element for `feature_group_to_add`, a few hundred bytes."""
    group = folium.FeatureGroup(name="live", control=False)
    group.add_child(
        _Apply(
            {
                "liveUrl": state.live_url,
                "version": state.version,
                "asOf": state.as_of_s,
                "selected": state.selected,
                "focus": state.focus,
                "theme": state.theme,
                "isPreparing": state.is_preparing,
                "booths": None if (at := state.booths) is None else _booth_address(at),
                "booth": None if (booth := state.booth) is None else asdict(booth),
            }
        )
    )
    return group


def _booth_address(booths: BoothAddress) -> dict[str, str]:
    return {
        "groundUrl": booths.ground_url,
        "liveUrl": booths.live_url,
        "version": booths.version,
    }


def chosen_booth(view: MapView, booth_id: str | None) -> ChosenBooth | None:
    """Return what marks a booth on the map; None if the view has no such booth."""
    booths = view.booths
    row = None if booths is None or not booth_id else booths.row_of.get(booth_id)
    if booths is None or row is None:
        return None
    position = int(booth_ground(booths).place[row])
    if position < 0:
        return ChosenBooth(str(booth_id), position, None)
    west, south, east, north = np.round(shapely.bounds(booths.cells[row]), 6).tolist()
    return ChosenBooth(str(booth_id), position, (west, south, east, north))
