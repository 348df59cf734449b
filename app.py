"""Entry of the service: the ASGI application, and the script of its pages.

`streamlit run app.py` reads this file twice: once to find `app`, then once for
every run of a page. Pages are imported only in a run, because Streamlit serves
a component only if a run has imported it.
"""

from contextlib import closing
from datetime import datetime

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.scriptrunner import get_script_run_ctx

from layers.view import MapView
from zoning.settings import Settings
from zoning.store.engine import Store, open_store
from zoning.web.desk import desk
from zoning.web.front_end import FrontEnd
from zoning.web.startup import opening
from zoning.workflow.map_view import map_view

settings = Settings()


@st.cache_resource(show_spinner=False)
def open_shared_store(address: str) -> Store:
    """Return the store that all sessions of this process share."""
    return open_store(address)


def current_view(*, at: datetime | None, public: bool) -> MapView:
    """Return what the map shows at a moment; None for now."""
    store = open_shared_store(settings.store_url)
    return map_view(store, settings, at=at, public=public)


def prepare() -> None:
    """Build what the first page shows, with a connection of its own."""
    with closing(open_store(settings.store_url)) as store:
        desk(settings).publish(map_view(store, settings, at=None, public=True))


if get_script_run_ctx(suppress_warning=True) is None:
    app = st.App(
        __file__,
        routes=desk(settings).routes(),
        middleware=[Middleware(FrontEnd, early=desk(settings).early)],
        lifespan=opening("layers.map", "pandas", prepare=prepare),
    )
else:
    from screens import shell

    shell.run(settings, current_view)
