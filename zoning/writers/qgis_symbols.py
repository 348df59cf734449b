"""Area symbols of QGIS from styles of the palette: fill, pattern, and a line at the inner edge.

Properties are written in the older of the two forms that QGIS reads, `<prop k v>`: every
release since 2.0 knows it, and offices run old ones.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from zoning.symbols.palette import AreaStyle
from zoning.writers.zone_classes import DrawnClass

# A pixel of CSS: widths in millimetres stay what they are in a printed layout, at any resolution.
MM_PER_PIXEL = 25.4 / 96

# A light line below the dark one: the cordon is seen on dark ground and on light.
CASING = 1.75

# The tiles of `zoning.symbols.swatch`, as QGIS draws them: (angle, distance, width) a set of lines,
# in degrees and pixels.
_LINES = {
    "diagonal": ((45.0, 5.66, 1.6),),
    "lines": ((0.0, 4.0, 1.2),),
    "cross": ((45.0, 5.66, 1.0), (135.0, 5.66, 1.0)),
}
_DOT_PIXELS = 2.4
_DOT_STEP_PIXELS = 8.0


def area_symbol(name: str, drawn: DrawnClass, *, is_cased: bool = False) -> ET.Element:
    """Return a fill symbol.

    Parameters
    ----------
    name : str
        Key of the symbol in its renderer.
    drawn : DrawnClass
        What it stands for.
    is_cased : bool
        Whether its line is a cordon: dark with a light edge, whatever lies below.
    """
    style = drawn.style
    symbol = _symbol(name, "fill")
    _layer(
        symbol,
        "SimpleFill",
        {
            "color": rgba(style.fill),
            "style": "no" if drawn.is_outline else "solid",
            "outline_style": "no",
        },
    )
    if not drawn.is_outline:
        _add_pattern(symbol, name, style)
    if is_cased:
        _add_line(symbol, style.border, style.cordon * CASING, ())
        _add_line(symbol, style.fill, style.cordon, ())
    else:
        _add_line(symbol, style.border, style.cordon, style.dash)
    return symbol


def rgba(colour: str, alpha: int = 255) -> str:
    """Return `#rrggbb` as QGIS writes it: `r,g,b,a`."""
    return ",".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5)) + f",{alpha}"


def _add_pattern(symbol: ET.Element, name: str, style: AreaStyle) -> None:
    for angle, distance, width in _LINES.get(style.pattern, ()):
        pattern = _layer(
            symbol,
            "LinePatternFill",
            {"angle": f"{angle:g}", "distance": _mm(distance), "distance_unit": "MM"},
        )
        strokes = _symbol(f"@{name}@{len(symbol) - 1}", "line")
        _layer(strokes, "SimpleLine", _pen(style.ink, width))
        pattern.append(strokes)
    if style.pattern == "dots":
        pattern = _layer(
            symbol,
            "PointPatternFill",
            {
                "distance_x": _mm(_DOT_STEP_PIXELS),
                "distance_x_unit": "MM",
                "distance_y": _mm(_DOT_STEP_PIXELS / 2),
                "distance_y_unit": "MM",
                "displacement_x": _mm(_DOT_STEP_PIXELS / 2),
                "displacement_x_unit": "MM",
            },
        )
        dot = _symbol(f"@{name}@{len(symbol) - 1}", "marker")
        _layer(
            dot,
            "SimpleMarker",
            {
                "name": "circle",
                "color": rgba(style.ink),
                "outline_style": "no",
                "size": _mm(_DOT_PIXELS),
                "size_unit": "MM",
            },
        )
        pattern.append(dot)


def _add_line(symbol: ET.Element, colour: str, pixels: float, dash: tuple[float, ...]) -> None:
    line = _pen(colour, pixels) | {"draw_inside_polygon": "1", "joinstyle": "miter"}
    if dash:
        line |= {
            "use_custom_dash": "1",
            "customdash": ";".join(_mm(step) for step in dash),
            "customdash_unit": "MM",
            "capstyle": "flat",
        }
    _layer(symbol, "SimpleLine", line)


def _pen(colour: str, pixels: float) -> dict[str, str]:
    return {
        "line_color": rgba(colour),
        "line_style": "solid",
        "line_width": _mm(pixels),
        "line_width_unit": "MM",
    }


def _symbol(name: str, kind: str) -> ET.Element:
    return ET.Element(
        "symbol",
        {"name": name, "type": kind, "alpha": "1", "clip_to_extent": "1", "force_rhr": "0"},
    )


def _layer(symbol: ET.Element, kind: str, properties: dict[str, str]) -> ET.Element:
    layer = ET.SubElement(
        symbol, "layer", {"class": kind, "enabled": "1", "locked": "0", "pass": "0"}
    )
    for key, value in properties.items():
        ET.SubElement(layer, "prop", {"k": key, "v": value})
    return layer


def _mm(pixels: float) -> str:
    return f"{pixels * MM_PER_PIXEL:.4g}"
