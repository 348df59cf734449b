"""Colours are seen everywhere, figures in the own area, whatever is written into an address."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from layers.payload import live_payload
from screens.table import zone_frame
from tests.officers import NORTH, SOUTH, actor, settle
from tests.store import samples
from tests.store.samples import NOON, hour
from zoning.access import Role
from zoning.settings import Settings
from zoning.store.cases import insert_cases
from zoning.store.imports import ImportKind, begin, finish
from zoning.web.desk import desk
from zoning.workflow.decisions import propose, publish
from zoning.workflow.map_view import map_view

AT = hour(3)
SECRET_ROLES = [
    Role.OBSERVER,
    Role.DESK_OPERATOR,
    Role.INCIDENT_COMMANDER,
    Role.ENFORCEMENT,
    Role.CMOH,
    Role.NODAL_ADM,
    Role.DISTRICT_MAGISTRATE,
]


@pytest.fixture
def judged(store):
    """Seven cases in each ward of the north, eleven in each of the south."""
    settle(store)
    with store.transaction() as session:
        for ward, n in [*((w, 7) for w in NORTH), *((w, 11) for w in SOUTH)]:
            import_id = begin(session, samples.new_import(ImportKind.CASES, ward, NOON))
            cases = replace(
                samples.plain_cases(n, unit=ward),
                confirmed_on=np.full(n, "2020-05-16", "datetime64[D]"),
            )
            insert_cases(session, import_id, cases)
            finish(session, import_id, samples.account(n), np.datetime64("2020-05-17"))
    propose(store, "mohfw-2020-05-17", date(2020, 5, 17), hour(1), "tester")
    publish(store, hour(2), "tester")
    return store


def seen(store, who, *, public=False):
    return map_view(store, Settings(), at=AT, public=public, who=who)


def cells(view):
    return dict(zip(view.units.unit_id, view.classification.active.tolist(), strict=True))


@pytest.mark.parametrize("role", SECRET_ROLES)
def test_an_officer_of_an_area_sees_its_figures_and_every_colour(judged, role):
    whole = seen(judged, "tester")
    view = seen(judged, actor(judged, role, "N"))
    assert view.zone.tolist() == whole.zone.tolist()
    assert cells(view) == {**dict.fromkeys(NORTH, 7), **dict.fromkeys(SOUTH, -1)}
    assert cells(seen(judged, actor(judged, role, "S")))["W5"] == 11


@pytest.mark.parametrize("role", [Role.HOME, Role.STATE_HEALTH])
def test_a_department_sees_the_figures_of_the_state(judged, role):
    assert set(cells(seen(judged, actor(judged, role))).values()) == {7, 11}


def test_nothing_that_is_handed_on_holds_a_figure_of_elsewhere(judged):
    view = seen(judged, actor(judged, Role.CMOH, "N"))
    places = np.flatnonzero(np.isin(view.units.unit_id.astype(str), SOUTH))
    result = view.classification
    columns = live_payload(view).columns
    assert set(columns) > {"zone", "since", "active"}
    for name, column in columns.items():
        if name not in ("zone", "since"):
            assert all(column[i] is None for i in places), name
    for parameter in result.parameters.values():
        parts = (parameter.value, parameter.numerator, parameter.denominator)
        for part in (*parts, parameter.low, parameter.high):
            assert np.isnan(part[places]).all()
        assert not parameter.counts[places].any()
    assert (result.explanation[places] == "").all() and np.isnat(result.last_case_on[places]).all()
    assert not any(result.flags[i] for i in places) and not result.surge[places].any()
    frame = zone_frame(view).set_index("Code")
    assert frame.loc[list(SOUTH), "Active"].isna().all()
    assert {f.label: f.value for f in view.key_figures}["Active cases"] == "28"


def test_a_role_whose_area_is_nowhere_sees_what_the_public_sees(judged):
    view = seen(judged, actor(judged, Role.OBSERVER, "atlantis"))
    assert view.is_public and view.classification is None


def test_a_guessed_unit_in_the_address_opens_a_card_without_figures(judged):
    def page(store, who):
        from screens import shell
        from tests.store.test_figures_of_areas import seen
        from zoning.settings import Settings

        shell.run(Settings(), lambda *, at, public: seen(store, who, public=public))

    who = actor(judged, Role.CMOH, "N")
    said = {}
    for unit in ("W2", "W5"):
        test = AppTest.from_function(page, args=(judged, who), default_timeout=60)
        test.query_params["unit"] = unit
        said[unit] = " ".join(e.proto.body for e in test.run().get("html"))
    assert "7 active of 7 confirmed" in said["W2"]
    assert "seen by those who answer for it" in said["W5"]
    assert "11 active" not in said["W5"]


def fetch(live, token, query=""):
    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/live/{token}",
        "path_params": {"token": token},
        "query_string": query.encode(),
        "headers": [],
    }
    answer = live.respond(Request(scope))
    return answer.status_code, json.loads(answer.body)


def test_the_address_of_ones_own_figures_opens_no_others(judged, tmp_path):
    shared = desk(Settings(var_dir=tmp_path))
    north = shared.publish(seen(judged, actor(judged, Role.CMOH, "N")))
    south = shared.publish(seen(judged, actor(judged, Role.CMOH, "S")))
    token = north.live_url.removeprefix("/live/")
    forged = token.replace(north.version, south.version)
    assert fetch(shared.live, forged)[0] == 403
    # The base of a difference may be guessed, and what is told is still one's own.
    status, content = fetch(shared.live, token, f"since={south.version}")
    answer = content["columns"]["active"]
    assert status == 200 and 11 not in answer and 7 in answer
