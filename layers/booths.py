"""Booths and containment zones as one folium layer; all that changes comes later."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from folium.map import Layer
from folium.template import Template

from layers.booth_words import booth_words
from zoning.i18n.catalogue import tr
from zoning.symbols.palette import category_styles
from zoning.symbols.swatch import area_svg, as_data_uri

# Among the layers that are on, and in the address bar.
LAYER = "booths"


class BoothLayer(Layer):
    """Cells by category where the map is near enough, outlines of the zones from afar.

    Parameters
    ----------
    is_shown : bool
        Whether the layer is on at the opening.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = Seemana.boothLayer({{ this.settings|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, *, is_shown: bool = True) -> None:
        styles = category_styles()
        picture = as_data_uri(area_svg(styles["A"], 20, 20))
        super().__init__(
            name=f'<img src="{picture}" alt=""> {tr("Booths")}',
            overlay=True,
            control=True,
            show=is_shown,
        )
        self._name = "BoothLayer"
        self.settings: dict[str, Any] = {
            "styles": {key: asdict(style) for key, style in styles.items()},
            "words": booth_words(),
        }
