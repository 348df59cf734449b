"""The map's script: constant between reruns, without foreign addresses, safe from names."""

import re

import pytest
from streamlit_folium import _get_feature_group_string, generate_leaflet_string

from layers.live_layer import LiveState, live_update
from layers.map import Basemap, bounds_of, facility_kinds, zone_map
from layers.st_map import MapEvent, read_event
from tests.synthetic import public, synthetic_view, with_changed_zones
from zoning.assets.shelf import ASSETS, asset_bytes, asset_url

ADDRESS = re.compile(rb"https?://([\w.-]+)")


@pytest.fixture(scope="module")
def view():
    return synthetic_view(144)


def drawn(view, **options):
    options = {"shown_layers": ("hospital", "ambulance")} | options
    return zone_map(view, "/geometry/abc.json", bounds_of(view), **options)


def script(view, **options):
    drawing = drawn(view, **options)
    drawing.render()
    return generate_leaflet_string(drawing)


def update(**changes):
    state = {
        "live_url": "/live/t",
        "version": "v1",
        "as_of_s": 1,
        "selected": None,
        "focus": 0,
        "theme": "light",
    } | changes
    return live_update(LiveState(**state))


def test_the_script_stays_the_same_when_classes_change(view):
    assert script(view) == script(with_changed_zones(view, 100))


def test_the_script_holds_no_unit_and_no_figure(view):
    text = script(view)
    assert len(text) < 12_000
    assert str(view.units.unit_id[10]) not in text


def test_a_change_travels_as_a_small_element(view):
    text = _get_feature_group_string(update(), drawn(view))
    assert "Seemana.apply" in text
    assert len(text) < 1_000


def test_a_selection_can_not_leave_its_string(view):
    text = _get_feature_group_string(update(selected="</script><b>'\""), drawn(view))
    assert "</script><b>" not in text


def test_the_map_names_no_foreign_address(view):
    html = drawn(view).get_root().render().encode()
    assert ADDRESS.findall(html.replace(b"http://www.w3.org", b"")) == []
    assert asset_url("leaflet/leaflet.js").encode() in html


def test_shipped_scripts_ask_nobody():
    asking = re.compile(rb"""(?:src|url|fetch|import)\s*[(=:]\s*["']?https?://""")
    for name in ASSETS:
        assert not asking.search(asset_bytes(name)), name


def test_libraries_are_shipped_with_their_licences():
    vendors = {name.split("/")[0] for name in ASSETS if "/" in name}
    assert {f"{vendor}/LICENSE" for vendor in vendors} <= set(ASSETS)
    assert b"Copyright" in asset_bytes("leaflet/LICENSE")


def test_a_path_can_not_leave_the_shelf():
    with pytest.raises(KeyError):
        asset_bytes("../pyproject.toml")


def test_a_basemap_is_there_only_when_configured(view):
    assert "tileLayer" not in script(view)
    with_tiles = script(view, basemap=Basemap("/tiles/{z}/{x}/{y}.png", "Survey"))
    assert "tileLayer" in with_tiles


def test_a_public_map_has_no_facility_layer(view):
    assert facility_kinds(public(view)) == ()
    assert "facilityLayer" not in script(public(view))


def test_layers_that_were_off_stay_off_at_the_opening(view):
    text = script(view, shown_layers=("hospital",))
    assert text.count("facilityLayer(") == 2
    assert text.count(".addTo(map_div)") < script(view).count(".addTo(map_div)")


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("unit:U%2012#9", MapEvent("unit:U%2012#9", unit_id="U 12")),
        ("unit:#9", MapEvent("unit:#9", unit_id="")),
        ("unit:a%23b#9", MapEvent("unit:a%23b#9", unit_id="a#b")),
        (
            "layers:hospital,ambulance#9",
            MapEvent("layers:hospital,ambulance#9", shown_layers=("hospital", "ambulance")),
        ),
        ("layers:#9", MapEvent("layers:#9", shown_layers=())),
        ("something else", None),
        (None, None),
    ],
)
def test_an_act_on_the_map_is_read_back(text, event):
    assert read_event(text) == event
