"""The map page without a browser: what it says in each of its states."""

from dataclasses import replace
from html.parser import HTMLParser

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import tests.synthetic as synthetic
from zoning.errors import StoreError
from zoning.model import Units
from zoning.settings import Settings


def page(settings_dir, make_view):
    """Run the shell over one view; both come through the function's arguments."""
    from screens import shell
    from zoning.settings import Settings

    shell.run(Settings(var_dir=settings_dir), lambda *, at, public: make_view(at, public))


@pytest.fixture(scope="module")
def view():
    return synthetic.synthetic_view(144)


@pytest.fixture
def run(tmp_path, view):
    def run_page(make_view=lambda at, public: None, **query):
        def made(at, public):
            return make_view(at, public) or view

        test = AppTest.from_function(page, args=(tmp_path, made), default_timeout=60)
        for key, value in query.items():
            test.query_params[key] = value
        return test.run()

    return run_page


class Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words = []

    def handle_data(self, data):
        self.words.append(data)


def html(test):
    bodies = [element.proto.body for element in test.get("html")]
    return [body for body in bodies if not body.startswith("<style")]


def words(test):
    parser = Words()
    for text in html(test):
        parser.feed(text)
    return " ".join(parser.words)


def test_the_page_opens_with_its_answer_in_one_sentence(run, view):
    test = run()
    assert not test.exception
    assert view.headline in words(test)


def test_the_legend_says_the_rules_own_sentences(run, view):
    said = words(run())
    for level in view.levels:
        assert level.label in said
        assert level.sentence in said
    assert "Unclassified" in said


def test_the_basis_names_day_order_rule_and_what_is_missing(run, view):
    said = words(run())
    assert "Data to 17 May 2020." in said
    assert "Order 177-CS/12 in force from 15 May 2020, 10:40 IST." in said
    assert view.rule_title in said
    assert "Tests per lakh: not supplied." in said


def test_zones_that_are_only_computed_are_said_to_be_so(run, view):
    said = words(run(lambda at, public: replace(view, order=None)))
    assert "Computed only: no order is in force." in said


def test_a_fictional_district_is_marked(run, view):
    assert "Fictional district." in words(run())
    assert "Fictional" not in words(run(lambda at, public: replace(view, is_fictional=False)))


def test_a_link_to_a_unit_opens_its_card(run, view):
    said = words(run(unit="U0070"))
    i = list(view.units.unit_id).index("U0070")
    assert str(view.units.name[i]) in said
    assert str(view.classification.explanation[i]) in said


def test_every_figure_of_a_card_can_be_asked_why(run, view):
    text = next(t for t in html(run(unit="U0070")) if "sm-card" in t)
    assert text.count("why?") == len(view.parameters)
    for word in ("Numerator", "Denominator", "95 % interval", "critical above 15"):
        assert word in text


def test_search_opens_the_card_and_writes_the_address(run, view):
    test = run()
    label = next(o for o in test.selectbox[0].options if o.endswith("U0012"))
    test.selectbox[0].select(label).run()
    assert test.query_params["unit"] in ("U0012", ["U0012"])
    assert "U0012" in words(test)


def test_closing_the_card_clears_the_address(run):
    test = run(unit="U0070")
    test.button(key="close").click().run()
    assert "unit" not in test.query_params
    assert "sm-card" not in " ".join(html(test))


def test_a_link_to_an_unknown_unit_says_so(run):
    assert "gone" in run(unit="gone").warning[0].value


def test_a_name_from_a_file_is_never_markup(run, view):
    assert view.units.name[3] == "<b>Bold</b> & Sons"
    text = next(t for t in html(run(unit="U0004")) if "sm-card" in t)
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Sons" in text
    assert "<b>Bold</b>" not in text


def test_a_day_in_the_address_reaches_the_source_as_its_end_in_india(run, view):
    asked = []
    run(lambda at, public: asked.append(at), on="2020-05-10")
    assert asked[0].isoformat() == "2020-05-10T23:59:59+05:30"


@pytest.mark.parametrize("broken", ["", "10.05.2020", "2020-13-40"])
def test_a_broken_day_in_the_address_is_now(run, broken):
    asked = []
    test = run(lambda at, public: asked.append(at), on=broken)
    assert asked[0] is None
    assert not test.exception


def test_without_boundaries_the_page_names_the_way_out(run, view):
    none = np.array([], dtype=object)
    units = Units(none, none, np.array([]), none, none, none)
    empty = replace(
        view,
        units=units,
        zone=none,
        in_force_since=np.array([], dtype="datetime64[D]"),
        classification=None,
        facilities=None,
        headline="No boundaries have been imported.",
    )
    test = run(lambda at, public: empty)
    assert "zoning import boundaries" in test.info[0].value
    assert not test.exception


def test_a_refusal_is_drawn_as_its_sentence(run):
    def refuse(at, public):
        raise StoreError("The database does not answer.")

    test = run(refuse)
    assert test.error[0].value == "The database does not answer."
    assert not test.exception


def test_a_fault_of_ours_shows_a_reference_and_no_trace(run):
    def fail(at, public):
        raise ZeroDivisionError("secret detail")

    test = run(fail)
    assert "our fault" in test.error[0].value
    assert "secret detail" not in test.error[0].value
    assert not test.exception


def test_stale_data_is_warned_of_at_the_top(run, view):
    said = words(run(lambda at, public: replace(view, stale_warning="The feed is silent.")))
    assert "The feed is silent." in said


def test_the_table_has_a_row_a_unit_and_the_same_zones(view):
    from screens.table import zone_frame

    frame = zone_frame(view)
    assert len(frame) == len(view.units)
    zones = dict(zip(frame["Code"], frame["Zone"], strict=True))
    assert [zones[u].lower() for u in view.units.unit_id] == list(view.zone)
    assert frame["Zone"].iloc[0] == "Red", "most severe first"


def test_the_public_table_holds_zones_and_dates_only(view):
    from screens.table import facility_frame, zone_frame

    assert list(zone_frame(synthetic.public(view))) == ["Zone", "Name", "Code", "Since"]
    assert facility_frame(synthetic.public(view)).empty


def test_settings_of_the_server_report_to_nobody():
    import tomllib
    from pathlib import Path

    config = tomllib.loads(
        (Path(__file__).parents[2] / ".streamlit/config.toml").read_text("utf-8")
    )
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"]["toolbarMode"] == "minimal"
    assert config["server"]["address"] == "127.0.0.1"
    assert Settings().basemap_url == ""


def test_a_place_is_found_by_its_name_in_any_script_and_by_its_directory_code(run, view):
    n = len(view.units)
    units = replace(
        view.units,
        names={"bn": np.array(["বেলেঘাটা"] + [""] * (n - 1), dtype=object)},
        lgd_code=np.array(["260001"] + [""] * (n - 1), dtype=object),
    )
    options = run(lambda at, public: replace(view, units=units)).selectbox[0].options
    assert sum("বেলেঘাটা" in o and "260001" in o for o in options) == 1
    assert len(options) == n
