"""The zones as one folium layer: geometry by address, drawn on a canvas."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from folium.map import Layer
from folium.template import Template

from layers.booth_words import booth_marks
from layers.view import MapView
from layers.words import map_words
from zoning.symbols.palette import zone_styles
from zoning.symbols.swatch import area_svg, as_data_uri


class ZoneLayer(Layer):
    """Areas of a view's units; their classes come later, through `LiveUpdate`.

    Parameters
    ----------
    view : MapView
        Read for what stays the same between reruns: levels and words.
    geometry_url : str
        Address of the edition's TopoJSON.
    bounds : list
        South-west and north-east corner, degrees.
    has_legend : bool
        Whether a legend is drawn on the map itself.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = Seemana.zones({{ this.settings|tojson }});
        {% endmacro %}
        """
    )

    def __init__(
        self,
        view: MapView,
        geometry_url: str,
        bounds: list[list[float]],
        *,
        has_legend: bool,
    ) -> None:
        super().__init__(name="zones", overlay=True, control=False)
        self._name = "ZoneLayer"
        styles = zone_styles([level.key for level in view.levels])
        words = map_words(view)
        legend = [
            {"picture": as_data_uri(area_svg(style)), "label": words["zones"][key]}
            for key, style in styles.items()
        ]
        if view.booths is not None:
            legend += [
                {"picture": as_data_uri(area_svg(style)), "label": label}
                for style, label in booth_marks()
            ]
        self.settings: dict[str, Any] = {
            "geometryUrl": geometry_url,
            "bounds": bounds,
            "styles": {key: asdict(style) for key, style in styles.items()},
            "words": words,
            "legend": legend if has_legend else [],
        }
