"""Follow-up told by hand: a house round, a contact, samples, of a zone or of one booth."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from screens.data_notes import done, told
from screens.plain import title
from zoning.access import Action
from zoning.clock import today_ist
from zoning.i18n.catalogue import tr
from zoning.model import ContactStatus
from zoning.workflow.follow_up_told import ToldContact, ToldRound, ToldSamples
from zoning.workflow.zone_desk import Seen, ZoneDesk

KIND = "tell-kind"


def tell_forms(desk: ZoneDesk, seen: Seen, zone: str) -> None:
    """Draw the forms, the one that is chosen open."""
    title(tr("Tell of follow-up"))
    if not desk.may(Action.IMPORT_DATA):
        st.caption(tr("Your role may not tell of follow-up."))
        return
    forms: dict[str, Callable[[ZoneDesk, str], None]] = {
        tr("House round"): _round,
        tr("Contact"): _contact,
        tr("Samples"): _samples,
    }
    kind = st.segmented_control(
        tr("What is told"),
        list(forms),
        default=next(iter(forms)),
        key=KIND,
        label_visibility="collapsed",
    )
    board = seen.found.board
    inside = board.booth_id if not zone else board.booth_id[board.booths.zone == zone]
    zones = [zone] if zone else sorted(set(board.booths.zone.tolist()))
    area = st.selectbox(
        tr("Of zone or booth"),
        list(dict.fromkeys([*zones, *inside.tolist()])),
        key=f"tell-area-{zone}",
        help=tr("What is told of a zone holds for each booth that it has on that day."),
    )
    if kind is not None and area is not None:
        forms[kind](desk, area)
    st.caption(
        tr("Each is kept as an import by hand and can be taken back on the screen Data, Imports.")
    )


def _round(desk: ZoneDesk, area: str) -> None:
    today = today_ist(desk.now())
    with (
        st.form("tell-round", border=True),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        on = st.date_input(tr("Day of the round"), today, key="round-on", format="DD/MM/YYYY")
        total = st.number_input(tr("Houses there"), value=None, step=1, key="round-total")
        visited = st.number_input(tr("Of these visited"), value=None, step=1, key="round-visited")
        is_sent = st.form_submit_button(tr("Tell the round"), type="primary", key="round-tell")
    if not is_sent:
        return
    if total is None or visited is None:
        st.error(tr("Give both numbers: the houses there, and of these the visited ones."))
    elif told(lambda: desk.tell_round(ToldRound(area, on, int(total), int(visited)))):
        done(tr("The round in {area} is taken down.", area=area))


def _status_word(status: str) -> str:
    return {
        ContactStatus.OPEN.value: tr("open: still to be found"),
        ContactStatus.FOLLOWED.value: tr("followed: seen on that day"),
        ContactStatus.LOST.value: tr("lost: not found on that day"),
        ContactStatus.COMPLETED.value: tr("completed: followed to the end"),
    }[status]


def _contact(desk: ZoneDesk, area: str) -> None:
    today = today_ist(desk.now())
    with st.form("tell-contact", border=True):
        with st.container(horizontal=True):
            key = st.text_input(
                tr("Code of the contact"),
                key="contact-id",
                placeholder="C-0412",
                help=tr("A code, never a name and never a telephone number."),
            )
            status = st.selectbox(
                tr("Follow-up"),
                [status.value for status in ContactStatus],
                format_func=_status_word,
                key="contact-status",
            )
            attempts = st.number_input(
                tr("Attempts to find a lost one"), 0, step=1, key="contact-attempts"
            )
        with st.container(horizontal=True):
            on = st.date_input(tr("Told of"), today, key="contact-on", format="DD/MM/YYYY")
            exposed = st.date_input(
                tr("Last exposure, if known"), None, key="contact-exposed", format="DD/MM/YYYY"
            )
        is_sent = st.form_submit_button(tr("Tell the contact"), type="primary", key="contact-tell")
    if is_sent and told(
        lambda: desk.tell_contact(
            ToldContact(key.strip(), area, exposed, on, status, int(attempts))
        )
    ):
        done(tr("Contact {contact} is taken down.", contact=key.strip()))


def _samples(desk: ZoneDesk, area: str) -> None:
    today = today_ist(desk.now())
    with (
        st.form("tell-samples", border=True),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        on = st.date_input(tr("Taken on"), today, key="samples-on", format="DD/MM/YYYY")
        taken = st.number_input(tr("Samples taken"), value=None, step=1, key="samples-taken")
        results = st.number_input(
            tr("Of these with a result"), value=None, step=1, key="samples-results"
        )
        is_sent = st.form_submit_button(tr("Tell the samples"), type="primary", key="samples-tell")
    if not is_sent:
        return
    if taken is None or results is None:
        st.error(tr("Give both numbers: the samples taken, and of these those with a result."))
    elif told(lambda: desk.tell_samples(ToldSamples(area, on, int(taken), int(results)))):
        done(tr("The samples of {area} are taken down.", area=area))
