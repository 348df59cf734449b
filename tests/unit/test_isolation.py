"""Isolation units: read with their authority, and booths divided by them.

Booths b1 to b4 lie in a square, each a hundredth of a degree wide:

b3 b4
b1 b2
"""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from tests.order_lists import objects
from tests.vector_files import write_geojson
from zoning.errors import ColumnError
from zoning.judgement.delineate import delineate
from zoning.places.isolation import carve
from zoning.places.neighbours import within_of
from zoning.readers.isolation import read_isolation
from zoning.readers.mapping import Mapping


def ground(x, y, width=1.0, height=1.0):
    west, south = 88.3 + x / 100, 22.5 + y / 100
    return shapely.box(west, south, west + width / 100, south + height / 100)


BOOTHS = objects(["b1", "b2", "b3", "b4"])
CELLS = objects([ground(0, 0), ground(1, 0), ground(0, 1), ground(1, 1)])
LANE = ground(0.2, 0.2, 0.3, 0.3)


def carved(*units, cells=CELLS, sharing=(0, 1, 2, 3)):
    """Divide the booths; a unit is its code, its polygon and the booth it names."""
    codes, shapes, named = (objects(column) for column in zip(*units, strict=True))
    return carve(BOOTHS, cells, np.array(sharing, dtype=np.int32), codes, shapes, named)


def told(parts):
    return [(finding.row, finding.code) for finding in parts.findings]


def written(tmp_path, shapes, **columns):
    n = len(shapes)
    filled = {"isolation_id": [f"L{i}" for i in range(n)], "authority": ["SOP 5"] * n}
    filled |= {"from_on": ["2020-05-18"] * n} | columns
    drawn = [None if shape is None else shapely.geometry.mapping(shape) for shape in shapes]
    return read_isolation(write_geojson(tmp_path / "i.geojson", drawn, **filled), Mapping())


def found(account):
    return [(f.row, f.code, f.rejects) for f in account.findings]


def test_a_unit_is_read_with_booth_authority_and_days(tmp_path):
    units, account = written(tmp_path, [LANE], booth_id=["b1"], to_on=["2020-06-14"])
    assert (units.booth_id[0], units.authority[0]) == ("b1", "SOP 5")
    assert account.taken == 1
    days = ["2020-05-17", "2020-05-18", "2020-06-14", "2020-06-15"]
    stands = [bool(units.in_force(np.datetime64(day).item())[0]) for day in days]
    assert stands == [False, True, True, False]


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"authority": [""]}, "authority_missing"),
        ({"isolation_id": [""]}, "isolation_missing"),
        ({"from_on": [""]}, "date_missing"),
        ({"to_on": ["2020-05-17"]}, "ends_before_begin"),
        ({"to_on": ["soon"]}, "to_on_invalid"),
    ],
)
def test_a_row_without_what_it_needs_is_rejected(tmp_path, columns, code):
    units, account = written(tmp_path, [LANE], **columns)
    assert len(units) == 0
    assert found(account) == [(1, code, True)]


def test_without_authority_the_sentence_says_that_the_memo_cordons_the_entire_unit(tmp_path):
    _, account = written(tmp_path, [LANE], authority=[""])
    assert "cordons the entire unit" in account.findings[0].message


def test_a_unit_that_isnt_drawn_or_drawn_twice_otherwise_is_rejected(tmp_path):
    shapes = [None, LANE, ground(0, 0), ground(1, 1), ground(1, 1)]
    units, account = written(tmp_path, shapes, isolation_id=["a", "b", "b", "c", "c"])
    assert units.isolation_id.tolist() == ["c"]
    assert found(account) == [
        (1, "isolation_undrawn", True),
        (2, "row_repeated", True),
        (3, "row_repeated", True),
        (5, "row_identical", True),
    ]


def test_a_file_without_a_column_of_authorities_is_refused(tmp_path):
    path = write_geojson(tmp_path / "i.geojson", [None], isolation_id=["a"], from_on=["2020-05-18"])
    with pytest.raises(ColumnError, match="no column authority"):
        read_isolation(path, Mapping())


def test_a_booth_is_divided_into_its_isolation_unit_and_the_rest():
    parts = carved(("L1", LANE, "b1"))
    assert parts.part_id.tolist() == ["b1", "b2", "b3", "b4", "b1/L1"]
    assert parts.cells[4].symmetric_difference(LANE).area < 1e-12
    assert parts.cells[0].symmetric_difference(CELLS[0].difference(LANE)).area < 1e-12
    assert (parts.booth.tolist(), parts.isolation.tolist()) == (
        [0, 1, 2, 3, 0],
        [-1, -1, -1, -1, 0],
    )
    assert len(set(parts.sharing)) == 5
    assert told(parts) == []


def test_cases_inside_fall_to_the_part_and_those_known_by_code_alone_to_the_rest():
    parts = carved(("L1", LANE, ""))
    inside, border, outside = (88.303, 22.503), (88.302, 22.503), (88.309, 22.509)
    nan = float("nan")
    places = [inside, border, outside, (nan, nan), inside, inside]
    lon, lat = np.array(places).T
    # The fifth case is known to live in b2, the last in no booth.
    booth = np.array([0, 0, 0, 0, 1, -1], dtype=np.int32)
    assert parts.of_cases(booth, lon, lat).tolist() == [4, 0, 0, 0, 1, -1]


def test_parts_are_delineated_as_booths_are():
    parts = carved(("L1", LANE, "b1"))
    n = len(parts)
    metres = objects([shapely.transform(c, lambda xy: (xy - 88) * 100_000) for c in parts.cells])

    def drawn(affecting):
        return delineate(
            np.full(n, "red", dtype=object),
            np.array(affecting),
            np.zeros(n, dtype=np.int32),
            np.zeros(1, dtype=np.int64),
            lambda is_a: within_of(metres, is_a, 1.0),
        ).category.tolist()

    assert drawn([0, 0, 0, 0, 2]) == ["B", "C", "C", "C", "A"]
    assert drawn([2, 0, 0, 0, 0]) == ["A", "B", "B", "B", "B"]


def test_a_unit_over_two_booths_divides_both_unless_it_names_one():
    wide = ground(0.5, 0.2, 1.0, 0.5)
    both = carved(("L1", wide, ""))
    assert both.part_id.tolist()[4:] == ["b1/L1", "b2/L1"]
    assert told(both) == [(1, "isolation_in_several")]
    one = carved(("L1", wide, "b2"))
    assert one.part_id.tolist()[4:] == ["b2/L1"]
    assert told(one) == [(1, "isolation_outside")]
    assert one.cells[0].symmetric_difference(CELLS[0]).area < 1e-12


@pytest.mark.parametrize(
    ("shape", "named"), [(LANE, "b2"), (LANE, "b9"), (ground(7, 7), ""), (ground(7, 7), "b1")]
)
def test_a_unit_outside_its_booth_divides_none_and_is_told(shape, named):
    parts = carved(("L1", shape, named))
    assert len(parts) == 4
    assert told(parts) == [(1, "isolation_elsewhere")]
    assert all(parts.cells[at] is CELLS[at] for at in range(4))


def test_units_that_cover_the_whole_booth_leave_it_undivided():
    whole = carved(("L1", ground(0, 0), "b1"))
    assert (len(whole), told(whole)) == (4, [(1, "isolation_whole")])
    halves = carved(("L1", ground(0, 0, 0.6, 1), ""), ("L2", ground(0.5, 0, 0.5, 1), ""))
    assert len(halves) == 4
    assert told(halves)[-1] == (2, "isolation_whole")


def test_the_smaller_code_has_the_ground_of_two():
    parts = carved(("L2", ground(0.2, 0.2, 0.3, 0.3), ""), ("L1", ground(0.4, 0.2, 0.3, 0.3), ""))
    areas = dict(zip(parts.part_id, shapely.area(parts.cells) * 1e4, strict=True))
    assert areas["b1/L1"] == pytest.approx(0.09)
    assert areas["b1/L2"] == pytest.approx(0.06)
    assert told(parts) == [(1, "isolation_overlap")]


def test_a_unit_inside_another_divides_nothing_and_is_told():
    parts = carved(("L1", LANE, ""), ("L2", ground(0.3, 0.3, 0.1, 0.1), ""))
    assert parts.part_id.tolist()[4:] == ["b1/L1"]
    assert told(parts) == [(2, "isolation_overlap")]


def test_booths_on_one_ground_are_divided_alike():
    cells = objects([CELLS[0], CELLS[0], CELLS[2], None])
    parts = carved(("L1", LANE, "b2"), cells=cells, sharing=(0, 0, 1, 2))
    assert parts.part_id.tolist()[4:] == ["b1/L1", "b2/L1"]
    assert parts.sharing[4] == parts.sharing[5] not in parts.sharing[:4]
    assert parts.sharing[0] == parts.sharing[1]
    assert parts.cells[3] is None


def test_a_code_that_is_another_booths_is_refused():
    booth_id = objects(["b1", "b2", "b3", "b1/L1"])
    sharing = np.arange(4, dtype=np.int32)
    parts = carve(booth_id, CELLS, sharing, objects(["L1"]), objects([LANE]), objects([""]))
    assert (len(parts), told(parts)) == (4, [(1, "isolation_code_taken")])


def test_neighbours_get_the_corners_on_their_border():
    parts = carved(("L1", ground(0.5, 0.5, 0.5, 0.2), "b1"))
    assert shapely.coverage_is_valid(parts.cells)
    assert shapely.get_num_coordinates(parts.cells[1]) == 7
