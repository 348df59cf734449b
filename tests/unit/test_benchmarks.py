"""The benchmarks compare like with like: at a small size both sides give the same answers."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from tests.source_tree import ROOT

BENCHMARKS = ROOT / "benchmarks"


@pytest.fixture(scope="module")
def scripts():
    """Let the scripts find each other as they do when they are run."""
    sys.path.insert(0, str(BENCHMARKS))
    yield
    sys.path.remove(str(BENCHMARKS))


@pytest.fixture(scope="module")
def hamlets(scripts, tmp_path_factory):
    import generate

    folder = tmp_path_factory.mktemp("bench")
    return [
        (*generate.write("hamlet", folder, part), generate.write_booths("hamlet", folder, part))
        for part in range(generate.SIZES["hamlet"].parts)
    ]


@pytest.fixture(scope="module")
def tables(hamlets):
    from product_day import Tables

    units, cases, booths = hamlets[0]
    return Tables.read(units, booths, cases)


def test_every_step_of_a_day_gives_what_plain_geopandas_does(tables, capsys):
    import delineate_speed

    assert delineate_speed.run(tables, rounds=1) == []
    told = capsys.readouterr()
    assert "whole day" in told.out
    # Each category is there, so that nothing is compared with nothing.
    assert all(f"'{key}': 0" not in told.err for key in ("A", "B", "green"))


def test_a_wrong_answer_is_told(tables):
    import delineate_speed

    product = delineate_speed.Product(tables)
    steps = {step.name: step for step in delineate_speed.steps(tables, product)}
    for step in steps.values():
        assert step.differs(step.plain(), step.product()) == ""
    located = steps["locate in units"]
    moved = np.roll(located.product(), 1)
    assert "lie elsewhere" in located.differs(located.plain(), moved)
    joined = steps["coverage union A, B, C"]
    assert "differ" in joined.differs(joined.plain(), joined.product()[::-1])


def test_districts_drawn_one_by_one_with_their_halo_are_drawn_as_the_whole(hamlets):
    import nation_day
    import nation_plan

    files = [nation_day.District(units, booths, cases) for units, cases, booths in hamlets]
    reach_m = 500.0
    boxes = np.array([nation_day.ground_of(file) for file in files])
    beside = nation_plan.adjoining(boxes, reach_m)
    counted = [
        nation_day.count_district(
            file, "2020-08-31", {n: boxes[n] for n in nation_plan.own(beside, number)}, reach_m
        )
        for number, file in enumerate(files)
    ]
    told = 0
    for number, file in enumerate(files):
        around = nation_plan.own(beside, number)
        drawn, halo = nation_day.draw_district(
            file, number, counted[number], [counted[n] for n in around], reach_m
        )
        everyone = [n for n in range(len(files)) if n != number]
        whole = nation_plan.unpartitioned(files, counted, number, everyone, reach_m)
        assert nation_plan.differences(drawn, whole) == 0
        alone = nation_plan.unpartitioned(files, counted, number, [], reach_m)
        told += nation_plan.differences(alone, whole) > 0
        assert halo > 0
    # Without the halo it would have been seen.
    assert told > 0
