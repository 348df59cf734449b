"""Who is at the screen: sign-in and the choice of a post, or the role switcher of local mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from zoning.access import Posting, Role, fitting_levels, is_statewide, role_word
from zoning.errors import AccessError
from zoning.i18n.catalogue import tr

if TYPE_CHECKING:
    from zoning.workflow.actor import Actor
    from zoning.workflow.persons import Persons
    from zoning.workflow.postings import SignedIn

ROLE, AREA, POST = "acting_role", "acting_area", "acting_post"
# Whoever sits at the machine may take every part; its own comes first.
ROLES = (Role.LOCAL, *(r for r in Role if r not in (Role.LOCAL, Role.PUBLIC)))


def who_acts(persons: Persons) -> Actor | None:
    """Draw who is here, and return in whose part they act; None where the page ends there."""
    return _officer(persons) if persons.has_sign_in else _local(persons)


def _local(persons: Persons) -> Actor | None:
    with st.container(horizontal=True, key="who", vertical_alignment="center"):
        st.caption(tr("Nobody signs in on this machine. You act as"))
        role = st.selectbox(
            tr("You act as"),
            ROLES,
            format_func=role_word,
            key=ROLE,
            label_visibility="collapsed",
            width=230,
        )
        area = ""
        if not is_statewide(role):
            areas = persons.areas(fitting_levels(role))
            area = st.selectbox(
                tr("Your area"),
                list(areas),
                index=None,
                format_func=lambda code: areas.get(code, code),
                placeholder=tr("Choose an area"),
                # Kept apart by role: what fits one role needn't fit the next.
                key=f"{AREA}_{role.value}",
                label_visibility="collapsed",
                width=230,
            )
    try:
        return persons.local(role, area or "")
    except AccessError as refusal:
        st.info(str(refusal))
        return None


def _officer(persons: Persons) -> Actor | None:
    if not getattr(st.user, "is_logged_in", False):
        st.html(f'<div class="sm-top"><h1>{tr("Seemana: for officers on duty")}</h1></div>')
        st.write(tr("Zones and their figures are shown to who is on the roster of officers."))
        st.button(tr("Sign in"), on_click=st.login, type="primary", key="sign_in")
        return None
    email = str(st.user.get("email") or "")
    # Some providers say so; one who hasn't shown that an address is theirs isn't its owner.
    is_shown = st.user.get("email_verified") is not False
    officer = persons.signed_in(email) if is_shown else None
    if officer is None:
        _nobody(
            tr(
                "{email} isn't on the roster of officers, so there is nothing to show here. "
                "Whoever keeps the roster in the state health department can add you.",
                email=email or tr("This sign-in without an address"),
            )
            if is_shown
            else tr("{email} isn't verified by the provider, so it names nobody.", email=email)
        )
        return None
    return _in_post(persons, officer)


def _in_post(persons: Persons, officer: SignedIn) -> Actor | None:
    posts = {kept.posting_id: kept.posting for kept in officer.postings}
    with st.container(horizontal=True, key="who", vertical_alignment="center"):
        chosen = next(iter(posts), None)
        if len(posts) > 1:
            st.caption(tr("{name}, you act as", name=officer.officer.name))
            chosen = st.selectbox(
                tr("You act as"),
                list(posts),
                format_func=lambda key: _post_word(posts[key]),
                key=POST,
                label_visibility="collapsed",
                width=320,
            )
        elif chosen is not None:
            st.caption(
                tr(
                    "{name}, {post}",
                    name=officer.officer.name,
                    post=_post_word(posts[chosen]),
                )
            )
        st.button(tr("Sign out"), on_click=st.logout, type="tertiary", key="sign_out")
    try:
        return persons.acting(officer, chosen)
    except AccessError as refusal:
        st.warning(str(refusal))
        return None


def _post_word(posting: Posting) -> str:
    role = role_word(posting.role)
    place = posting.area_unit_id or tr("whole state")
    if posting.is_acting:
        role = tr("acting {role}", role=role)
    if posting.subject:
        return tr("{role}, {place}, {subject}", role=role, place=place, subject=posting.subject)
    return tr("{role}, {place}", role=role, place=place)


def _nobody(sentence: str) -> None:
    st.html(f'<div class="sm-top"><h1>{tr("You are signed in, and not on the roster")}</h1></div>')
    st.warning(sentence)
    st.button(tr("Sign out"), on_click=st.logout, key="sign_out")
