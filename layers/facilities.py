"""Facilities as folium layers, one a kind, with toggles in the layer control."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from folium.map import Layer
from folium.template import Template

from layers.words import kind_label
from zoning.symbols.palette import facility_style
from zoning.symbols.swatch import as_data_uri, facility_svg


class FacilityLayer(Layer):
    """Facilities of one kind; positions and freshness come with the live data.

    Parameters
    ----------
    kind : str
        A `FacilityKind` value.
    is_shown : bool
        Whether the layer is on at the opening.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = Seemana.facilityLayer(
                {{ this.kind|tojson }}, {{ this.style|tojson }}
            );
        {% endmacro %}
        """
    )

    def __init__(self, kind: str, *, is_shown: bool = True) -> None:
        picture = as_data_uri(facility_svg(kind))
        label = f'<img src="{picture}" alt=""> {kind_label(kind)}'
        super().__init__(name=label, overlay=True, control=True, show=is_shown)
        self._name = "FacilityLayer"
        self.kind = kind
        style = facility_style()
        self.style: dict[str, Any] = {
            "disc": style.disc,
            "shape": style.shape,
            "ring": style.ring,
            "kinds": {kind: style.kinds[kind]},
            "freshness": {key: asdict(ring) for key, ring in style.freshness.items()},
        }
