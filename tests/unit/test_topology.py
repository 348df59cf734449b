"""Shared borders are one arc; decoding gives the units back, in their order.

+---+---+
| a | b |     plus an enclave: e lies inside a hole of d
+---+---+
|   c   |
+-------+
"""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from tests.synthetic import synthetic_units, texts
from zoning.errors import CrsError, InputError
from zoning.model import Units
from zoning.places.topology import build_topology, content_key, encode_topology, simplify_to_budget


def units_of(*shapes):
    n = len(shapes)
    return Units(
        unit_id=texts("abcdefgh"[:n]),
        name=texts(f"Ward {i}" for i in range(n)),
        population=np.full(n, 1000.0),
        level=texts(["ward"] * n),
        parent_id=texts([""] * n),
        geometry=np.array(shapes, dtype=object),
    )


@pytest.fixture
def three():
    below = shapely.Polygon([(0, 0), (2, 0), (2, 1), (1, 1), (0, 1)])
    return units_of(shapely.box(0, 1, 1, 2), shapely.box(1, 1, 2, 2), below)


def decode(topology):
    """Polygons of a TopoJSON, as the browser reads them."""
    scale, translate = (np.array(topology["transform"][k]) for k in ("scale", "translate"))
    arcs = [np.cumsum(arc, axis=0) * scale + translate for arc in topology["arcs"]]

    def ring(indices):
        lines = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        return np.vstack([lines[0], *(line[1:] for line in lines[1:])])

    return [
        shapely.multipolygons(
            [shapely.Polygon(ring(r[0]), [ring(h) for h in r[1:]]) for r in geometry["arcs"]]
        )
        for geometry in topology["objects"]["units"]["geometries"]
    ]


def test_a_border_between_two_units_is_sent_once(three):
    topology = build_topology(three)
    geometries = topology["objects"]["units"]["geometries"]
    used = [i if i >= 0 else ~i for g in geometries for p in g["arcs"] for r in p for i in r]
    # Three outer arcs, and the three inner borders a-b, a-c, b-c used by two units each.
    assert len(topology["arcs"]) == 6
    assert sorted(np.bincount(used)) == [1, 1, 1, 2, 2, 2]


def test_decoding_gives_the_units_back(three):
    for was, now in zip(three.geometry, decode(build_topology(three)), strict=True):
        assert shapely.hausdorff_distance(was, now) < 1e-5


def test_an_enclave_and_the_hole_around_it_are_one_arc():
    enclave = shapely.box(1, 1, 2, 2)
    around = shapely.box(0, 0, 3, 3) - enclave
    topology = build_topology(units_of(around, enclave))
    assert len(topology["arcs"]) == 2
    assert [g.area for g in decode(topology)] == pytest.approx([8, 1], abs=1e-4)


def test_an_island_of_a_unit_stays_with_it():
    both = shapely.union_all([shapely.box(0, 0, 1, 1), shapely.box(3, 0, 4, 1)])
    (now,) = decode(build_topology(units_of(both)))
    assert len(now.geoms) == 2


def test_a_unit_without_area_keeps_its_place_in_the_order(three):
    gap = replace(three, geometry=np.array([three.geometry[0], None, three.geometry[2]]))
    geometries = build_topology(gap)["objects"]["units"]["geometries"]
    assert [g["id"] for g in geometries] == ["a", "b", "c"]
    assert geometries[1]["arcs"] == []
    assert geometries[1]["properties"]["at"] == [-1, -1]


def test_a_letter_lies_inside_its_unit():
    crescent = shapely.Point(0, 0).buffer(2) - shapely.Point(0.5, 0).buffer(1.9)
    topology = build_topology(units_of(crescent))
    at = np.array(topology["objects"]["units"]["geometries"][0]["properties"]["at"])
    degrees = at * topology["transform"]["scale"] + topology["transform"]["translate"]
    assert shapely.contains_xy(crescent, *degrees)


def test_a_large_edition_is_simplified_together_and_stays_a_coverage():
    units = synthetic_units(400)
    simplified, tolerance = simplify_to_budget(units.geometry, budget=12_000)
    assert tolerance > 0
    assert shapely.get_num_coordinates(simplified).sum() <= 15_000
    assert shapely.coverage_is_valid(simplified)
    assert shapely.area(simplified).sum() == pytest.approx(
        shapely.area(units.geometry).sum(), rel=0.01
    )


def test_a_small_edition_is_left_as_it_is():
    units = synthetic_units(25)
    same, tolerance = simplify_to_budget(units.geometry)
    assert tolerance == 0
    assert shapely.equals_exact(same, units.geometry).all()


def test_decoded_units_of_a_city_overlap_nowhere():
    units = synthetic_units(144)
    decoded = np.array(decode(build_topology(units)))
    assert shapely.coverage_is_valid(shapely.set_precision(decoded, 0)).all()


def test_the_key_follows_geometry_codes_and_names(three):
    key = content_key(three)
    assert content_key(replace(three)) == key
    moved = shapely.transform(three.geometry, lambda xy: xy + 1e-6)
    assert content_key(replace(three, geometry=moved)) != key
    assert content_key(replace(three, name=texts("xyz"))) != key
    assert content_key(replace(three, unit_id=texts("xyz"))) != key
    assert content_key(replace(three, geometry=None)) != key


def test_units_in_another_system_are_refused_by_name(three):
    with pytest.raises(CrsError, match="EPSG:32645"):
        build_topology(replace(three, crs="EPSG:32645"))


def test_units_without_geometry_are_refused(three):
    with pytest.raises(InputError, match="no geometry"):
        build_topology(replace(three, geometry=None))


def test_bengali_names_are_sent_as_they_are(three):
    named = replace(three, name=texts(["কলকাতা", "b", "c"]))
    assert "কলকাতা".encode() in encode_topology(build_topology(named))
