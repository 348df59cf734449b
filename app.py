"""Entry of the service: the ASGI application, and the script of its pages.

`streamlit run app.py` reads this file twice: once to find `app`, then once for
every run of a page. Pages are imported only in a run, because Streamlit serves
a component only if a run has imported it.
"""

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.scriptrunner import get_script_run_ctx

from zoning.settings import Settings
from zoning.web.desk import desk
from zoning.web.front_end import FrontEnd
from zoning.web.loopback import LoopbackOnly
from zoning.web.sources import Sources
from zoning.web.startup import checked_start, opening

settings = Settings()
sources = Sources(settings)

if get_script_run_ctx(suppress_warning=True) is None:
    app = st.App(
        __file__,
        secrets=checked_start(settings, st.get_option("server.address")),
        routes=desk(settings).routes(),
        middleware=[
            Middleware(LoopbackOnly, is_active=not settings.has_sign_in),
            Middleware(FrontEnd, early=desk(settings).early),
        ],
        lifespan=opening(
            "layers.map", "pandas", prepare=sources.prepare, keep_ready=sources.keep_ready
        ),
    )
else:
    from screens import shell

    shell.run(settings, sources.view, sources.data_desk, sources.persons())
