"""All that a proposal says as tables: sorted, filtered, downloaded."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from screens.data_address import choose, chosen
from screens.listing import day_column, listing, number_column
from screens.proposal_acts import take_back
from screens.proposal_override import ask_override, booth_override
from screens.proposal_shown import GROUPS, Shown, chosen_unit
from screens.proposal_words import pair, zone_word_of
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import number
from zoning.judgement.changes import ChangeKind
from zoning.judgement.changes_words import kind_word
from zoning.model import Ints
from zoning.workflow.proposed_booths import BoothChanges

ROWS_SHOWN = 5_000


def unit_table(shown: Shown) -> None:
    """Draw the table of all changes, of all units where asked for."""
    is_whole = st.toggle(tr("Units that stay as they are, too"), key="proposal-whole")
    listing(
        unit_frame(shown, is_whole=is_whole),
        name=tr("What changes in each unit"),
        file_name="changes.csv",
        key="changes",
        by=tr("What"),
        hidden="unit",
        chosen=chosen_unit(),
        on_choice=lambda unit: choose(unit=unit),
        config={
            tr("Since"): day_column(),
            tr("Earliest"): day_column(),
            tr("Active"): number_column(),
            tr("Why"): st.column_config.TextColumn(width="large"),
        },
    )


def unit_frame(shown: Shown, *, is_whole: bool) -> pd.DataFrame:
    """Return one row a unit, what changes first; without those that stay unless asked for."""
    units, overrides = shown.units, shown.overrides
    last = (ChangeKind.UNCLASSIFIED, ChangeKind.SAME)
    order = [kind.value for kind in (*GROUPS, *last)]
    rank = np.array([order.index(kind) for kind in units.kind])
    chosen_rows = np.argsort(rank, kind="stable")
    if not is_whole:
        is_told = (rank[chosen_rows] < len(GROUPS)) | np.isin(
            units.unit_id[chosen_rows].astype(str), list(overrides)
        )
        chosen_rows = chosen_rows[is_told]
    picked: Ints = chosen_rows
    zones = shown.zones()
    decided = [overrides.get(str(unit)) for unit in units.unit_id[picked]]
    return pd.DataFrame(
        {
            "unit": units.unit_id[picked],
            tr("What"): [kind_word(kind) for kind in units.kind[picked]],
            tr("Change"): [
                pair(shown, str(a), str(b))
                for a, b in zip(units.in_force[picked], zones[picked], strict=True)
            ],
            tr("Name"): units.name[picked],
            tr("Code"): units.unit_id[picked],
            tr("In force"): [zone_word_of(shown, str(z)) for z in units.in_force[picked]],
            tr("Rule says"): [zone_word_of(shown, str(z)) for z in units.today[picked]],
            tr("At worst"): [zone_word_of(shown, str(z)) for z in units.zone_worst[picked]],
            tr("To order"): [zone_word_of(shown, str(z)) for z in zones[picked]],
            tr("Decided otherwise"): ["" if o is None else o.reason for o in decided],
            tr("Active"): pd.Series(units.active[picked]).where(units.active[picked] >= 0),
            tr("New in the week"): pd.Series(units.new_cases[picked]).where(
                units.new_cases[picked] >= 0
            ),
            tr("Milder days"): units.days_milder[picked],
            tr("Earliest"): pd.to_datetime(units.earliest_on[picked]),
            tr("Order"): units.number[picked],
            tr("Since"): pd.to_datetime(units.since[picked]),
            tr("Floor"): units.floor_by[picked],
            tr("Why"): units.sentence[picked],
            tr("The rule's reason"): units.explanation[picked],
        }
    )


def booth_table(shown: Shown, booths: BoothChanges) -> None:
    """Draw the booths that change, of all that have a category where asked for."""
    is_whole = st.toggle(tr("Booths that stay as they are, too"), key="proposal-booths-whole")
    frame = booth_frame(shown, booths, is_whole=is_whole)
    if len(frame) > ROWS_SHOWN:
        st.caption(
            tr(
                "The first {shown} of {n} booths are listed.",
                shown=number(ROWS_SHOWN),
                n=number(len(frame)),
            )
        )
        frame = frame.head(ROWS_SHOWN)
    booth = chosen("booth")
    listing(
        frame,
        name=tr("What changes in each booth"),
        file_name="booth-changes.csv",
        key="booth-changes",
        by=tr("Change"),
        hidden="booth",
        chosen=booth,
        on_choice=lambda code: choose(booth=code),
        config={tr("People"): number_column()},
    )
    if not shown.is_editable or not shown.decides_booths or shown.draft is None:
        return
    if not booth or booth not in booths.booth_id:
        st.caption(tr("Choose a booth to decide otherwise on it."))
        return
    with st.container(horizontal=True):
        st.button(
            tr("Override {booth}…", booth=booth),
            key="override-booth",
            on_click=ask_override,
            args=(booth, shown.draft.version),
        )
        if booth in shown.overrides:
            st.button(tr("As drawn"), key="booth-back", on_click=take_back, args=(shown, booth))
    booth_override(shown)


def booth_frame(shown: Shown, booths: BoothChanges, *, is_whole: bool) -> pd.DataFrame:
    """Return one row a booth, those that change unless all are asked for."""
    rows = np.arange(len(booths)) if is_whole else np.flatnonzero(booths.is_change)
    names, overrides = shown.names, shown.overrides
    decided = [overrides.get(str(booth)) for booth in booths.booth_id[rows]]

    def letters(before: str, after: str) -> str:
        one, other = before or tr("none"), after or tr("none")
        return one if before == after else f"{one}→{other}"

    return pd.DataFrame(
        {
            "booth": booths.booth_id[rows],
            tr("Change"): [
                letters(str(a), str(b))
                for a, b in zip(booths.in_force[rows], booths.proposed[rows], strict=True)
            ],
            tr("Booth"): booths.booth_id[rows],
            tr("Name"): booths.name[rows],
            tr("Unit"): [names.get(str(u)) or str(u) for u in booths.unit_id[rows]],
            tr("Zone in force"): booths.zone_id[rows],
            tr("Zone proposed"): booths.zone_proposed[rows],
            tr("Held by an order"): [tr("yes") if h else "" for h in booths.is_held[rows]],
            tr("People"): booths.population[rows],
            tr("Decided otherwise"): ["" if o is None else o.reason for o in decided],
        }
    )
