"""`zoning drafts` at the terminal: from the first draft to the end, and what is refused."""

from __future__ import annotations

import json

import pytest

from tests.institution import moment, proposed
from tests.running import assert_refused, zoning
from zoning import clock
from zoning.orders.draft import to_json


@pytest.fixture
def terminal(store, store_address, monkeypatch, tmp_path):
    monkeypatch.setenv("ZONING_DATABASE_URL", store_address)
    monkeypatch.setenv("ZONING_VAR_DIR", str(tmp_path))
    monkeypatch.setenv("ZONING_SELF_DELINEATING", "C")
    proposed(store, tmp_path)
    hours = iter(range(3, 200))
    monkeypatch.setattr(clock, "now", lambda: moment(next(hours) / 10 + 3))
    return tmp_path


def done(*arguments):
    outcome = zoning(*arguments)
    assert outcome.status == 0, outcome
    return outcome


def content(folder, **changes):
    told = {
        "number": "HS/1",
        "title": "Zones from 19 May",
        "act": "Disaster Management Act, 2005",
        "reason": "Prescribed parameters",
        "signatory": "A. Rao",
    }
    file = folder / "order.json"
    file.write_text(json.dumps(told | changes))
    return file


def test_an_order_goes_from_the_draft_to_its_end(terminal):
    draft = done("drafts", "start", "zones", "--json").json()["draft"]
    assert "no number" in done("drafts", "show", draft).out
    saved = done("drafts", "save", draft, content(terminal), "--json").json()
    assert (saved["version"], saved["remarks"]) == (2, [])
    assert_refused(zoning("drafts", "publish", draft), "can't become published")
    done("drafts", "send", draft)
    assert_refused(zoning("drafts", "approve", draft), "Home hasn't answered")
    done("drafts", "answer", draft, "home", "agrees", "--reference", "HA/7")
    assert "Home: agrees" in done("drafts", "show", draft).out
    done("drafts", "approve", draft)
    assert_refused(zoning("drafts", "publish", draft, "--version", 3), "approved it")
    assert done("drafts", "publish", draft, "--json").json()["number"] == "HS/1"
    shown = done("drafts", "show", draft, "--json").json()
    assert [v["state"] for v in shown["history"]] == [
        *("draft", "draft", "in_consultation", "approved", "published")
    ]
    assert done("drafts", "list", "--open", "--json").json() == {"drafts": []}
    assert_refused(
        zoning("drafts", "withdraw-order", "HS/1", "--reason", "x"), "left without a zone"
    )


def test_what_is_shown_can_be_saved_again(terminal):
    draft = done("drafts", "start", "zones", "--content", content(terminal), "--json").json()
    file = terminal / "again.json"
    file.write_text(json.dumps(draft["content"]))
    again = done("drafts", "save", draft["draft"], file, "--json").json()
    assert again["content"] == draft["content"]
    done("drafts", "withdraw", draft["draft"], "--note", "typed twice")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[", "isn't JSON"),
        ("[]", "no JSON object"),
        ('{"numbr": "1"}', "names numbr"),
        ('{"effective_at": "yesterday"}', "can't be used"),
        ('{"effective_at": "2020-05-19T10:00:00"}', "without its zone"),
        ('{"overrides": [{"area_id": "W1"}]}', "can't be used"),
        (
            '{"overrides": [{"area_id": "W1", "proposed": "", "decided": "red", "reason": ""}]}',
            "reason",
        ),
        ('{"directions": 7}', "can't be used"),
    ],
)
def test_a_file_that_says_something_odd_is_refused_and_the_draft_kept(terminal, text, why):
    draft = done("drafts", "start", "zones", "--json").json()["draft"]
    file = terminal / "odd.json"
    file.write_text(text)
    assert_refused(zoning("drafts", "save", draft, file), why)
    assert done("drafts", "show", draft, "--json").json()["version"] == 1


def test_a_file_that_is_not_there_is_named(terminal):
    assert_refused(zoning("drafts", "save", 1, terminal / "none.json"), "none.json can't be read")
    assert_refused(zoning("drafts", "start", "sealing"), "choose one of zones, categories")


def test_a_sealing_is_decided_on_by_its_draft(terminal):
    assert "in force until" in done("drafts", "seal", "W3-a", "--reason", "market").out
    found = done("drafts", "list", "--open", "--json").json()["drafts"]
    assert [(d["kind"], d["area"]) for d in found] == [("categories", "N")]
    file = terminal / "decision.json"
    told = found[0]["content"] | {"number": "DM/1", "signatory": "B. Sen"}
    file.write_text(json.dumps(told))
    number = found[0]["draft"]
    done("drafts", "save", number, file)
    done("drafts", "send", number)
    assert_refused(zoning("drafts", "answer", number, "health", "objects"), "needs words")
    for office in ("police", "health"):
        done("drafts", "answer", number, office, "agrees", "--reference", "L/2")
    done("drafts", "return", number, "--note", "one booth more")
    done("drafts", "withdraw", number, "--note", "samples negative")
    done("drafts", "list")


def test_floors_requests_and_delays_are_listed_and_answered(terminal):
    assert "No floor" in done("drafts", "floors", "list").out
    arguments = ("--authority", "MHA", "--reference", "40-3", "--from", "2020-05-18T12:00")
    said = done("drafts", "floors", "set", "S", "orange", *arguments)
    number = said.out.split()[1]
    assert "S: orange or stricter, MHA" in done("drafts", "floors", "list").out
    assert done("drafts", "floors", "list", "--json").json()["floors"][0]["zone"] == "orange"
    done("drafts", "floors", "end", number, "--reference", "40-4")
    assert "No neighbour" in done("drafts", "requests", "list").out
    assert done("drafts", "requests", "list", "--json").json() == {"requests": []}
    assert_refused(zoning("drafts", "requests", "answer", 99999, "agrees"), "no request 99999")
    assert "Nothing is late" in done("drafts", "escalations", "list").out
    assert_refused(
        zoning("drafts", "escalations", "answer", 99999, "--note", "x"), "No escalation 99999"
    )


def test_a_tick_passes_on_what_is_late(terminal, monkeypatch):
    draft = done("drafts", "start", "zones", "--content", content(terminal), "--json").json()
    done("drafts", "send", draft["draft"])
    monkeypatch.setattr(clock, "now", lambda: moment(100))
    assert done("tick", "--json").json()["escalated"] == 1
    assert done("tick", "--json").json()["escalated"] == 0
    found = done("drafts", "escalations", "list", "--json").json()["escalations"]
    assert [e["kind"] for e in found] == ["consultation_unanswered"]
    assert "wasn't answered in time" in done("drafts", "escalations", "list").out
    done("drafts", "escalations", "answer", found[0]["escalation"], "--note", "asked by telephone")


def test_every_part_of_a_content_is_told_in_json(terminal):
    draft = done("drafts", "start", "zones", "--json").json()
    from zoning.orders.draft import DraftContent

    assert draft["content"] == json.loads(json.dumps(to_json(DraftContent())))
