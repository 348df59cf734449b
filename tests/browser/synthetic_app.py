"""The product's pages and routes over drawn views: `ZONING_TEST_UNITS` units.

`ZONING_TEST_BOOTHS` gives them booths, so many a unit, or names a real ground. A
file named in `ZONING_TEST_CHANGED` holds how many units changed colour, or `30+20`:
20 booths too, and with `!` behind it booths aren't ready; a test writes it while the server runs.
"""

import os
from dataclasses import replace
from functools import cache
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.scriptrunner import get_script_run_ctx

from tests.booth_views import drawn_view, with_changed_booths
from tests.synthetic import public, with_changed_zones
from zoning.settings import Settings
from zoning.web.desk import desk
from zoning.web.front_end import FrontEnd
from zoning.web.startup import opening

settings = Settings()


@st.cache_resource
def views():
    @cache
    def view(changed: str, is_public: bool):
        if changed.endswith("!"):
            return replace(view(changed[:-1], is_public), booths=None, is_preparing=True)
        n = int(os.environ.get("ZONING_TEST_UNITS", "144"))
        drawn = drawn_view(n, os.environ.get("ZONING_TEST_BOOTHS", "0"))
        n_units, _, n_booths = changed.partition("+")
        if int(n_units):
            drawn = with_changed_zones(drawn, int(n_units))
        if int(n_booths or 0):
            drawn = with_changed_booths(drawn, int(n_booths))
        return public(drawn) if is_public else drawn

    return view


def source(*, at, public):
    note = Path(os.environ.get("ZONING_TEST_CHANGED", "-"))
    return views()((note.read_text() if note.is_file() else "") or "0", public)


def prepare():
    desk(settings).publish(source(at=None, public=True))
    desk(settings).ground.pack()


if get_script_run_ctx(suppress_warning=True) is None:
    app = st.App(
        __file__,
        routes=desk(settings).routes(),
        middleware=[Middleware(FrontEnd, early=desk(settings).early)],
        lifespan=opening("layers.map", "pandas", prepare=prepare),
    )
else:
    from screens import shell

    shell.run(settings, source)
