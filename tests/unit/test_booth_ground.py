"""Chunks of booths' ground: whole units, each booth once, the same in every process."""

import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import shapely
from shapely.geometry import box

from layers.booth_ground import BOOTHS_A_CHUNK, booth_ground, chunk
from layers.booth_view import ZoneOutlines, ground_key
from tests.booth_views import booths_in_rows, synthetic_booths

UNITS = 144


@pytest.fixture(scope="module")
def booths():
    return synthetic_booths(UNITS, 30.0).booths


def read(view, nth):
    return json.loads(chunk(view, booth_ground(view), nth))


def test_every_booth_with_ground_is_in_one_chunk(booths):
    ground = booth_ground(booths)
    assert ground.n_chunks > 2
    assert sorted(ground.order.tolist()) == list(range(len(booths)))
    told = [code for nth in range(ground.n_chunks) for code in read(booths, nth)["booths"]["id"]]
    assert told == booths.booth_id[ground.order].tolist()
    assert (ground.order[ground.place] == np.arange(len(booths))).all()


def test_a_unit_is_never_cut_and_a_chunk_is_no_larger_than_it_must_be(booths):
    ground = booth_ground(booths)
    chunk_of = np.searchsorted(ground.starts, ground.place, side="right")
    for unit in set(booths.unit_id):
        assert len(set(chunk_of[booths.unit_id == unit])) == 1
    assert np.diff(ground.starts).max() <= BOOTHS_A_CHUNK


def test_the_bounds_of_a_chunk_hold_its_cells(booths):
    ground = booth_ground(booths)
    for nth, bounds in enumerate(ground.bounds):
        rows = ground.order[ground.starts[nth] : ground.starts[nth + 1]]
        assert shapely.total_bounds(booths.cells[rows]) == pytest.approx(bounds)


def test_booths_at_one_point_share_one_cell(booths):
    answer = read(booths, 0)
    cells = answer["booths"]["cell"]
    assert len(set(cells)) == len(answer["objects"]["units"]["geometries"]) < len(cells)
    by_code = dict(zip(answer["booths"]["id"], cells, strict=True))
    for one, other in zip(booths.booth_id[18::20], booths.booth_id[19::20], strict=False):
        i, j = booths.row_of[one], booths.row_of[other]
        if booths.cells[i] is booths.cells[j] and one in by_code:
            assert by_code[one] == by_code[other]


def test_a_border_of_a_unit_is_what_its_cells_do_not_share():
    view = booths_in_rows(["a", "a", "b"])
    answer = read(view, 0)
    assert answer["units"] == ["a", "b"]
    assert answer["unitOf"] == [0, 0, 1]
    lines = {
        frozenset(map(tuple, np.cumsum(answer["arcs"][arc], axis=0).tolist()))
        for arc in answer["borders"][0]
    }
    between_a_and_a = {(349525, 0), (349525, 1048575)}
    assert not any(between_a_and_a <= line for line in lines if len(line) == 2)
    shared = set(answer["borders"][0]) & set(answer["borders"][1])
    assert len(shared) == 1, "the line between the units is a border of both"


def test_a_booth_without_ground_has_no_place_and_is_not_drawn():
    view = booths_in_rows(["a", "a", "b"])
    cells = view.cells.copy()
    cells[1] = None
    view = replace(view, cells=cells, ground_key=ground_key(view.booth_id, cells))
    ground = booth_ground(view)
    assert ground.place.tolist() == [0, -1, 1]
    assert read(view, 0)["booths"]["id"] == ["b1", "b3"]


def test_no_booth_with_ground_is_no_chunk():
    view = booths_in_rows(["a"])
    view = replace(view, cells=np.array([None], dtype=object))
    assert booth_ground(view).n_chunks == 0
    assert json.loads(booth_ground(view).index())["bounds"] == []


def test_booths_of_no_unit_are_laid_in_chunks_by_place():
    n = BOOTHS_A_CHUNK * 2
    ground = booth_ground(booths_in_rows([""] * n))
    assert ground.n_chunks == 2
    assert ground.bounds[0][2] <= ground.bounds[1][0] + 1e-9


def test_the_key_follows_ground_names_and_units_and_not_categories():
    view = booths_in_rows(["a", "a", "b"])
    key = booth_ground(view).key
    assert booth_ground(replace(view, watch=~view.watch)).key == key
    others = (
        replace(view, name=view.name[::-1] + "x"),
        replace(view, unit_id=view.unit_id[::-1].copy()),
        replace(view, ground_key="0" * 32),
    )
    assert len({key, *(booth_ground(other).key for other in others)}) == 4


def test_a_chunk_does_not_depend_on_which_cells_are_one_object():
    view = booths_in_rows(["a"] * 6, twins=True)
    apart = replace(view, cells=shapely.from_wkb(shapely.to_wkb(view.cells)))
    assert view.cells[0] is view.cells[1]
    assert apart.cells[0] is not apart.cells[1]
    assert chunk(view, booth_ground(view), 0) == chunk(apart, booth_ground(apart), 0)


def test_a_chunk_is_the_same_in_another_process(booths):
    program = (
        "import hashlib; from tests.booth_views import synthetic_booths;"
        "from layers.booth_ground import booth_ground, chunk;"
        f"b = synthetic_booths({UNITS}, 30.0).booths; g = booth_ground(b);"
        "print(g.key, hashlib.sha256(chunk(b, g, 1)).hexdigest())"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    import hashlib

    ground = booth_ground(booths)
    assert said == [ground.key, hashlib.sha256(chunk(booths, ground, 1)).hexdigest()]


def test_small_cells_are_drawn_from_a_later_zoom():
    near, far = booths_in_rows(["a"] * 4, side=0.0008), booths_in_rows(["a"] * 4, side=0.05)
    assert booth_ground(near).from_zoom == 13.0
    assert booth_ground(far).from_zoom == 11.0


def test_ground_holds_no_category(booths):
    answer = read(booths, 0)
    assert set(answer["booths"]) == {"id", "name", "cell"}
    assert not {"category", "watch", "needs_survey", "zone_id"} & set(json.dumps(answer).split('"'))


def test_a_ground_key_follows_codes_and_cells():
    one, other = box(0, 0, 1, 1), box(0, 0, 1, 2)
    ids = np.array(["a"], dtype=object)
    keys = {
        ground_key(codes, np.array([cell], dtype=object))
        for codes in (ids, ids + "b")
        for cell in (one, other, None)
    }
    assert len(keys) == 6


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"category": ["A", "B", "D"]}, "'D'"),
        ({"provenance": ["guessed"] * 3}, "guessed"),
        ({"zone_id": ["CZ-1", "", ""]}, "CZ-1"),
        ({"booth_id": ["b1", "b1", "b3"]}, "repeats"),
        ({"name": ["only one"]}, "3 booths"),
    ],
)
def test_a_view_of_booths_refuses_what_can_not_be_drawn(changes, said):
    view = booths_in_rows(["a", "a", "b"])
    with pytest.raises(ValueError, match=said):
        replace(view, **{k: np.array(v, dtype=object) for k, v in changes.items()})


def test_a_zone_is_outlined_once():
    ids = np.array(["z", "z"], dtype=object)
    none = np.array([None, None], dtype=object)
    with pytest.raises(ValueError, match="twice"):
        ZoneOutlines(ids, ids, np.full(2, "NaT", dtype="datetime64[D]"), none, none)
