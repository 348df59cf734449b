"""Booths divided into isolation units: the same ground as before, each piece of it once."""

from __future__ import annotations

import numpy as np
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from zoning.places.isolation import carve

# Twelfths make borders that run along those of booths, and corners on them; floats the rest.
along = st.one_of(st.integers(0, 36).map(lambda twelfth: twelfth / 12), st.floats(0, 3))
corners = st.tuples(along, along)
triangles = st.tuples(corners, corners, corners).map(shapely.Polygon)
boxes = st.tuples(along, along, st.floats(0.05, 1.5), st.floats(0.05, 1.5)).map(
    lambda told: shapely.box(told[0], told[1], told[0] + told[2], told[1] + told[3])
)
shapes = st.lists(
    st.one_of(boxes, triangles).filter(lambda shape: shape.is_valid and shape.area > 1e-3),
    min_size=1,
    max_size=4,
)
names = st.lists(st.sampled_from(["", "b1", "b5", "b9"]), min_size=4, max_size=4)

# Booths of two kilometres, with corners that lie on no grid of decimals.
SCALE, LON, LAT = 0.02 / np.pi, 88.3, 22.5


def booths_of_a_grid():
    """Draw b1 to b9 in a square, the last of them at one point with b10."""
    cells = [placed(shapely.box(x, y, x + 1, y + 1)) for y in range(3) for x in range(3)]
    cells.append(cells[-1])
    booth_id = np.array([f"b{n}" for n in range(1, 11)], dtype=object)
    return booth_id, objects(cells), np.array([*range(9), 8], dtype=np.int32)


def placed(shape):
    return shapely.transform(shape, lambda xy: xy * SCALE + (LON, LAT))


def objects(values):
    return np.array([*values, None], dtype=object)[:-1]


def carved(polygons, named):
    booth_id, cells, sharing = booths_of_a_grid()
    drawn = objects([placed(shape) for shape in polygons])
    codes = objects([f"i{n}" for n in range(len(polygons))])
    return carve(booth_id, cells, sharing, codes, drawn, objects(named[: len(polygons)])), cells


@given(shapes, names)
@example([shapely.box(0.25, 0.25, 0.75, 0.75)], ["", "", "", ""])
@example([shapely.box(0.5, 0.5, 1.5, 1.5), shapely.box(0.5, 0.5, 1.25, 1.0)], ["", "", "", ""])
@example([shapely.box(0.0, 0.0, 1.0, 1.0)], ["b1", "", "", ""])
@example([shapely.box(2.25, 2.25, 2.75, 3.0)], ["b9", "", "", ""])
def test_no_ground_is_lost_or_doubled_and_the_parts_are_a_coverage(polygons, named):
    parts, cells = carved(polygons, named)
    assert shapely.is_valid(parts.cells).all()
    for booth, cell in enumerate(cells):
        own = parts.cells[parts.booth == booth]
        assert abs(shapely.area(own).sum() - cell.area) <= 1e-9 * cell.area
        assert shapely.area(shapely.symmetric_difference(shapely.union_all(own), cell)) <= 1e-12
    once = parts.cells[np.unique(parts.sharing, return_index=True)[1]]
    assert shapely.coverage_is_valid(once)


@given(shapes, names)
def test_a_part_lies_in_its_isolation_unit_and_the_rest_outside_of_those_that_divide(
    polygons, named
):
    parts, _ = carved(polygons, named)
    for part in range(10, len(parts)):
        drawn = placed(polygons[parts.isolation[part]])
        assert parts.cells[part].difference(drawn).area <= 1e-12
        rest = parts.cells[parts.booth[part]]
        assert rest.intersection(drawn).area <= 1e-12


@given(shapes, names, st.randoms(use_true_random=False))
def test_the_order_of_isolation_units_changes_nothing(polygons, named, random):
    booth_id, cells, sharing = booths_of_a_grid()
    n = len(polygons)
    order = list(range(n))
    random.shuffle(order)
    drawn, codes = objects([placed(s) for s in polygons]), objects([f"i{at}" for at in range(n)])
    called = objects(named[:n])
    straight = carve(booth_id, cells, sharing, codes, drawn, called)
    shuffled = carve(booth_id, cells, sharing, codes[order], drawn[order], called[order])
    where = {str(part): at for at, part in enumerate(shuffled.part_id)}
    assert set(where) == set(map(str, straight.part_id))
    same = shuffled.cells[[where[str(part)] for part in straight.part_id]]
    assert shapely.area(shapely.symmetric_difference(straight.cells, same)).max() <= 1e-12
