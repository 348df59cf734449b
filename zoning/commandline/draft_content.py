"""What a draft says as a JSON file, and a draft as it is printed."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zoning.errors import InputError
from zoning.i18n.catalogue import tr

if TYPE_CHECKING:
    from zoning.orders.draft import DraftContent
    from zoning.workflow.drafting import Draft


def read_content(file: Path) -> DraftContent:
    """Return the content of a file, as `zoning drafts show --json` prints it under `content`.

    Raises
    ------
    InputError
        Naming the file, and what of it can't be used.
    OrderError
        If it contradicts itself.
    """
    from zoning.orders.draft import DraftContent, from_json

    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except OSError as fault:
        raise InputError(
            tr("{file} can't be read: {reason}.", file=file, reason=fault.strerror)
        ) from fault
    except (ValueError, RecursionError) as fault:
        raise InputError(tr("{file} isn't JSON: {fault}.", file=file, fault=fault)) from fault
    if not isinstance(told, dict):
        raise InputError(tr("{file} holds no JSON object; write one.", file=file))
    known = {field.name for field in fields(DraftContent)}
    for key in told:
        if key not in known:
            raise InputError(
                tr(
                    "{file} names {key}, which no draft has; it may have: {known}.",
                    file=file,
                    key=key,
                    known=", ".join(sorted(known)),
                )
            )
    try:
        return from_json(told)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise InputError(
            tr("{file} holds a value that can't be used: {fault}.", file=file, fault=fault)
        ) from fault


def draft_as_json(draft: Draft) -> dict[str, Any]:
    """Return a draft for `--json`."""
    from zoning.orders.draft import to_json

    return {
        "draft": draft.draft_id,
        "kind": draft.kind.value,
        "area": draft.area_unit_id,
        "run": draft.run_id,
        "delineation": draft.delineation_id,
        "version": draft.version,
        "state": draft.state.value,
        "step": draft.step.value,
        "by": draft.by,
        "at": draft.at.isoformat(),
        "note": draft.note,
        "order": draft.order_id,
        "content": to_json(draft.content),
        "remarks": list(draft.remarks),
    }


def draft_in_words(draft: Draft) -> str:
    """Return a draft in one line."""
    from zoning.i18n.forms import moment
    from zoning.orders.state import state_label
    from zoning.orders.steps import step_word

    return tr(
        "{id}  {kind}  {area}  {state}  version {version}: {who} {step} on {at}  {title}",
        id=draft.draft_id,
        kind=draft.kind.value,
        area=draft.area_unit_id or tr("whole state"),
        state=state_label(draft.state),
        version=draft.version,
        who=draft.by,
        step=step_word(draft.step),
        at=moment(draft.at),
        title=draft.content.title,
    ).rstrip()
