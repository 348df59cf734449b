"""The register of deviations: what was seen, what was withdrawn, what is due for review."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st

from screens import deviations_form
from screens.area_parts import accents
from screens.data_address import choose, chosen_number
from screens.data_notes import ask, dialog, say_done
from screens.deviations_card import deviation_card
from screens.deviations_words import (
    activity_word,
    state_word,
    summary,
    unit_word,
    withdrawal_sentence,
)
from screens.headline import fictional_banner
from screens.listing import listing, moment_column
from screens.plain import say, title
from zoning.access import Action, role_word, roles_with
from zoning.i18n.catalogue import tr
from zoning.measures.withdrawal_rule import withdrawal_rule
from zoning.orders.offences import procedure
from zoning.workflow.deviations_desk import DeviationsDesk, RegisterSeen

STYLES = tuple(Path(__file__).with_name(name) for name in ("data.css", "area.css"))


def deviations_page(desk: DeviationsDesk) -> None:
    """Draw the register for one person."""
    for style in STYLES:
        st.html(style)
    accents()
    if not desk.may(Action.SEE_FIGURES):
        _refuse(desk)
        return
    say_done()
    seen = desk.look()
    fictional_banner(seen)
    st.html(f'<div class="sm-top"><h1>{escape(summary(seen.register, seen.at))}</h1></div>')
    if desk.may(Action.RECORD_DEVIATION):
        st.button(
            tr("Record a deviation"),
            type="primary",
            key="deviations-record",
            on_click=lambda: ask(deviations_form.QUESTION),
        )
        dialog(
            deviations_form.QUESTION,
            tr("Record a deviation"),
            deviations_form.record_form,
            desk,
            "",
        )
    else:
        st.caption(
            tr(
                "As {role} you read the register; these record: {able}.",
                role=tr(" and ").join(role_word(role) for role in desk.data.roles),
                able=", ".join(role_word(role) for role in roles_with(Action.RECORD_DEVIATION)),
            )
        )
    _list(desk, seen)
    _others(desk, seen)
    _law()


def _list(desk: DeviationsDesk, seen: RegisterSeen) -> None:
    listed = seen.register.listed
    if not listed:
        st.info(tr("A deviation that is recorded stands here, with what followed from it."))
        return
    picked = chosen_number("deviation")
    listing(
        deviations_frame(desk, seen),
        name=tr("Deviations, the newest first"),
        file_name="deviations.csv",
        key="deviations",
        by=tr("State"),
        hidden="deviation",
        chosen=picked,
        on_choice=lambda key: choose(deviation=key),
        config={tr("When (IST)"): moment_column(), tr("Review by (IST)"): moment_column()},
    )
    if picked is None:
        st.caption(tr("Choose a row to see it and what can follow."))
        return
    for row in listed:
        if row.deviation.deviation_id == picked:
            deviation_card(desk, seen, row)
            return
    st.warning(tr("Your area has no deviation {id}.", id=picked))


def deviations_frame(desk: DeviationsDesk, seen: RegisterSeen) -> pd.DataFrame:
    """Return one row a deviation, the newest first."""
    listed, known = seen.register.listed, desk.activities()
    reviews = [
        min((w.review_at for w in row.withdrawals if w.restored is None), default=None)
        for row in listed
    ]
    return pd.DataFrame(
        {
            "deviation": [row.deviation.deviation_id for row in listed],
            tr("State"): [state_word(row.state) for row in listed],
            tr("Premises or place"): [
                row.deviation.new.premises or row.deviation.new.place for row in listed
            ],
            tr("Unit"): [unit_word(row.deviation.new.unit_id, seen.names) for row in listed],
            tr("What was going on"): [
                activity_word(row.deviation.new.activity, known) for row in listed
            ],
            tr("When (IST)"): pd.to_datetime(
                [row.deviation.new.happened_at for row in listed], utc=True
            ),
            tr("Withdrawn by"): [", ".join(w.number for w in row.withdrawals) for row in listed],
            tr("Review by (IST)"): pd.to_datetime(pd.Series(reviews, dtype=object), utc=True),
        }
    )


def _others(desk: DeviationsDesk, seen: RegisterSeen) -> None:
    """Tell what stands in the area because of a deviation outside it."""
    own = {w.number for row in seen.register.listed for w in row.withdrawals}
    far = [w for w in seen.register.reaching if w.number not in own]
    if not far:
        return
    title(tr("Withdrawn here because of what was seen elsewhere"))
    known = desk.activities()
    for one in far:
        say(withdrawal_sentence(one, seen.at, seen.names, known))


def _law() -> None:
    rule = withdrawal_rule()
    sections = "".join(
        f"<p><b>{escape(tr('Section {section}', section=one.section))}</b> {escape(one.words)}</p>"
        for one in procedure()
    )
    st.html(
        f'<div class="sm-told"><details><summary>'
        f"{escape(tr('Who withdraws, until when, and what follows'))}</summary>"
        f"<p>{escape(rule.ours)}</p><p>{escape(rule.untouched_text)}</p>{sections}</details></div>"
    )


def _refuse(desk: DeviationsDesk) -> None:
    st.html(f'<div class="sm-top"><h1>{escape(tr("The register is for officers."))}</h1></div>')
    st.warning(
        tr(
            "As {role} you may see the map and not the register. These may: {roles}.",
            role=tr(" and ").join(role_word(role) for role in desk.data.roles),
            roles=", ".join(role_word(role) for role in roles_with(Action.SEE_FIGURES)),
        )
    )
