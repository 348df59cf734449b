"""Containment zones in force: one row a zone, and the one that is chosen."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from screens.containment_zone import zone_card
from screens.data_address import choose, chosen
from screens.listing import day_column, listing, number_column
from zoning.i18n.catalogue import tr, tr_n
from zoning.judgement.policy import M_PER_KM
from zoning.workflow.weighing import DrawnZones
from zoning.workflow.zone_desk import Seen, ZoneDesk
from zoning.workflow.zone_words import PERCENT


def panel(desk: ZoneDesk, seen: Seen) -> None:
    """Draw the zones in force and the one that is chosen."""
    zones = seen.found.zones
    if not len(zones):
        st.info(
            tr(
                "No order in force puts a booth into A. `zoning propose` divides the red and "
                "orange units, `zoning publish` puts it in force; “What if” shows what it would "
                "mean."
            )
        )
        return
    zone = chosen("zone")
    frame = zones_frame(seen)
    words = {
        tr("Opened"): day_column(),
        tr("Units"): st.column_config.TextColumn(width="medium"),
        tr("People known"): st.column_config.TextColumn(width="medium"),
    }
    whole = frame.select_dtypes("number").columns
    listing(
        frame,
        name=tr("Containment zones in force"),
        file_name="containment-zones.csv",
        key="zones",
        by=tr("Asks for"),
        hidden="zone",
        chosen=zone,
        on_choice=lambda picked: choose(zone=picked),
        config={**{name: number_column() for name in whole}, **words},
    )
    ids = zones.divided.zone_id.tolist()
    if zone in ids:
        zone_card(desk, seen, ids.index(zone))
    elif zone:
        st.warning(
            tr("Containment zone {zone} isn't in force: it was released or merged.", zone=zone)
        )
    else:
        st.caption(tr("Choose a row to see what a zone means, whose consent it needs, its life."))


def zones_frame(seen: Seen) -> pd.DataFrame:
    """Return one row a zone, the one with the most people first."""
    zones = seen.found.zones
    it = zones.weighed.zones
    warned, consents = _counts(zones)
    frame = pd.DataFrame(
        {
            "zone": zones.divided.zone_id,
            tr("Zone"): zones.divided.zone_id,
            tr("Units"): [
                ", ".join(seen.names.get(u) or u for u in units) for units in zones.unit_ids
            ],
            tr("Opened"): pd.to_datetime(zones.opened_on),
            tr("Asks for"): [_asks(w, c) for w, c in zip(warned, consents, strict=True)],
            tr("Booths A"): it.n_booths_a,
            tr("Booths B"): it.n_booths_b,
            **({tr("A beyond the area"): zones.n_beyond} if seen.found.is_part else {}),
            tr("People A"): it.population_a,
            tr("People B"): it.population_b,
            tr("People known"): [_known(int(n)) for n in (it.n_unknown_a + it.n_unknown_b)],
            tr("Houses"): it.households_a,
            **{
                tr("Workers at {houses}", houses=houses): workers
                for houses, workers in it.workers.items()
            },
            tr("Line, km"): np.round(zones.perimeter_m / M_PER_KM, 1),
            tr("Cases"): it.cases,
            tr("Share of cases, %"): np.round(it.share_of_cases * PERCENT, 0),
            tr("People a case"): np.round(
                np.where(np.isfinite(it.people_per_case), it.people_per_case, np.nan)
            ),
            tr("Hospitals"): it.hospitals_a + it.hospitals_b,
            tr("Warnings"): warned,
            tr("Consents"): consents,
        }
    )
    return frame.sort_values(tr("People A"), ascending=False, ignore_index=True)


def _counts(zones: DrawnZones) -> tuple[list[int], list[int]]:
    """Return how many warnings there are about each zone, and consents it needs."""
    warned, consents = [0] * len(zones), [0] * len(zones)
    for warning in zones.weighed.warnings:
        warned[warning.zone] += 1
    for consent in zones.consents:
        consents[consent.zone] += consent.is_needed
    return warned, consents


def _asks(warned: int, consents: int) -> str:
    if consents and warned:
        return tr("!! consent, and a look")
    if consents:
        return tr("✎ consent")
    return tr("! a look") if warned else tr("✓ nothing")


def _known(unknown: int) -> str:
    if not unknown:
        return tr("✓ all")
    return tr_n("at least: {n} booth unknown", "at least: {n} booths unknown", unknown)
