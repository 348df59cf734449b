"""Booths on the map's page without a browser: card, legend, search, table."""

from dataclasses import replace

import numpy as np
import pytest

import tests.synthetic as synthetic
from layers.booth_view import CATEGORIES
from screens.booth_table import ROWS_A_PAGE, booth_frame, rows_shown
from tests.booth_views import synthetic_booths
from tests.screens.test_map_page import run, words  # noqa: F401 - a fixture
from zoning.errors import StoreError


@pytest.fixture(scope="module")
def view():
    return synthetic_booths()


def row_of(view, **wanted):
    b = view.booths
    return next(
        i for i in range(len(b)) if all(getattr(b, key)[i] == v for key, v in wanted.items())
    )


def card(run, view, row, make=None):  # noqa: F811
    test = (
        run(make, booth=str(view.booths.booth_id[row]))
        if make
        else run(booth=str(view.booths.booth_id[row]))
    )
    assert not test.exception
    return words(test)


def test_a_page_without_booths_says_nothing_of_them(run):  # noqa: F811
    plain = synthetic.synthetic_view(144)
    test = run(lambda at, public: plain)
    assert [tab.label for tab in test.tabs] == ["Map", "Table", "Facilities"]
    assert "Affected" not in words(test)


def test_the_legend_explains_every_category_and_mark(run):  # noqa: F811
    said = words(run())
    for word in ("Affected", "Buffer", "Clean", "Watched", "Cordon", "surveyed", "somebody has"):
        assert word in said


def test_a_card_names_booths_that_share_its_ground(run, view):  # noqa: F811
    b = view.booths
    one = next(i for i in range(1, len(b)) if b.cells[i] is b.cells[i - 1])
    assert f"that of {b.booth_id[one - 1]};" in card(run, view, one)


@pytest.mark.parametrize("provenance", ["surveyed", "derived"])
def test_a_card_says_how_the_border_is_known(run, view, provenance):  # noqa: F811
    said = card(run, view, row_of(view, provenance=provenance))
    assert ("Border surveyed." in said) == (provenance == "surveyed")
    assert ("not surveyed" in said.split("Booths, when")[0]) == (provenance == "derived")


def test_a_booth_without_ground_or_unit_has_a_card_all_the_same(run, view):  # noqa: F811
    b = view.booths
    cells, unit, provenance = b.cells.copy(), b.unit_id.copy(), b.provenance.copy()
    cells[3], unit[3], provenance[3] = None, "", ""
    lost = replace(view, booths=replace(b, cells=cells, unit_id=unit, provenance=provenance))
    said = card(run, view, 3, lambda at, public: lost)
    assert "No ground is known" in said
    assert "no place of this boundary edition" in said


def test_a_day_that_is_not_known_is_not_said(run, view):  # noqa: F811
    b = view.booths
    row = row_of(view, category="B")
    for since in (None, np.full(len(b), "NaT", dtype="datetime64[D]")):
        dateless = replace(view, booths=replace(b, since=since))
        assert "B: buffer." in card(run, view, row, lambda at, public, v=dateless: v)


def test_an_unknown_booth_in_the_address_is_told(run):  # noqa: F811
    test = run(booth="nowhere")
    assert "no booth with the code nowhere" in test.warning[0].value
    assert not test.exception


def test_closing_the_card_empties_the_address(run, view):  # noqa: F811
    code = str(view.booths.booth_id[5])
    test = run(booth=code, unit=str(view.booths.unit_id[5]))
    test.button(key="close").click().run()
    assert "booth" not in test.query_params
    assert "unit" not in test.query_params


def test_the_table_has_a_row_a_booth_and_no_count(view):
    frame = booth_frame(view.booths)
    assert len(frame) == len(view.booths)
    assert list(frame) == [
        "Category", "Booth", "Name", "Unit", "Containment zone", "Mark", "Border", "Since",
    ]  # fmt: skip
    assert len(view.booths) > ROWS_A_PAGE


def test_without_a_search_the_most_severe_booths_come_first(view):
    b = view.booths
    rows = rows_shown(b, "", [])
    rank = [CATEGORIES.index(key) for key in b.category[rows]]
    assert rank == sorted(rank)
    assert sorted(rows.tolist()) == list(range(len(b)))


def test_categories_and_marks_chosen_together_are_either(view):
    b = view.booths
    for chosen, wanted in (
        (["A"], b.category == "A"),
        (["watch"], b.watch),
        (["survey", "B"], b.needs_survey | (b.category == "B")),
        ([""], b.category == ""),
    ):
        assert sorted(rows_shown(b, "", chosen).tolist()) == np.flatnonzero(wanted).tolist()
    some = rows_shown(b, "B0000", ["A"])
    assert set(b.category[some]) <= {"A"}


def test_while_booths_are_being_prepared_the_page_says_so_and_has_the_rest(run, view):  # noqa: F811
    missing = replace(view, booths=None, is_preparing=True)
    test = run(lambda at, public: missing, booth=str(view.booths.booth_id[5]))
    assert not test.exception
    assert "booths are being prepared" in test.info[0].value
    assert [tab.label for tab in test.tabs] == ["Map", "Table", "Facilities", "Booths"]
    assert "no booth with the code" not in words(test)


def test_a_page_whose_booths_are_there_is_drawn_anew_with_them(run, view):  # noqa: F811
    seen = iter([replace(view, booths=None, is_preparing=True)])
    test = run(lambda at, public: next(seen, view))
    assert not test.exception
    assert not test.info
    assert "Affected" in words(test)


def test_what_hinders_the_booths_is_told_beside_the_map(run, view):  # noqa: F811
    answers = iter([replace(view, booths=None, is_preparing=True)])

    def make(at, public):
        try:
            return next(answers)
        except StopIteration:
            raise StoreError("The cache folder can't be written.") from None

    test = run(make)
    assert not test.exception
    assert "can't be written" in test.error[0].value
