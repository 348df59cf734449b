"""Each change of the map as one small element beside its constant script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import folium
from folium import MacroElement
from folium.template import Template


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
    """

    live_url: str
    version: str
    as_of_s: int
    selected: str | None
    focus: int
    theme: Literal["light", "dark"]


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
            }
        )
    )
    return group
