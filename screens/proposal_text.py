"""The head of an order as fields; what somebody else saved meanwhile is said, and yours kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import streamlit as st

from screens.plain import title
from screens.proposal_acts import act, start_over
from screens.proposal_shown import Shown
from zoning.clock import IST
from zoning.i18n.catalogue import tr
from zoning.i18n.forms import moment
from zoning.orders.draft import DraftContent
from zoning.workflow.draft import Draft
from zoning.workflow.signing import supersedable

PARTS = ("number", "title", "act", "reason", "signatory")
FIELDS = tuple(
    f"text-{part}" for part in (*PARTS, "on", "at", "review", "expires", "ends", "draft")
)


def _labels() -> dict[str, str]:
    return {
        "number": tr("Number of the order"),
        "title": tr("Subject"),
        "act": tr("Act"),
        "reason": tr("Reason"),
        "signatory": tr("Signatory"),
    }


def text_form(shown: Shown, draft: Draft) -> None:
    """Draw the fields; they can be changed while it is a draft."""
    title(tr("What the order says"))
    _fill(draft)
    is_open = shown.is_editable
    labels = _labels()
    for part in ("number", "title", "act"):
        st.text_input(labels[part], key=f"text-{part}", disabled=not is_open)
        _theirs(draft, part)
    st.text_area(labels["reason"], key="text-reason", height=110, disabled=not is_open)
    _theirs(draft, "reason")
    known = shown.desk.signatories(draft)
    st.text_input(
        labels["signatory"],
        key="text-signatory",
        disabled=not is_open,
        help=tr("Who may sign such an order today: {names}.", names=", ".join(known))
        if known
        else tr("The roster names nobody who signs such an order; one name is taken as it is."),
    )
    _theirs(draft, "signatory")
    with st.container(horizontal=True, vertical_alignment="bottom", key="text-times"):
        st.date_input(
            tr("In force from (empty: at once)"),
            key="text-on",
            format="DD/MM/YYYY",
            disabled=not is_open,
        )
        st.time_input(tr("Hour (IST)"), key="text-at", step=900, disabled=not is_open)
        st.date_input(tr("Review on"), key="text-review", format="DD/MM/YYYY", disabled=not is_open)
        st.date_input(
            tr("Expires at the end of"),
            key="text-expires",
            format="DD/MM/YYYY",
            disabled=not is_open,
        )
    st.multiselect(
        tr("Orders that end when this one takes effect"),
        _ending(shown, draft),
        key="text-ends",
        disabled=not is_open,
    )
    if set(draft.content.supersedes) != set(st.session_state["text-ends"]):
        ends = ", ".join(draft.content.supersedes) or tr("none")
        st.caption(tr("Saved by {who}: {text}", who=draft.by, text=ends))
    if not is_open:
        st.caption(tr("The text stands; give the draft back to change it."))
        return
    with st.container(horizontal=True):
        st.button(
            tr("Save the draft"),
            key="text-save",
            type="primary",
            on_click=_save,
            args=(shown, draft),
        )
        st.button(
            tr("As saved"), key="text-reset", on_click=start_over, args=(FIELDS,), type="tertiary"
        )
    st.caption(
        tr(
            "Saved as version {version} by {who} on {when}.",
            version=draft.version,
            who=draft.by,
            when=moment(draft.at),
        )
    )


def _fill(draft: Draft) -> None:
    """Begin with what is saved where nothing was typed yet; another draft begins anew."""
    if st.session_state.get("text-draft") != draft.draft_id:
        start_over(FIELDS)
        st.session_state["text-draft"] = draft.draft_id
    content = draft.content
    for part in PARTS:
        st.session_state.setdefault(f"text-{part}", getattr(content, part))
    st.session_state.setdefault("text-ends", list(content.supersedes))
    begins = _ist(content.effective_at)
    st.session_state.setdefault("text-on", begins.date() if begins else None)
    st.session_state.setdefault("text-at", begins.time() if begins else time(0))
    for part, moment_ in (("review", content.review_at), ("expires", content.expires_at)):
        told = _ist(moment_)
        st.session_state.setdefault(f"text-{part}", told.date() if told else None)


def _ending(shown: Shown, draft: Draft) -> list[str]:
    """Return the orders that may be named, those named already among them."""
    known = [record.order.number for record in supersedable(shown.desk, draft)]
    named = (*draft.content.supersedes, *st.session_state["text-ends"])
    return list(dict.fromkeys((*known, *named)))


def _theirs(draft: Draft, part: str) -> None:
    """Say what is saved where the field says something else."""
    saved = str(getattr(draft.content, part))
    if saved and saved != st.session_state.get(f"text-{part}"):
        st.caption(tr("Saved by {who}: {text}", who=draft.by, text=saved.replace("\n", " ")))


def _save(shown: Shown, draft: Draft) -> None:
    content = _typed(draft.content)

    def save() -> None:
        shown.desk.save(draft.draft_id, draft.version, content)

    act(save, tr("The draft is saved."))


def _typed(content: DraftContent) -> DraftContent:
    told = {part: str(st.session_state[f"text-{part}"]).strip() for part in PARTS}
    return replace(
        content,
        **told,
        effective_at=_moment(st.session_state["text-on"], st.session_state["text-at"]),
        review_at=_moment(st.session_state["text-review"], time(9)),
        supersedes=tuple(st.session_state["text-ends"]),
        expires_at=_moment(st.session_state["text-expires"], time(23, 59, 59)),
    )


def _moment(on: date | None, at: time | None) -> datetime | None:
    return None if on is None else datetime.combine(on, at or time(0), tzinfo=IST)


def _ist(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(IST)
