"""Editions: which boundaries are known, which are in force, and the switch between them."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from screens.data_address import choose, chosen_number
from screens.data_differences import differences
from screens.data_notes import ask, dialog, done, leave, told
from screens.data_words import level_word
from screens.listing import listing, moment_column
from screens.plain import say, title
from zoning.access import Action
from zoning.clock import IST, today_ist
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import moment
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.editions import ListedEdition


def panel(desk: DataDesk) -> None:
    """Draw the editions, and what can be done with the one that is chosen."""
    listed = desk.editions()
    if not listed:
        st.info(
            tr(
                "No boundaries are known yet. Choose “Bring in” and a file with the areas of your "
                "wards or gram panchayats."
            )
        )
        return
    at = chosen_number("edition")
    listing(
        editions_frame(listed),
        name=tr("Editions of boundaries and booths, the one brought in last first"),
        file_name="editions.csv",
        key="editions",
        by=tr("State"),
        hidden="edition",
        chosen=at,
        on_choice=lambda edition_id: choose(edition=edition_id),
        config={tr("Describes the world from (IST)"): moment_column()},
    )
    item = next((i for i in listed if i.edition.edition_id == at), None)
    if item is not None:
        _details(desk, item, listed)
    elif at is not None:
        st.warning(tr("There is no edition {id}, or its import was taken back.", id=at))
    else:
        st.caption(tr("Choose an edition to put it in force, or to see how it differs."))
    _way_back(desk, listed)


def editions_frame(listed: tuple[ListedEdition, ...]) -> pd.DataFrame:
    """Return one row an edition, the one brought in last first."""
    return pd.DataFrame(
        {
            "edition": [i.edition.edition_id for i in listed],
            tr("No."): [i.edition.edition_id for i in listed],
            tr("State"): [tr("● in force") if i.is_in_force else tr("○ known") for i in listed],
            tr("Holds"): [_levels(i) for i in listed],
            tr("File"): [i.edition.file_name for i in listed],
            tr("Describes the world from (IST)"): pd.to_datetime(
                [i.edition.valid_from for i in listed], utc=True
            ),
            tr("Import"): [i.edition.import_id for i in listed],
        }
    )


def _levels(item: ListedEdition) -> str:
    return ", ".join(level_word(level) for level in item.edition.levels)


def _is_booths(item: ListedEdition) -> bool:
    return "booth" in item.edition.levels


def _details(desk: DataDesk, item: ListedEdition, listed: tuple[ListedEdition, ...]) -> None:
    edition = item.edition
    with st.container(border=True, key="edition-details"):
        title(tr("Edition {id}: {file}", id=edition.edition_id, file=edition.file_name))
        if item.is_in_force:
            say(
                tr(
                    "In force; describes the world from {moment}.",
                    moment=moment(edition.valid_from),
                )
            )
            return
        present = _in_force(listed, is_booths=_is_booths(item))
        may_switch = desk.may(Action.UNDO_IMPORT)
        question = f"edition-{edition.edition_id}"
        st.button(
            tr("Put in force…"),
            key="edition-use",
            icon=":material/swap_horiz:",
            disabled=not may_switch,
            help=None if may_switch else tr("Your role may not switch editions."),
            on_click=ask,
            args=(question,),
        )
        dialog(question, tr("Put another edition in force?"), _switch, desk, item, present)
        if present is not None and not _is_booths(item):
            differences(desk, edition.edition_id)


def _in_force(listed: tuple[ListedEdition, ...], *, is_booths: bool) -> ListedEdition | None:
    return next((i for i in listed if i.is_in_force and _is_booths(i) == is_booths), None)


def _switch(desk: DataDesk, item: ListedEdition, present: ListedEdition | None) -> None:
    edition = item.edition
    if present is not None:
        say(
            tr(
                "{new} ({levels}) takes the place of {old}. Cases are placed in its units from "
                "then on; zones, orders and days before keep the edition they were drawn on.",
                new=edition.file_name,
                levels=_levels(item),
                old=present.edition.file_name,
            )
        )
    else:
        say(tr("{new} ({levels}) is put in force.", new=edition.file_name, levels=_levels(item)))
    is_later = st.toggle(tr("From another day than today"), key="edition-later")
    valid_from = None
    if is_later:
        day = st.date_input(
            tr("First day"), value=today_ist(desk.clock()), format="DD/MM/YYYY", key="edition-day"
        )
        valid_from = pd.Timestamp(day).to_pydatetime().replace(tzinfo=IST)
    with st.container(horizontal=True):
        if st.button(tr("Put it in force"), type="primary", key="edition-yes") and told(
            lambda: desk.switch_to(edition.edition_id, valid_from)
        ):
            done(tr("Edition {id} is in force.", id=edition.edition_id))
        if st.button(tr("Leave it as it is"), key="edition-no", on_click=leave):
            st.rerun()


def _way_back(desk: DataDesk, listed: tuple[ListedEdition, ...]) -> None:
    """Offer to undo the latest switch, where another edition lies beneath."""
    for is_booths, label in (
        (False, tr("Back to the boundaries before…")),
        (True, tr("Back to the booths before…")),
    ):
        of_kind = [i for i in listed if _is_booths(i) == is_booths]
        if not desk.can_switch_back(is_booths=is_booths):
            continue
        question = f"edition-back-{is_booths}"
        st.button(
            label,
            key=question,
            icon=":material/undo:",
            disabled=not desk.may(Action.UNDO_IMPORT),
            on_click=ask,
            args=(question,),
        )
        dialog(question, tr("Go back to the edition before?"), _back, desk, of_kind, is_booths)


def _back(desk: DataDesk, of_kind: list[ListedEdition], is_booths: bool) -> None:
    present = next((i for i in of_kind if i.is_in_force), None)
    if present is not None:
        say(
            tr(
                "The switch to {file} is undone: the edition before it is in force again. {file} "
                "stays known.",
                file=present.edition.file_name,
            )
        )
    with st.container(horizontal=True):
        if st.button(tr("Go back"), type="primary", key="back-yes") and told(
            lambda: desk.switch_back(is_booths=is_booths)
        ):
            done(tr("The edition before is in force again."))
        if st.button(tr("Leave it as it is"), key="back-no", on_click=leave):
            st.rerun()
