"""The public output: whole or not at all, zones and dates only."""

from __future__ import annotations

import json

import pytest

from zoning import clock
from zoning.errors import OutputError
from zoning.settings import Settings
from zoning.workflow.setup import load_demonstration
from zoning.workflow.site import write_site


def test_the_public_output_holds_zones_and_dates_and_no_count(store, tmp_path):
    load_demonstration(store, Settings(), clock.now())
    assert write_site(store, Settings(), tmp_path / "site") == 142
    state = json.loads((tmp_path / "site" / "zones.json").read_text(encoding="utf-8"))
    assert set(state) == {"as_of", "order", "is_fictional", "units"}
    assert {key for unit in state["units"] for key in unit} == {"unit_id", "name", "zone", "since"}
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert page.count("<tr>") == 143
    assert "This district is fictional." in page
    assert "<script" not in page
    assert "http" not in page


def test_a_folder_that_holds_something_is_left_alone(store, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "keep").write_text("mine")
    with pytest.raises(OutputError, match="site"):
        write_site(store, Settings(), tmp_path / "site")
    assert not list(tmp_path.glob(".seemana-*"))
    assert (tmp_path / "site" / "keep").read_text() == "mine"


def test_with_an_address_the_site_holds_a_feed_of_orders(store, tmp_path):
    load_demonstration(store, Settings(), clock.now())
    settings = Settings(site_url="https://zones.example.org")
    write_site(store, settings, tmp_path / "site")
    feed = (tmp_path / "site" / "orders.atom").read_text(encoding="utf-8")
    assert "FICTION-" in feed
    assert "https://zones.example.org/orders.atom" in feed
