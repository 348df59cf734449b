"""What travels of booths: a character each, outlines of zones, and only what changed."""

import gzip
import json
from dataclasses import replace

import numpy as np
import pytest
import shapely

from layers.booth_ground import booth_ground
from layers.booth_payload import FIRST_CHARACTER, booth_payload
from layers.booth_view import CATEGORIES, PROVENANCES, ZoneOutlines
from tests.booth_views import booths_in_rows, synthetic_booths, with_changed_booths
from tests.synthetic import public, synthetic_view


@pytest.fixture(scope="module")
def view():
    return synthetic_booths()


def meaning(character):
    code = ord(character) - FIRST_CHARACTER
    return CATEGORIES[code & 3], bool(code >> 2 & 1), bool(code >> 3 & 1), PROVENANCES[code >> 4]


def full(payload):
    return json.loads(payload.full)


def positions(steps):
    return np.cumsum(steps).tolist()


def rings(zone, step, kind="area"):
    return [shapely.Polygon(np.cumsum(ring, axis=0) * step) for ring in zone[kind]]


def in_force(view, geometry, zone_id, opened="2020-05-01"):
    ids = np.array([f"CZ-{i}" for i in range(len(geometry))], dtype=object)
    areas = np.empty(len(geometry), dtype=object)
    areas[:] = geometry
    none = np.full(len(geometry), None, dtype=object)
    days = np.full(len(geometry), opened, dtype="datetime64[D]")
    zones = ZoneOutlines(ids, ids, days, areas, none)
    return replace(view, zones=zones, zone_id=np.array(zone_id, dtype=object))


def payload_of(booths):
    return booth_payload(replace(synthetic_view(25), booths=booths))


def test_every_booth_is_one_character_in_the_order_of_the_chunks(view):
    b = view.booths
    codes = full(booth_payload(view))["codes"]
    order = booth_ground(b).order
    assert len(codes) == len(order)
    for character, row in zip(codes, order, strict=True):
        assert meaning(character) == (
            b.category[row],
            b.watch[row],
            b.needs_survey[row],
            b.provenance[row],
        )


def test_a_character_is_one_byte_whatever_it_means(view):
    assert booth_payload(view).codes.max() < 128


def test_a_zone_names_its_booths_its_first_day_and_its_label(view):
    b = view.booths
    order = booth_ground(b).order
    zones = {zone["id"]: zone for zone in full(booth_payload(view))["zones"]}
    assert list(zones) == list(b.zones.zone_id)
    for i, key in enumerate(b.zones.zone_id):
        assert np.datetime64(zones[key]["opened"], "D") == b.zones.opened_on[i]
        inside = b.booth_id[order[positions(zones[key]["booths"])]]
        assert set(inside) == set(b.booth_id[b.zone_id == key])


def test_an_outline_is_within_a_pixel_of_the_zone(view):
    answer = full(booth_payload(view))
    pixel = 360 / (256 * 2 ** booth_ground(view.booths).from_zoom)
    for zone, shape in zip(answer["zones"], view.booths.zones.geometry, strict=True):
        drawn = shapely.union_all([ring.exterior for ring in rings(zone, answer["step"])])
        assert drawn.hausdorff_distance(shapely.boundary(shape)) < pixel


def test_a_hole_turns_against_its_shell():
    shell, hole = shapely.box(88, 22, 89, 23), shapely.box(88.3, 22.3, 88.6, 22.6)
    ring = shapely.Polygon(shell.exterior, [hole.exterior])
    answer = full(payload_of(in_force(booths_in_rows(["a"]), [ring], ["CZ-0"])))
    shell, hole = rings(answer["zones"][0], answer["step"])
    assert shell.exterior.is_ccw != hole.exterior.is_ccw
    assert shell.contains(hole)


def test_a_zone_smaller_than_a_step_of_the_grid_still_has_a_place():
    dot = shapely.box(88, 22, 88.000001, 22.000001)
    answer = full(payload_of(in_force(booths_in_rows(["a"]), [dot], ["CZ-0"])))
    (ring,) = answer["zones"][0]["area"]
    assert np.array(ring[0]) * answer["step"] == pytest.approx([88, 22], abs=1e-3)


def test_a_zone_without_ground_or_day_is_sent_without():
    answer = full(payload_of(in_force(booths_in_rows(["a"]), [None], ["CZ-0"], "NaT")))
    zone = answer["zones"][0]
    assert (zone["area"], zone["buffer"], zone["opened"]) == ([], [], None)


def test_applying_the_difference_gives_the_new_state(view):
    old, new = booth_payload(view), booth_payload(with_changed_booths(view, 20))
    difference = json.loads(new.since(old))
    codes = list(full(old)["codes"])
    for at, character in zip(positions(difference["at"]), difference["codes"], strict=True):
        codes[at] = character
    assert "".join(codes) == full(new)["codes"]
    assert len(difference["at"]) == 20
    assert difference["zones"] == []


def test_a_difference_names_zones_that_are_gone_and_those_that_changed():
    view = booths_in_rows(["a", "a"])
    squares = [shapely.box(88, 22, 88.05, 22.05), shapely.box(88.05, 22, 88.1, 22.05)]
    both = payload_of(in_force(view, squares, ["CZ-0", "CZ-1"]))
    one = payload_of(in_force(view, squares[:1], ["CZ-0", ""]))
    assert json.loads(one.since(both)) == {"at": [], "codes": "", "gone": ["CZ-1"], "zones": []}
    back = json.loads(both.since(one))
    assert [zone["id"] for zone in back["zones"]] == ["CZ-1"]


def test_another_ground_or_another_reader_is_the_whole(view):
    other = payload_of(booths_in_rows(["a", "b"]))
    assert "ground" in json.loads(other.since(booth_payload(view)))
    assert "ground" in json.loads(booth_payload(public(view)).since(booth_payload(view)))


def test_the_public_sees_category_and_days_and_no_count(view):
    answer = full(booth_payload(public(view)))
    assert set(answer) == {"ground", "step", "codes", "zones"}
    assert set(answer["zones"][0]) == {"id", "label", "opened", "area", "buffer", "booths"}
    assert answer == full(booth_payload(view))


def test_the_payload_is_built_once_while_the_booths_stay(view):
    assert booth_payload(replace(view, headline="later")) is booth_payload(view)


def test_a_view_without_booths_has_no_payload():
    assert booth_payload(synthetic_view(25)) is None


def test_500_changed_booths_of_a_city_cost_less_than_3_kb():
    view = synthetic_booths(144, 50.0)
    difference = booth_payload(with_changed_booths(view, 500)).since(booth_payload(view))
    assert len(json.loads(difference)["at"]) == 500
    assert len(gzip.compress(difference)) < 3_000
