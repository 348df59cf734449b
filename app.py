"""Entry of the service: the ASGI application, and the script of its pages.

`streamlit run app.py` reads this file twice: once to find `app`, then once for
every run of a page. Pages are imported only in a run, because Streamlit serves
a component only if a run has imported it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from layers.view import MapView
from zoning.settings import Settings
from zoning.store.engine import Store, open_store
from zoning.web.desk import desk, frozen_heap
from zoning.workflow.map_view import map_view

if TYPE_CHECKING:
    from zoning.workflow.data_desk import DataDesk

settings = Settings()


@st.cache_resource(show_spinner=False)
def open_shared_store(address: str) -> Store:
    """Return the store that all sessions of this process share."""
    return open_store(address)


def current_view(*, at: datetime | None, public: bool) -> MapView:
    """Return what the map shows at a moment; None for now."""
    store = open_shared_store(settings.store_url)
    return map_view(store, settings, at=at, public=public)


@st.cache_resource(show_spinner=False)
def open_desk() -> DataDesk:
    """Return the desk of whoever sits at this machine."""
    from zoning.workflow.data_desk import local_desk

    return local_desk(open_shared_store(settings.store_url), settings)


if get_script_run_ctx(suppress_warning=True) is None:
    app = st.App(
        __file__,
        routes=desk(settings).routes(),
        lifespan=frozen_heap("layers.map", "pandas"),
    )
else:
    from screens import shell

    shell.run(settings, current_view, open_desk)
