"""Acts of the zoning desk on a version that was seen; a refusal keeps what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from screens.data_address import choose
from screens.plain import plain
from screens.proposal_shown import Shown
from zoning.errors import SeemanaError
from zoning.i18n.catalogue import tr
from zoning.orders.draft import DraftContent, Override

_SAID, _DONE = "proposal-said", "done_note"


def act(do: Callable[[], Any], sentence: str, **then: object) -> None:
    """Do something in `on_click`: what is refused is said on the page, and nothing is lost.

    Parameters
    ----------
    do : callable
        The act, on the version that the page was drawn from.
    sentence : str
        What is said when it is done.
    **then
        Written into the address when it is done.
    """
    try:
        do()
    except SeemanaError as refusal:
        st.session_state[_SAID] = str(refusal)
        return
    choose(**then)
    st.session_state[_DONE] = sentence


def say_refused() -> None:
    """Say what was refused, once; what was typed is still in its fields."""
    said = st.session_state.pop(_SAID, None)
    if said:
        st.error(plain(said))
        st.caption(tr("What you typed is kept. Nothing was written."))


def start_over(keys: tuple[str, ...]) -> None:
    """Forget what was typed into fields, so that they begin with what is saved."""
    for key in keys:
        st.session_state.pop(key, None)


def with_override(content: DraftContent, override: Override) -> DraftContent:
    """Return a content that decides otherwise in one unit or booth."""
    kept = tuple(o for o in content.overrides if o.area_id != override.area_id)
    return replace(content, overrides=(*kept, override))


def without_override(content: DraftContent, area_id: str) -> DraftContent:
    """Return a content that decides as proposed in one unit or booth."""
    return replace(content, overrides=tuple(o for o in content.overrides if o.area_id != area_id))


def take_back(shown: Shown, area_id: str) -> None:
    """Decide as proposed again; for `on_click`."""
    draft = shown.draft
    assert draft is not None
    content = without_override(draft.content, area_id)
    act(
        lambda: shown.desk.save(draft.draft_id, draft.version, content),
        tr("{area} is decided as proposed again.", area=area_id),
    )


def looked_at(shown: Shown) -> set[str]:
    """Return the units or booths that this person has accepted in this sitting."""
    draft_id = 0 if shown.draft is None else shown.draft.draft_id
    accepted: set[str] = st.session_state.setdefault(f"proposal-accepted-{draft_id}", set())
    return accepted


def accept(shown: Shown, area_id: str) -> None:
    """Note that a change is accepted as proposed; for `on_click`."""
    looked_at(shown).add(area_id)
