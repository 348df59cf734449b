"""The palette keeps its promises: contrast, grey print, letters, one drawing for all."""

from itertools import combinations
from xml.etree import ElementTree

import pytest

from layers.words import FRESHNESS, freshness_label
from zoning.errors import RuleError
from zoning.facilities.freshness import Freshness
from zoning.model import FacilityKind, Zone
from zoning.symbols.palette import category_styles, facility_style, zone_styles
from zoning.symbols.swatch import area_svg, as_data_uri, facility_svg

THREE = zone_styles(["red", "orange", "green"])
ALL_AREAS = {
    **THREE,
    **{f"of five {k}": s for k, s in zone_styles(list("ABCDE")).items()},
    **{f"category {k}": s for k, s in category_styles().items()},
}


def luminance(colour):
    """Relative luminance of WCAG 2.2, 0 to 1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def as_grey(colour):
    """Grey that a printer gives for a colour (ITU-R BT.601), 0 to 255."""
    r, g, b = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * r + 0.587 * g + 0.114 * b


def test_black_on_white_has_the_contrast_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize(("a", "b"), list(combinations(["red", "orange", "green"], 2)))
def test_red_orange_and_green_differ_threefold(a, b):
    assert contrast(THREE[a].fill, THREE[b].fill) >= 3


@pytest.mark.parametrize("key", ALL_AREAS)
def test_a_border_stands_out_from_its_own_fill(key):
    assert contrast(ALL_AREAS[key].border, ALL_AREAS[key].fill) >= 3


@pytest.mark.parametrize("key", ALL_AREAS)
def test_text_is_legible_on_its_fill(key):
    assert contrast(ALL_AREAS[key].text, ALL_AREAS[key].fill) >= 4.5


def over(style, beneath):
    """Colour of a fill that lets some of what lies beneath through."""
    pairs = [(style.fill[i : i + 2], beneath[i : i + 2]) for i in (1, 3, 5)]
    mixed = [style.opacity * int(a, 16) + (1 - style.opacity) * int(b, 16) for a, b in pairs]
    return "#" + "".join(f"{round(channel):02x}" for channel in mixed)


@pytest.mark.parametrize("zone", ["red", "orange", Zone.UNCLASSIFIED.value])
def test_a_clean_booth_is_legible_on_every_zone_that_is_divided(zone):
    style = category_styles()["C"]
    fill = over(style, THREE[zone].fill)
    assert contrast(style.border, fill) >= 3
    assert contrast(style.text, fill) >= 4.5


def test_the_ring_of_a_watched_booth_stands_out_from_the_green_it_lies_on():
    style = category_styles()["watch"]
    assert style.dash
    assert contrast(style.border, over(style, THREE["green"].fill)) >= 3
    assert contrast(style.text, THREE["green"].fill) >= 4.5


def test_one_line_of_a_cordon_stands_out_from_each_area_it_may_run_through():
    cordon = category_styles()["cordon"]
    grounds = [style.fill for style in THREE.values()]
    grounds += [style.fill for key, style in category_styles().items() if key in "ABC"]
    for ground in grounds:
        assert max(contrast(ground, cordon.fill), contrast(ground, cordon.border)) >= 3


def test_categories_differ_by_letter_and_by_pattern_cordon_or_opacity():
    styles = category_styles()
    kinds = [styles[key] for key in ("A", "B", "C", "watch")]
    assert [style.letter for style in kinds] == ["A", "B", "C", "W"]
    assert len({(s.pattern, s.cordon, s.dash, s.opacity) for s in kinds}) == 4


def test_red_is_darkest_and_green_lightest():
    red, orange, green = (luminance(THREE[k].fill) for k in ("red", "orange", "green"))
    assert red < orange < green


def test_every_pair_of_zones_differs_in_grey_print_or_by_pattern():
    for a, b in combinations(THREE.values(), 2):
        assert abs(as_grey(a.fill) - as_grey(b.fill)) > 40 or a.pattern != b.pattern


def test_unclassified_is_no_pale_green():
    style = THREE[Zone.UNCLASSIFIED]
    r, g, b = (int(style.fill[i : i + 2], 16) for i in (1, 3, 5))
    assert max(r, g, b) - min(r, g, b) < 24, "grey has no hue"
    assert style.letter == "?"
    assert style.pattern not in {s.pattern for k, s in THREE.items() if k != Zone.UNCLASSIFIED}


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_a_rule_of_any_length_gets_a_style_a_level_by_severity(n):
    levels = list("ABCDE"[:n])
    styles = zone_styles(levels)
    assert list(styles) == [*levels, Zone.UNCLASSIFIED]
    assert [styles[level].letter for level in levels] == levels
    fills = [luminance(styles[level].fill) for level in levels]
    assert fills == sorted(fills), "the more severe, the darker"
    assert len({(s.fill, s.pattern) for s in styles.values()}) == n + 1


def test_a_rule_that_is_too_long_is_refused_by_name():
    with pytest.raises(RuleError, match="7 levels"):
        zone_styles(list("ABCDEFG"))


def test_letters_are_those_of_the_colours():
    assert [THREE[k].letter for k in ("red", "orange", "green")] == ["R", "O", "G"]


def test_every_kind_of_facility_has_its_own_shape():
    kinds = facility_style().kinds
    assert set(kinds) == {kind.value for kind in FacilityKind}
    assert len(set(kinds.values())) == len(kinds)


def test_rings_are_whole_half_and_broken():
    rings = facility_style().freshness
    assert (rings["fresh"].turn, rings["fresh"].dash) == (1.0, ())
    assert (rings["due"].turn, rings["due"].dash) == (0.5, ())
    assert rings["stale"].dash


def test_every_freshness_has_a_ring_and_a_word_and_never_told_has_none():
    rings = facility_style().freshness
    assert set(rings) == {state.value for state in Freshness} == set(FRESHNESS)
    assert rings["unknown"].turn == 0
    assert all(freshness_label(state) for state in FRESHNESS)


def test_a_swatch_is_well_formed_and_survives_a_hostile_level_name():
    styles = zone_styles(["<script>", "&b"])
    for style in styles.values():
        ElementTree.fromstring(area_svg(style))
    for kind in FacilityKind:
        for state in facility_style().freshness:
            ElementTree.fromstring(facility_svg(kind, state))
    uri = as_data_uri(area_svg(styles["<script>"]))
    assert not set('"<>#') & set(uri), "it stands inside an attribute"
