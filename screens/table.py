"""The map as a table: same content, sorted, filtered, downloaded."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from layers.view import MapView
from layers.words import kind_name, zone_label
from zoning.i18n.catalogue import tr, tr_n


def zone_frame(view: MapView) -> pd.DataFrame:
    """Return one row a unit, most severe first; without figures in a public view."""
    keys = list(view.zone_keys)
    frame = pd.DataFrame(
        {
            tr("Zone"): [zone_label(view, zone) for zone in view.zone],
            tr("Name"): view.units.name,
            tr("Code"): view.units.unit_id,
            tr("Since"): pd.to_datetime(view.in_force_since),
        }
    )
    c = view.classification
    if c is not None and not view.is_public:
        frame[tr("Population")] = view.units.population
        frame[tr("Active")] = pd.Series(c.active).where(c.active >= 0)
        for words in view.parameters:
            if words.key in c.parameters:
                label = f"{words.label} ({words.unit})" if words.unit else words.label
                frame[label] = c.parameters[words.key].value.round(words.decimals)
        frame[tr("Explanation")] = c.explanation
    order = pd.Series([keys.index(zone) for zone in view.zone])
    return frame.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def facility_frame(view: MapView) -> pd.DataFrame:
    """Return one row a facility."""
    if view.facilities is None:
        return pd.DataFrame()
    f = view.facilities.facilities
    return pd.DataFrame(
        {
            tr("Kind"): [kind_name(str(kind)) for kind in f.kind],
            tr("Name"): f.name,
            tr("Report"): view.facilities.words,
            tr("Beds vacant"): f.beds_vacant,
            tr("Beds"): f.beds_total,
            tr("Oxygen beds vacant"): f.oxygen_beds_vacant,
            tr("Oxygen beds"): f.oxygen_beds_total,
            tr("Telephone"): f.phone,
            tr("Address"): f.address,
        }
    ).dropna(axis="columns", how="all")


def _filtered(frame: pd.DataFrame, by: str, key: str) -> pd.DataFrame:
    chosen = st.pills(
        by,
        list(frame[by].unique()),
        selection_mode="multi",
        key=f"{key}-{by}",
        label_visibility="collapsed",
    )
    return frame[frame[by].isin(chosen)] if chosen else frame


def _draw(frame: pd.DataFrame, *, by: str, file_name: str, key: str) -> None:
    shown = _filtered(frame, by, key)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(tr_n("{n} row", "{n} rows", len(shown)))
        st.download_button(
            tr("Download CSV"),
            data=lambda: shown.to_csv(index=False).encode("utf-8-sig"),
            file_name=file_name,
            mime="text/csv",
            key=f"{key}-download",
        )
    st.dataframe(
        shown,
        hide_index=True,
        height=560,
        key=f"{key}-table",
        placeholder="–",
        column_config={
            tr("Zone"): st.column_config.TextColumn(width=104),
            tr("Since"): st.column_config.DateColumn(format="DD MMM YYYY"),
            tr("Population"): st.column_config.NumberColumn(format="localized"),
        },
    )


def zone_table(view: MapView) -> None:
    """Draw the table of zones with filter and download."""
    _draw(zone_frame(view), by=tr("Zone"), file_name="zones.csv", key="zones")


def facility_table(view: MapView) -> None:
    """Draw the list of facilities with filter and download."""
    frame = facility_frame(view)
    if frame.empty:
        st.info(tr("No facility has been imported yet: `zoning import facilities FILE`."))
        return
    _draw(frame, by=tr("Kind"), file_name="facilities.csv", key="facilities")
