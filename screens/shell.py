"""The frame of every page: style, navigation, and what is said when it fails."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import streamlit as st

from layers.view import MapView
from screens import address, map
from screens.navigation import navigation, remember_state
from screens.persons import who_acts
from zoning.errors import SeemanaError, StoreError
from zoning.faults import record_fault
from zoning.i18n.catalogue import tr
from zoning.settings import Settings

if TYPE_CHECKING:
    from zoning.workflow.actor import Actor
    from zoning.workflow.data_desk import DataDesk
    from zoning.workflow.persons import Persons

STYLE = Path(__file__).with_name("page.css")


class ViewSource(Protocol):
    """Where pages get what they show.

    Where persons are told apart it also takes `who`, and shows what they may see.
    """

    def __call__(self, *, at: datetime | None, public: bool) -> MapView:
        """Return the view at a moment (None: now), for the public or for staff."""
        ...


def _told(draw: Callable[[], None]) -> None:
    """Draw a page; a refusal and a fault of ours become sentences."""
    try:
        draw()
    except SeemanaError as refusal:
        st.error(str(refusal))
        st.button(tr("Try again"), key="again")
    except Exception as fault:  # noqa: BLE001 - the edge: nobody above could say it in words
        st.error(record_fault(fault))


@st.cache_resource(show_spinner=False)
def _settle_heap() -> bool:
    """Keep what the first run made out of the garbage collector's reach, once.

    Streamlit collects after every run; see `zoning.web.startup.opening`.
    """
    gc.collect()
    gc.freeze()
    return True


def run(
    settings: Settings,
    source: ViewSource,
    open_desk: Callable[[], DataDesk] | None = None,
    persons: Persons | None = None,
) -> None:
    """Run the page that the address asks for.

    Parameters
    ----------
    settings : Settings
        Of this service.
    source : ViewSource
        Usually `zoning.workflow.map_view` with store and settings filled in.
    open_desk : callable, optional
        Opens what the data screen works on; called on that screen alone. None
        offers the map alone.
    persons : Persons, optional
        Who may be before the screen; None where it isn't asked. The embedded map is
        for everybody.
    """
    st.set_page_config(page_title=tr("Seemana: zones"), page_icon="🗺️", layout="wide")
    st.html(STYLE)
    is_public = bool(st.context.is_embedded)

    def own_desk() -> DataDesk:
        assert open_desk is not None
        desk = open_desk()
        return desk if actor is None else replace(desk, who=actor)

    def draw_map() -> None:
        address.start_session()
        at = address.moment_shown()
        seen = source if actor is None else partial(source, who=actor)
        view = seen(at=at, public=is_public)

        def is_ready() -> bool:
            return not seen(at=at, public=is_public).is_preparing

        if is_public:
            map.embedded_page(view, settings, is_ready)
        else:
            map.staff_page(view, settings, is_ready)

    def draw_data() -> None:
        if is_public or open_desk is None:
            st.error(
                tr(
                    "The embedded map shows zones and dates only; data is brought in by staff, "
                    "in the service itself."
                )
            )
            return
        # Not at the top: the map's first paint shouldn't wait for what this screen needs.
        from screens import data

        data.data_page(own_desk())

    def draw_measures() -> None:
        # Not at the top, for the same reason.
        from screens import measures
        from zoning.workflow.measures_desk import measures_desk

        desk = measures_desk(settings)
        # Without a database the orders still answer; the page says what is missing.
        with suppress(StoreError):
            if open_desk is not None:
                from zoning.workflow.deviation_register import with_register

                desk = with_register(desk, own_desk().store, None if is_public else own_desk().who)
        measures.measures_page(desk, lambda at: source(at=at, public=is_public))

    def draw_containment() -> None:
        from screens import containment
        from zoning.workflow.zone_desk import zone_desk

        containment.containment_page(zone_desk(own_desk()))

    def draw_area() -> None:
        from screens import area
        from zoning.workflow.area_desk import AreaDesk
        from zoning.workflow.deviations_desk import DeviationsDesk

        seen = source if actor is None else partial(source, who=actor)
        desk = own_desk()
        area.area_page(
            AreaDesk(desk), DeviationsDesk(desk), lambda: seen(at=None, public=False), settings
        )

    def draw_deviations() -> None:
        from screens import deviations
        from zoning.workflow.deviations_desk import DeviationsDesk

        deviations.deviations_page(DeviationsDesk(own_desk()))

    def draw_history() -> None:
        from screens import history
        from zoning.workflow.history_desk import HistoryDesk

        history.history_page(HistoryDesk(own_desk()))

    def draw_orders() -> None:
        from screens import orders
        from zoning.workflow.orders_desk import orders_desk

        orders.orders_page(orders_desk(own_desk()))

    def draw_proposal() -> None:
        from screens import proposal
        from zoning.workflow.proposal_desk import proposal_desk

        proposal.proposal_page(proposal_desk(own_desk()))

    def for_officers(draw: Callable[[], None]) -> None:
        if is_public or open_desk is None:
            st.error(tr("The embedded map shows zones and dates only; this is for officers."))
        else:
            _told(draw)

    screens = [
        st.Page(lambda: _told(draw_map), title=tr("Map"), url_path="map", default=True),
        st.Page(lambda: for_officers(draw_area), title=tr("My area"), url_path="area"),
        st.Page(lambda: for_officers(draw_proposal), title=tr("Zoning desk"), url_path="zoning"),
        st.Page(
            lambda: for_officers(draw_containment), title=tr("Containment"), url_path="containment"
        ),
        st.Page(lambda: for_officers(draw_orders), title=tr("Orders"), url_path="orders"),
        st.Page(lambda: _told(draw_measures), title=tr("Measures"), url_path="measures"),
        st.Page(
            lambda: for_officers(draw_deviations), title=tr("Deviations"), url_path="deviations"
        ),
        st.Page(lambda: _told(draw_data), title=tr("Data"), url_path="data"),
        st.Page(lambda: for_officers(draw_history), title=tr("History"), url_path="history"),
    ]
    actor: Actor | None = None

    def draw_person() -> None:
        nonlocal actor
        assert persons is not None
        actor = who_acts(persons)

    # Hidden, because Streamlit's own would take 60 px of the map, and hide on a phone.
    current = st.navigation(screens, position="hidden")
    if persons is not None and not is_public:
        _told(draw_person)
        if actor is None:
            return
    if not is_public and open_desk is not None:
        navigation(screens, current)
    current.run()
    remember_state(current)
    _settle_heap()
