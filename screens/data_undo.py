"""Taking an import back: what would change, told before it is done."""

from __future__ import annotations

import streamlit as st

from screens.data_notes import done, leave, told
from screens.data_words import kind_word
from screens.plain import say
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import day, moment, number
from zoning.workflow.data_desk import DataDesk
from zoning.workflow.imports import ImportRecord
from zoning.workflow.undo_changes import Changed, What
from zoning.workflow.undoing import UndoEffect

CODES_NAMED = 12


def ask_undo(desk: DataDesk, record: ImportRecord) -> None:
    """Draw what taking an import back would change, and the two answers."""
    say(
        tr(
            "{file} ({kind}), taken in {when} by {who}.",
            file=record.file_name,
            kind=kind_word(record.kind.value),
            when=moment(record.imported_at),
            who=record.imported_by,
        )
    )
    with st.spinner(tr("Working out what would change…")):
        effect = told(lambda: desk.effect_of_undo(record.import_id))
    if effect is None:
        return
    if not effect.is_of_figures:
        _say_other(effect)
    else:
        say(effect_sentence(effect))
        if effect.changed and not effect.is_last:
            say(_named(effect.changed), "sm-quiet")
    if record.kind.value == "orders":
        st.caption(tr("The orders of this file end with it; past days stay as they were known."))
    else:
        st.caption(tr("Orders in force stay in force; past days stay as they were known then."))
    with st.container(horizontal=True):
        if st.button(tr("Take it back"), type="primary", key="undo-yes") and told(
            lambda: desk.undo(record.import_id)
        ):
            done(tr("Import {id} is taken back.", id=record.import_id))
        if st.button(tr("Leave it as it is"), key="undo-no", on_click=leave):
            st.rerun()


def effect_sentence(effect: UndoEffect) -> str:
    """Return what taking an import back would change, in one sentence."""
    if effect.on is None:
        return tr("No figures can be computed yet, so none change.")
    if effect.is_last:
        return tr(
            "Without it nothing can be computed: all {n} units lose their figures.",
            n=number(effect.units),
        )
    if not effect.changed:
        return tr(
            "No unit's figures of {day} change ({units} units compared).",
            day=day(effect.on),
            units=number(effect.units),
        )
    return tr_n(
        "The figures of {changed} of {units} units change, as of {day}.",
        "The figures of {changed} of {units} units change, as of {day}.",
        len(effect.changed),
        changed=number(len(effect.changed)),
        units=number(effect.units),
        day=day(effect.on),
    )


def _say_other(effect: UndoEffect) -> None:
    if not effect.other:
        say(tr("Nothing that stands now rests on it."))
    for part in effect.other:
        say(other_sentence(part))
        say(_named(part.codes), "sm-quiet")


def _named(codes: tuple[str, ...]) -> str:
    named = ", ".join(codes[:CODES_NAMED])
    more = len(codes) - CODES_NAMED
    if more <= 0:
        return named
    return tr_n("{named} and {n} more", "{named} and {n} more", more, named=named)


def other_sentence(part: Changed) -> str:
    """Return what else would be otherwise than it stands, in one sentence."""
    n = len(part.codes)
    match part.what:
        case What.CATEGORIES:
            return tr_n(
                "{n} booth loses or changes the category that orders give it.",
                "{n} booths lose or change the category that orders give them.",
                n,
            )
        case What.ZONES:
            return tr_n(
                "{n} unit loses or changes the zone that orders give it.",
                "{n} units lose or change the zone that orders give them.",
                n,
            )
        case What.ROUNDS:
            return tr_n(
                "The house rounds of {n} booth or containment zone change.",
                "The house rounds of {n} booths or containment zones change.",
                n,
            )
        case What.CONTACTS:
            return tr_n(
                "The contacts of {n} booth or containment zone change.",
                "The contacts of {n} booths or containment zones change.",
                n,
            )
        case What.SAMPLES:
            return tr_n(
                "The samples of {n} booth or containment zone change.",
                "The samples of {n} booths or containment zones change.",
                n,
            )
        case What.ISOLATION:
            return tr_n(
                "{n} isolation unit goes, or is again what it was before.",
                "{n} isolation units go, or are again what they were before.",
                n,
            )
        case What.POSTINGS:
            return tr_n(
                "{n} officer loses postings, and what they may do with them.",
                "{n} officers lose postings, and what they may do with them.",
                n,
            )
