"""Orders: what was ordered, where each stands, what comes next; one of them with its papers."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pandas as pd
import streamlit as st

from screens import orders_card, orders_difference, orders_paper
from screens.data_address import choose, chosen
from screens.data_notes import say_done
from screens.headline import fictional_banner
from screens.listing import listing, moment_column
from screens.orders_drafts import drafts
from screens.orders_words import effect_word, headline, kind_word, line_sentence, status_word
from screens.panels import accent
from screens.plain import say, title
from zoning.access import Action, role_word, roles_with
from zoning.errors import OrderError
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import number
from zoning.workflow.orders_desk import OrderCard, OrdersDesk, OrdersSeen
from zoning.workflow.orders_listed import OrderLine, Status

STYLES = tuple(
    Path(__file__).with_name(name) for name in ("data.css", "containment.css", "orders.css")
)
TAB = "orders_tab"
LOOK_AGAIN_S = 30
SECONDS_A_MINUTE = 60

PANELS = {
    "order": orders_card.panel,
    "paper": orders_paper.panel,
    "compare": orders_difference.panel,
}


def _titles() -> dict[str, str]:
    return {"order": tr("Order"), "paper": tr("Paper"), "compare": tr("Compare")}


def orders_page(desk: OrdersDesk) -> None:
    """Draw the orders screen for one person."""
    for style in STYLES:
        st.html(style)
    accent()
    if not desk.may(Action.SEE_ZONES):
        _refuse(desk)
        return
    say_done()
    version = desk.version()
    minute = int(desk.now().timestamp()) // SECONDS_A_MINUTE
    area = chosen("area")
    with st.spinner(tr("Reading the orders…")):
        seen = _looked(desk.where, minute, version, area, desk)
    fictional_banner(seen)
    _top(seen)
    _watch(desk, version)
    _area(seen.areas)
    drafts(desk)
    if not seen.lines:
        _nothing(area, seen)
        return
    _list(seen.lines)
    picked = chosen("order")
    if not picked:
        st.caption(tr("Choose an order to read it, to see its paper, or to compare it."))
        return
    try:
        card = _card(desk.where, minute, version, picked, _person(desk), desk)
    except OrderError as refusal:
        st.warning(str(refusal))
        return
    _one(desk, card, seen)


@st.cache_resource(max_entries=8, show_spinner=False)
def _looked(where: str, minute: int, version: int, area: str, _desk: OrdersDesk) -> OrdersSeen:
    return _desk.look(area)


@st.cache_resource(max_entries=16, show_spinner=False)
def _card(
    where: str, minute: int, version: int, number: str, person: str, _desk: OrdersDesk
) -> OrderCard:
    return _desk.card(number)


def _person(desk: OrdersDesk) -> str:
    """Return what tells one person's rights from another's: a card says what they may do."""
    return repr(desk.who)


def _top(seen: OrdersSeen) -> None:
    count = {
        status: sum(line.status is status for line in seen.lines)
        for status in (Status.IN_FORCE, Status.SCHEDULED, Status.WITHDRAWN)
    }
    labels = {
        Status.IN_FORCE: tr("In force"),
        Status.SCHEDULED: tr("To take effect"),
        Status.WITHDRAWN: tr("Withdrawn"),
    }
    told = "".join(
        f"<div><dt>{escape(labels[status])}</dt><dd>{number(n)}</dd></div>"
        for status, n in count.items()
    )
    first = escape(headline(seen.lines, seen.at))
    st.html(f'<div class="sm-top"><h1>{first}</h1><dl>{told}</dl></div>')


def _area(areas: dict[str, str]) -> None:
    if not areas:
        return
    codes = ["", *areas]
    at = chosen("area")

    def note() -> None:
        choose(area=st.session_state["orders-area"])

    st.selectbox(
        tr("District or corporation"),
        codes,
        index=codes.index(at) if at in codes else 0,
        format_func=lambda code: areas.get(code, tr("all areas")),
        key="orders-area",
        on_change=note,
    )


def _nothing(area: str, seen: OrdersSeen) -> None:
    if area:
        name = seen.areas.get(area, area)
        st.info(
            tr("No order speaks of {area}. Choose all areas to see those of others.", area=name)
        )
        return
    st.info(
        tr(
            "No order is in the books yet. `zoning propose` and `zoning publish` put the zones of "
            "a day in force; `zoning import orders FILE` brings in those of before."
        )
    )


def _list(lines: tuple[OrderLine, ...]) -> None:
    listing(
        orders_frame(lines),
        name=tr("Orders, the one that takes effect last first"),
        file_name="orders.csv",
        key="orders",
        by=tr("Status"),
        hidden="order",
        chosen=chosen("order"),
        on_choice=lambda picked: choose(order=picked),
        config={
            tr("In force from (IST)"): moment_column(),
            tr("Reviewed (IST)"): moment_column(),
            tr("Expires (IST)"): moment_column(),
            tr("On (IST)"): moment_column(),
            tr("Title"): st.column_config.TextColumn(width="medium"),
        },
    )


def orders_frame(lines: tuple[OrderLine, ...]) -> pd.DataFrame:
    """Return one row an order, the one that takes effect last first."""
    orders = [line.record.order for line in lines]

    def moments(values: list[object]) -> pd.Series:
        return pd.Series(pd.to_datetime(values, utc=True))

    return pd.DataFrame(
        {
            "order": [order.number for order in orders],
            tr("Number"): [order.number for order in orders],
            tr("Status"): [status_word(line.status) for line in lines],
            tr("Next"): [effect_word(line.next) for line in lines],
            tr("On (IST)"): moments([line.next.at if line.next else None for line in lines]),
            tr("Kind"): [kind_word(line.record.kind) for line in lines],
            tr("Title"): [order.title for order in orders],
            tr("In force from (IST)"): moments([order.effective_at for order in orders]),
            tr("Reviewed (IST)"): moments([order.review_at for order in orders]),
            tr("Expires (IST)"): moments([order.expires_at for order in orders]),
            tr("Signed by"): [order.signatory for order in orders],
        }
    )


def _one(desk: OrdersDesk, card: OrderCard, seen: OrdersSeen) -> None:
    order = card.line.record.order
    with st.container(border=True, key="order-card"):
        title(tr("Order {number}: {title}", number=order.number, title=order.title))
        say(line_sentence(card.line), "sm-answer")
        titles = _titles()
        open_key = chosen("tab") if chosen("tab") in titles else "order"
        # The address decides: after Back it names another panel than the widget remembers.
        if st.session_state.get(TAB) != titles[open_key]:
            st.session_state[TAB] = titles[open_key]

        def note() -> None:
            choose(tab=next(key for key, said in titles.items() if said == st.session_state[TAB]))

        tabs = st.tabs(list(titles.values()), key=TAB, on_change=note)
        for key, tab in zip(titles, tabs, strict=True):
            if tab.open:
                with tab:
                    PANELS[key](desk, card, seen)


def _refuse(desk: OrdersDesk) -> None:
    st.html(
        f'<div class="sm-top"><h1>{escape(tr("Orders are shown to officers here."))}</h1></div>'
    )
    st.warning(
        tr(
            "As {role} you may not see orders. These may: {roles}.",
            role=tr(" and ").join(role_word(role) for role in desk.roles)
            or tr("nobody on the roster"),
            roles=", ".join(role_word(role) for role in roles_with(Action.SEE_ZONES)),
        )
    )


@st.fragment(run_every=LOOK_AGAIN_S)
def _watch(desk: OrdersDesk, version: int) -> None:
    """Say when somebody has written since this page was drawn: what it shows is old then."""
    if desk.version() == version:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="data-stale"):
        st.warning(tr("An order or the data has changed since this page was drawn."))
        if st.button(tr("Show it as it is now"), key="orders-again"):
            st.rerun(scope="app")
