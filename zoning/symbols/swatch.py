"""Small drawings of the symbols for legends, tables and cards, as SVG."""

from __future__ import annotations

from html import escape
from math import pi
from urllib.parse import quote

from zoning.symbols.palette import AreaStyle, facility_style

# One pattern tile of 8 by 8, drawn in the colour `ink`; the browser layer
# draws the same marks on its canvas.
_TILES = {
    "plain": "",
    "diagonal": '<path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke="{ink}" stroke-width="1.6"/>',
    "dots": '<circle cx="2" cy="2" r="1.2" fill="{ink}"/><circle cx="6" cy="6" r="1.2" '
    'fill="{ink}"/>',
    "lines": '<path d="M0 2h8M0 6h8" stroke="{ink}" stroke-width="1.2"/>',
    "cross": '<path d="M0 0l8 8M8 0l-8 8" stroke="{ink}" stroke-width="1"/>',
}

_PLAIN = " !$()*+,-./:;=?@[]^_`{|}~'"


def pattern_marks(style: AreaStyle) -> str:
    """Return the marks of a style's pattern on a tile of 8 by 8, as SVG."""
    return _TILES[style.pattern].format(ink=style.ink)


def area_svg(style: AreaStyle, width: int = 28, height: int = 20) -> str:
    """Return an SVG drawing of an area with pattern, border and letter."""
    tile = pattern_marks(style)
    line = 1.5 if style.cordon <= 2 else 3
    dash = f' stroke-dasharray="{" ".join(map(str, style.dash))}"' if style.dash else ""
    letter = (
        f'<text x="{width / 2}" y="{height / 2 + 4.5}" text-anchor="middle" '
        f'font-family="system-ui,sans-serif" font-size="13" font-weight="700" '
        f'fill="{style.text}" stroke="{style.fill}" stroke-width="3" paint-order="stroke">'
        f"{escape(style.letter)}</text>"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<defs><pattern id="p" width="8" height="8" patternUnits="userSpaceOnUse">{tile}</pattern>'
        f'</defs><rect x="1" y="1" width="{width - 2}" height="{height - 2}" rx="3" '
        f'fill="{style.fill}"/><rect x="1" y="1" width="{width - 2}" height="{height - 2}" rx="3" '
        f'fill="url(#p)" stroke="{style.border}" stroke-width="{line}"{dash}/>{letter}</svg>'
    )


def facility_svg(kind: str, freshness: str = "fresh", size: int = 24) -> str:
    """Return an SVG drawing of a facility with its freshness ring."""
    style = facility_style()
    ring = style.freshness[freshness]
    around = 2 * pi * 10.5
    dash = " ".join(map(str, ring.dash)) if ring.dash else f"{around * ring.turn:.1f} {around:.1f}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" '
        f'viewBox="0 0 24 24"><circle cx="12" cy="12" r="11.5" fill="{style.disc}"/>'
        f'<circle cx="12" cy="12" r="10.5" fill="none" stroke="{style.ring}" stroke-width="1.8" '
        f'stroke-dasharray="{dash}" transform="rotate(-90 12 12)"/>'
        f'<path d="{style.kinds[kind]}" fill="{style.shape}" fill-rule="evenodd"/></svg>'
    )


def as_data_uri(svg: str) -> str:
    """Return an SVG as a data address, which costs no request."""
    # Double quotes would be escaped threefold on the way; a browser reads single ones too.
    return f"data:image/svg+xml,{quote(svg.replace(chr(34), chr(39)), safe=_PLAIN)}"
