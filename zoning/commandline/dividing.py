"""What a proposal says of booths, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zoning.i18n.catalogue import tr

if TYPE_CHECKING:
    from zoning.workflow.decisions import Proposal


def divided_as_json(proposal: Proposal) -> dict[str, Any]:
    """Return what a proposal says of booths, for `--json`."""
    if proposal.delineation is None:
        return {}
    number, made = proposal.delineation
    category = made.result.category
    return {
        "delineation": number,
        "policy": made.policy.id,
        "buffer_m": made.buffer_m,
        "booths": {key: int((category == key).sum()) for key in ("A", "B", "C")}
        | {"green": int((category == "").sum())},
        "watch": int(made.result.watch.sum()),
        "needs_survey": int(made.result.needs_survey.sum()),
        "held": int(made.result.is_held.sum()),
        "containment_zones": int(made.label.max(initial=-1)) + 1,
    }


def divided_in_words(proposal: Proposal) -> str:
    """Return what a proposal says of booths, in one sentence."""
    said = divided_as_json(proposal)
    return tr(
        "Booths: {a} A, {b} B, {c} C in {zones} containment zones; {survey} need a survey, "
        "{held} stay A until they are released ({policy}, buffer {buffer} m).",
        a=said["booths"]["A"],
        b=said["booths"]["B"],
        c=said["booths"]["C"],
        zones=said["containment_zones"],
        survey=said["needs_survey"],
        held=said["held"],
        policy=said["policy"],
        buffer=f"{said['buffer_m']:g}",
    )
