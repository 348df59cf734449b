"""A published list of containment zones is brought in on the data screen as orders of before."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.screens.desks import open_desk, visit, words
from tests.store.samples import NOON
from zoning.store.order_booths import categories_in_force
from zoning.workflow.imports import import_boundaries
from zoning.workflow.taking import ImportOrder

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data" / "bengaluru"
ZONES = DATA / "containment_zones_2020-08-06.csv"
MAPPING = ROOT / "docs" / "examples" / "bengaluru.toml"
PUBLISHED = datetime(2020, 8, 6, 12, tzinfo=UTC)
PART = 400

pytestmark = [
    pytest.mark.golden,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no real data beside the checkout ({DATA.name})"),
]


@pytest.fixture(scope="module")
def template(tmp_path_factory, sqlite_template):
    """A database with the city's wards."""
    folder = tmp_path_factory.mktemp("wards")
    desk = open_desk(folder, sqlite_template)
    order = ImportOrder(DATA / "wards_198.geojson", NOON, "tester", MAPPING)
    import_boundaries(desk.store, order, "ward")
    desk.store.close()
    return folder / "seemana.db"


@pytest.fixture
def desk(tmp_path, template):
    opened = replace(open_desk(tmp_path, template), clock=lambda: PUBLISHED)
    yield opened
    opened.store.close()


def hand_over(desk, content):
    """Hand the list over and answer what it doesn't tell: which column numbers an order."""
    test = visit(desk, tab="bring", kind="orders")
    test.file_uploader[0].set_value((ZONES.name, content, "text/csv")).run()
    (asked,) = [box for box in test.selectbox if "-column-number" in str(box.key)]
    asked.set_value("Containment Zone ID").run()
    (until,) = [box for box in test.selectbox if str(box.key).endswith("-ours-expires_on")]
    until.set_value("Date of return to normal").run()
    return test.button(key="upload-check").click().run()


def test_the_whole_list_is_accounted_for_row_by_row(desk):
    test = hand_over(desk, ZONES.read_bytes())
    said = words(test)
    assert not test.exception and not test.error, said
    assert "11,034 rows read: 11,034 taken, 0 rejected." in said
    checked = test.session_state["upload_checked"]
    assert Counter(finding.code for finding in checked.account.findings) == {
        "unit_whole": 11_034,
        "order_expired": 3_585,
        "unit_contradicted": 34,
        "category_assumed": 1,
    }
    # All but the one finding of the file as a whole lie in their wards.
    assert len(checked.found.marks) + checked.found.left_out == 11_034 + 3_585 + 34


def test_a_part_of_it_is_taken_in_and_in_force_and_ends_when_it_is_taken_back(desk):
    part = b"".join(ZONES.read_bytes().splitlines(keepends=True)[: PART + 1])
    test = hand_over(desk, part)
    test.button(key="upload-take").click().run()
    assert not test.exception and not test.error, words(test)
    assert desk.imports()[0].account.taken == PART
    with desk.store.reading() as session:
        booths = categories_in_force(session, PUBLISHED).booths
    # The city's booths aren't known here: each ward stands for its own.
    assert booths.booth_id.tolist() == [f"{ward}/unit" for ward in range(1, 7)]
    assert set(booths.category) == {"A"}
    test.button(key="undo").click().run()
    assert "6 booths lose or change the category that orders give them." in words(test)
    test.button(key="undo-yes").click().run()
    with desk.store.reading() as session:
        assert not len(categories_in_force(session, PUBLISHED).booths.booth_id)
