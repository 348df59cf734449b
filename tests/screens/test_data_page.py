"""The data screen's frame: its answer, who may come in, what is empty, old or refused."""

import pytest

from tests.screens.desks import fill, open_desk, visit, words
from tests.store.samples import hour
from zoning.access import Action, Role, may
from zoning.errors import AccessError, StoreError
from zoning.workflow.data_desk import DataDesk

PANELS = ("bring", "imports", "queue", "feeds", "editions")


@pytest.fixture
def empty(tmp_path, sqlite_template):
    return open_desk(tmp_path, sqlite_template)


@pytest.fixture
def desk(empty):
    return fill(empty)


def test_the_page_answers_in_one_sentence_with_numbers_and_a_time(desk):
    assert "Feeds late: 0 of 1; 3 cases wait for a place; last import today, 12:00 IST." in words(
        visit(desk)
    )


def test_an_empty_database_is_told_where_to_begin(empty):
    test = visit(empty)
    assert not test.exception
    assert "Nothing has been brought in yet: begin with the boundaries" in words(test)


@pytest.mark.parametrize(
    ("panel", "sentence"),
    [
        ("bring", "Bring in the boundaries first"),
        ("imports", "Nothing has been brought in yet."),
        ("queue", "No case waits for a place."),
        ("feeds", "No feed is known yet."),
        ("editions", "No boundaries are known yet."),
    ],
)
def test_every_panel_says_what_to_do_while_it_is_empty(empty, panel, sentence):
    test = visit(empty, tab=panel)
    assert not test.exception
    assert sentence in words(test)


@pytest.mark.parametrize("panel", PANELS)
def test_every_panel_draws_what_there_is_without_a_fault(desk, panel):
    test = visit(desk, tab=panel)
    assert not test.exception
    assert not test.error


@pytest.mark.parametrize("panel", ["nonsense", "", "BRING"])
def test_an_address_that_names_no_panel_opens_the_first(desk, panel):
    assert visit(desk, tab=panel).file_uploader[0] is not None


def test_the_address_decides_which_panel_is_open(desk):
    test = visit(desk, tab="feeds")
    test.query_params["tab"] = "editions"
    test.run()
    assert "in force" in words(test)
    assert "Complete through" not in words(test)


@pytest.mark.parametrize("role", [role for role in Role if not may(role, Action.IMPORT_DATA)])
def test_who_may_not_bring_data_in_sees_who_may_and_nothing_else(tmp_path, sqlite_template, role):
    test = visit(fill(open_desk(tmp_path, sqlite_template, role)), tab="imports")
    said = words(test)
    assert "you may see the map and not change the data behind it" in said
    assert "nodal ADM" in said
    assert not test.tabs
    assert not test.dataframe


def test_a_role_that_may_import_and_not_undo_finds_these_buttons_off(tmp_path, sqlite_template):
    desk = fill(open_desk(tmp_path, sqlite_template, Role.DESK_OPERATOR))
    assert visit(desk, tab="imports", **{"import": 2}).button(key="undo").disabled
    with pytest.raises(AccessError):
        desk.undo(2)
    with pytest.raises(AccessError):
        desk.switch_back(is_booths=False)
    assert desk.imports()[0].undone_at is None


def test_a_role_without_any_right_is_refused_behind_the_page_too(tmp_path, sqlite_template):
    desk = fill(open_desk(tmp_path, sqlite_template, Role.OBSERVER))
    for act in (
        lambda: desk.intake,
        lambda: desk.decide_text("Tangrra", "W1"),
        lambda: desk.put_feed("f", "", "cases", 1, ()),
        lambda: desk.report_nil("", hour(0).date()),
        lambda: desk.effect_of_undo(1),
    ):
        with pytest.raises(AccessError, match="observer"):
            act()


def test_a_database_that_fails_is_told_in_one_sentence(desk, monkeypatch):
    from screens.shell import _told

    def fails(self):
        raise StoreError("The database does not answer.")

    monkeypatch.setattr(DataDesk, "version", fails)

    def page(desk, told):
        from screens import data

        told(lambda: data.data_page(desk))

    from streamlit.testing.v1 import AppTest

    test = AppTest.from_function(page, args=(desk, _told), default_timeout=60).run()
    assert test.error[0].value == "The database does not answer."
    assert not test.exception


def test_a_page_that_somebody_wrote_behind_says_that_it_is_old(desk):
    test = visit(desk, tab="feeds")
    assert "has changed" not in words(test)

    def page(desk):
        from screens import data

        data._watch(desk, desk.version() - 1)

    from streamlit.testing.v1 import AppTest

    old = AppTest.from_function(page, args=(desk,), default_timeout=60).run()
    assert "The data has changed since this page was drawn." in old.warning[0].value
    assert old.button(key="data-again").label == "Show it as it is now"


def test_the_demonstration_is_marked_here_too(tmp_path):
    from zoning.settings import Settings
    from zoning.store.engine import open_store
    from zoning.workflow.data_desk import local_desk
    from zoning.workflow.service import prepare

    settings = Settings(var_dir=tmp_path, database_url="")
    assert prepare(settings)
    test = visit(local_desk(open_store(settings.store_url), settings), tab="imports")
    assert "Fictional district." in words(test)
