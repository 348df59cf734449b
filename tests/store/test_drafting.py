"""Drafts go step by step: each says who may, what is missing, and who was quicker."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.institution import (
    ON,
    SHELF,
    answered,
    approved,
    moment,
    officer,
    proposed,
    published,
    said,
)
from tests.officers import post
from zoning.access import Role, Standing
from zoning.errors import AccessError, OrderError
from zoning.orders.draft import DraftContent, DraftKind
from zoning.orders.state import OrderState
from zoning.store.audit import read_entries
from zoning.workflow import drafting
from zoning.workflow.actor import Actor
from zoning.workflow.consulting import answer, consultations

AT = moment(3)


@pytest.fixture
def ready(store, tmp_path):
    proposed(store, tmp_path)
    return store


def newest(store):
    return drafting.list_drafts(store, "tester", AT)[0].draft_id


def begun(store, kind=DraftKind.ZONES, who="tester", content=None, **how):
    return drafting.start(store, kind, AT, who, content=content or said(), **how)


def test_a_draft_tells_what_it_is_drafted_from_and_every_version_stays(ready):
    draft = begun(ready)
    assert (draft.kind, draft.version, draft.content) == (DraftKind.ZONES, 1, said())
    drafting.save(ready, newest(ready), 1, said("HS/2"), moment(4), "second")
    versions = drafting.history(ready, newest(ready), "tester", moment(5))
    assert [(v.version, v.content.number, v.by) for v in versions] == [
        (1, "HS/1", "tester"),
        (2, "HS/2", "second"),
    ]
    with ready.reading() as session:
        assert read_entries(session)[0].action == "draft.save"


def test_who_saves_over_anothers_version_is_told_whose_and_when(ready):
    begun(ready)
    drafting.save(ready, newest(ready), 1, said("HS/2"), moment(4), "Asha Rao")
    with pytest.raises(OrderError, match=r"Asha Rao saved it on 18 May 2020, 16:00 IST.*version 2"):
        drafting.save(ready, newest(ready), 1, said("HS/3"), moment(5), "tester")
    with pytest.raises(OrderError, match="no version 9"):
        drafting.send(ready, newest(ready), 9, moment(5), "tester")
    assert drafting.get(ready, newest(ready), "tester", moment(5)).content.number == "HS/2"


def test_an_officer_signed_out_in_mid_draft_is_told_so_and_the_draft_is_kept(ready):
    health = officer(ready, Role.STATE_HEALTH)
    begun(ready, who=health)
    gone, number = Actor(health.name, Standing()), newest(ready)
    for act in (
        lambda: drafting.save(ready, number, 1, said("HS/9"), moment(4), gone),
        lambda: drafting.send(ready, number, 1, moment(4), gone),
        lambda: drafting.withdraw(ready, number, 1, "no more", moment(4), gone),
        lambda: drafting.get(ready, number, gone, moment(4)),
    ):
        with pytest.raises(AccessError):
            act()
    kept = drafting.get(ready, number, health, moment(5))
    assert (kept.version, kept.content) == (1, said())


def test_what_is_in_consultation_is_given_back_before_it_is_changed(ready):
    begun(ready)
    sent = drafting.send(ready, newest(ready), 1, AT, "tester")
    with pytest.raises(OrderError, match="give it back first"):
        drafting.save(ready, newest(ready), sent.version, said("HS/2"), AT, "tester")
    with pytest.raises(OrderError, match="needs a note"):
        drafting.give_back(ready, newest(ready), sent.version, " ", AT, "tester")
    back = drafting.give_back(ready, newest(ready), sent.version, "ward 7 is missing", AT, "tester")
    assert (back.state, back.note) == (OrderState.DRAFT, "ward 7 is missing")
    assert consultations(ready, newest(ready), "tester", AT) == ()
    again = drafting.send(ready, newest(ready), back.version, moment(5), "tester")
    assert consultations(ready, newest(ready), "tester", moment(5))[0].answer_by == moment(29)
    assert drafting.give_back(ready, newest(ready), again.version, "x", moment(6), "tester").is_open


def test_it_is_approved_only_when_every_office_has_answered(ready):
    begun(ready, DraftKind.CATEGORIES, area_unit_id="N")
    sent = drafting.send(ready, newest(ready), 1, AT, "tester")
    answer(ready, newest(ready), "police", "agrees", "", "P/4", ON, AT, "tester")
    with pytest.raises(OrderError, match=r"Health hasn't answered.*until 19 May 2020, 03:00"):
        drafting.approve(ready, newest(ready), sent.version, AT, "tester")
    answer(ready, newest(ready), "health", "objects", "two wards too many", "H/2", ON, AT, "tester")
    with pytest.raises(OrderError, match="Health objects"):
        drafting.approve(ready, newest(ready), sent.version, AT, "tester")
    assert drafting.approve(ready, newest(ready), sent.version, AT, "tester", "seen").note == "seen"


def test_an_office_may_change_its_answer_until_the_approval_and_not_after(ready):
    begun(ready)
    sent = drafting.send(ready, newest(ready), 1, AT, "tester")
    answer(ready, newest(ready), "home", "objects", "too many", "", ON, AT, "tester")
    answer(ready, newest(ready), "home", "agrees", "", "H/9", ON, moment(4), "tester")
    told = consultations(ready, newest(ready), "tester", AT)
    assert [(c.office, c.answer, c.reference) for c in told] == [("home", "agrees", "H/9")]
    drafting.approve(ready, newest(ready), sent.version, moment(5), "tester")
    with pytest.raises(OrderError, match="is approved, so nobody is being asked"):
        answer(ready, newest(ready), "home", "objects", "late", "", ON, moment(6), "tester")


@pytest.mark.parametrize(
    ("office", "says", "note", "held_on", "why"),
    [
        ("navy", "agrees", "", ON, "navy isn't asked"),
        ("home", "perhaps", "", ON, "perhaps is no answer"),
        ("home", "", "", ON, "Say whether"),
        ("home", "objects", " ", ON, "needs words"),
        ("home", "agrees", "", date(2020, 5, 19), "yet to come"),
    ],
)
def test_an_answer_that_says_nothing_is_refused(ready, office, says, note, held_on, why):
    begun(ready)
    drafting.send(ready, newest(ready), 1, AT, "tester")
    with pytest.raises(OrderError, match=why):
        answer(ready, newest(ready), office, says, note, "", held_on, AT, "tester")


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (
            lambda s: drafting.approve(s, newest(s), 1, AT, "tester"),
            "draft and can't become approved",
        ),
        (
            lambda s: drafting.publish_draft(s, SHELF, newest(s), 1, AT, "tester"),
            "can't become published",
        ),
        (lambda s: drafting.give_back(s, newest(s), 1, "x", AT, "tester"), "is that already"),
    ],
)
def test_a_step_that_comes_too_early_is_impossible_and_says_why(ready, step, why):
    begun(ready)
    with pytest.raises(OrderError, match=why):
        step(ready)
    assert drafting.get(ready, newest(ready), "tester", AT).version == 1


def test_what_is_over_stays_as_it_is(ready):
    draft = approved(ready)
    published(ready, draft)
    last = drafting.get(ready, newest(ready), "tester", AT).version
    for step in (
        lambda: drafting.save(ready, newest(ready), last, said(), AT, "tester"),
        lambda: drafting.withdraw(ready, newest(ready), last, "x", AT, "tester"),
        lambda: drafting.send(ready, newest(ready), last, AT, "tester"),
        lambda: published(ready, replace(draft, version=last)),
    ):
        with pytest.raises(OrderError):
            step()
    begun(ready)
    ended = drafting.withdraw(ready, newest(ready), 1, "overtaken", AT, "tester")
    assert ended.state is OrderState.WITHDRAWN
    with pytest.raises(OrderError, match="withdrawn"):
        drafting.send(ready, newest(ready), 2, AT, "tester")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"number": " "}, "no number"),
        ({"act": ""}, "names no act"),
        ({"signatory": ""}, "Nobody is named"),
        ({"effective_at": moment(2)}, "in the past, on 18 May 2020, 14:00 IST; give now or later"),
        ({"expires_at": moment(2)}, "expire"),
        ({"review_at": moment(2)}, "reviewed"),
        ({"signatory": "Asha Rao; Bimal Sen"}, "one signatory"),
    ],
)
def test_what_a_draft_lacks_is_told_on_saving_and_refused_later(ready, changes, why):
    begun(ready)
    saved = drafting.save(ready, newest(ready), 1, said(**changes), AT, "tester")
    assert any(why.split(",")[0] in remark for remark in saved.remarks), saved.remarks
    sent = drafting.send(ready, newest(ready), saved.version, AT, "tester")
    answered(ready, sent, AT)
    with pytest.raises(OrderError, match=why):
        after = drafting.approve(ready, newest(ready), sent.version, AT, "tester")
        published(ready, after)
    assert drafting.get(ready, newest(ready), "tester", AT).is_open, "the draft is kept"


def test_a_time_that_passed_between_approval_and_publication_is_refused(ready):
    draft = approved(ready, content=said(effective_at=moment(5)))
    with pytest.raises(OrderError, match="give now or later"):
        published(ready, draft, at=moment(5.1))
    published(ready, draft, at=moment(5))


def test_a_signatory_whose_post_ended_signs_no_more(ready):
    post(ready, "asha", Role.STATE_HEALTH, to_on=date(2020, 5, 17))
    draft = drafting.start(ready, DraftKind.ZONES, AT, "tester", content=said(signatory="asha"))
    saved = drafting.save(ready, newest(ready), 1, draft.content, AT, "tester")
    assert any("17 May 2020" in remark for remark in saved.remarks), saved.remarks
    with pytest.raises(OrderError, match="17 May 2020"):
        approved_now = drafting.send(ready, newest(ready), saved.version, AT, "tester")
        answered(ready, approved_now, AT)
        done = drafting.approve(ready, newest(ready), approved_now.version, AT, "tester")
        published(ready, done)


def test_a_draft_is_seen_where_its_area_meets_the_own_and_a_guessed_number_learns_nothing(ready):
    north = officer(ready, Role.DISTRICT_MAGISTRATE, "N")
    draft = begun(ready, DraftKind.CATEGORIES, who=north)
    assert draft.area_unit_id == "N"
    for role, area, sees in (
        (Role.NODAL_ADM, "N", True),
        (Role.CMOH, "N", True),
        (Role.HOME, "", True),
        (Role.STATE_HEALTH, "", True),
        (Role.DISTRICT_MAGISTRATE, "S", False),
        (Role.COMMISSIONER, "C", False),
        (Role.ENFORCEMENT, "N", False),
        (Role.OBSERVER, "N", False),
        (Role.CMOH, "S", False),
    ):
        who = officer(ready, role, area)
        assert len(drafting.list_drafts(ready, who, AT)) == sees, role
        for ask in (drafting.get, drafting.history, consultations):
            if not sees:
                with pytest.raises(AccessError, match=r"no draft \d+ that you may see"):
                    ask(ready, newest(ready), who, AT)
    with pytest.raises(AccessError, match="no draft 999999 that you may see"):
        drafting.get(ready, 999999, north, AT)


def test_drafts_of_the_state_are_not_for_districts(ready):
    begun(ready)
    for role in (Role.DISTRICT_MAGISTRATE, Role.CMOH, Role.NODAL_ADM):
        assert drafting.list_drafts(ready, officer(ready, role, "N"), AT) == ()


def test_two_officers_see_each_others_draft_of_one_area(ready):
    north = officer(ready, Role.DISTRICT_MAGISTRATE, "N")
    adm = officer(ready, Role.NODAL_ADM, "N")
    begun(ready, DraftKind.CATEGORIES, who=north)
    begun(ready, DraftKind.CATEGORIES, who=adm)
    for who in (north, adm):
        assert [d.by for d in drafting.list_drafts(ready, who, AT, is_open=True)] == [
            adm.name,
            north.name,
        ]
    assert drafting.list_drafts(ready, north, AT, is_open=False) == ()


def test_each_step_is_for_those_whose_it_is(ready):
    north = officer(ready, Role.DISTRICT_MAGISTRATE, "N")
    adm, cmoh = officer(ready, Role.NODAL_ADM, "N"), officer(ready, Role.CMOH, "N")
    home, health = officer(ready, Role.HOME), officer(ready, Role.STATE_HEALTH)
    for who in (cmoh, home, officer(ready, Role.ENFORCEMENT, "N")):
        with pytest.raises(AccessError):
            begun(ready, DraftKind.CATEGORIES, who=who, area_unit_id="N")
    with pytest.raises(AccessError):
        begun(ready, DraftKind.CATEGORIES, who=north, area_unit_id="C")
    with pytest.raises(AccessError):
        begun(ready, DraftKind.ZONES, who=north)
    begun(ready, DraftKind.CATEGORIES, who=adm)
    with pytest.raises(AccessError):
        drafting.send(ready, newest(ready), 1, AT, cmoh)
    sent = drafting.send(ready, newest(ready), 1, AT, adm)
    with pytest.raises(AccessError, match="doesn't answer for Police"):
        answer(ready, newest(ready), "police", "agrees", "", "", ON, AT, cmoh)
    with pytest.raises(OrderError, match="number of its letter"):
        answer(ready, newest(ready), "police", "agrees", "", "", ON, AT, adm)
    answer(ready, newest(ready), "police", "agrees", "", "SP/7", ON, AT, adm)
    with pytest.raises(AccessError):
        answer(ready, newest(ready), "health", "agrees", "", "H/1", ON, AT, north)
    answer(ready, newest(ready), "health", "agrees", "", "", ON, AT, cmoh)
    for who in (adm, cmoh, home, health):
        with pytest.raises(AccessError):
            drafting.approve(ready, newest(ready), sent.version, AT, who)
    assert (
        drafting.approve(ready, newest(ready), sent.version, AT, north).state is OrderState.APPROVED
    )


def test_categories_need_an_area_and_one_that_there_is(ready):
    with pytest.raises(OrderError, match="Name the district"):
        begun(ready, DraftKind.CATEGORIES, who=officer(ready, Role.STATE_HEALTH))
    with pytest.raises(OrderError, match="No unit has the code X9"):
        begun(ready, DraftKind.CATEGORIES, area_unit_id="X9")
    with pytest.raises(OrderError, match="zoning drafts seal"):
        begun(ready, DraftKind.SEALING)


def test_without_a_run_there_is_nothing_to_draft_from(store):
    from tests.institution import bring_places

    bring_places(store)
    for kind in (DraftKind.ZONES, DraftKind.CATEGORIES):
        with pytest.raises(OrderError, match="zoning propose"):
            drafting.start(store, kind, AT, "tester", area_unit_id="N", content=DraftContent())
