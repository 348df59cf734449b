"""Words of the zoning desk: its first sentence, groups, steps, letter pairs."""

from __future__ import annotations

from screens.proposal_shown import Shown
from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import day, moment, number
from zoning.judgement.changes import ChangeKind
from zoning.orders.draft import DraftKind
from zoning.orders.state import state_label
from zoning.orders.steps import step_word
from zoning.symbols.palette import zone_styles
from zoning.workflow.containment import as_date
from zoning.workflow.draft import Draft

STEPS = ("compute", "review", "draw", "consult", "sign")


def step_title(step: str) -> str:
    """Return the name of a step of the wizard."""
    return {
        "compute": tr("Compute"),
        "review": tr("Review"),
        "draw": tr("Draw"),
        "consult": tr("Consult"),
        "sign": tr("Sign"),
    }[step]


def kind_title(kind: DraftKind) -> str:
    """Return what a draft is about."""
    return {
        DraftKind.ZONES: tr("Zones of units"),
        DraftKind.CATEGORIES: tr("Categories of booths"),
        DraftKind.SEALING: tr("Provisional sealing"),
    }[kind]


def group_title(kind: ChangeKind, n: int) -> str:
    """Return the title of a group of the list."""
    words = {
        ChangeKind.TIGHTEN: tr("▲ To tighten"),
        ChangeKind.RELAX: tr("▼ To relax"),
        ChangeKind.FIRST: tr("● First order"),
        ChangeKind.KEPT_UNTIL: tr("◷ Milder, not yet long enough"),
        ChangeKind.REFUSED: tr("✕ Milder, and not to be relaxed"),
    }[kind]
    return tr("{group}: {n}", group=words, n=number(n))


def headline(shown: Shown) -> str:
    """Return the answer to this screen's question, in one sentence."""
    n = shown.counts()
    tighten, relax, first = n["tighten"], n["relax"], n["first"]
    kept = n["kept_until"] + n["refused"]
    judged = tr(
        "judged on {day} by {rule}",
        day=day(as_date(shown.found.basis.result.on)),
        rule=shown.found.basis.rule.id,
    )
    booths = shown.found.booths
    if shown.decides_booths and booths is not None:
        changed = int(booths.is_change.sum())
        return tr_n(
            "{changed} of {all} booths would change category; {judged}.",
            "{changed} of {all} booths would change category; {judged}.",
            changed,
            changed=number(changed),
            all=number(len(booths)),
            judged=judged,
        )
    if not tighten + relax + first:
        return tr_n(
            "Nothing changes: {kept} unit is milder and stays; {judged}.",
            "Nothing changes: {kept} units are milder and stay; {judged}.",
            kept,
            kept=number(kept),
            judged=judged,
        )
    return tr_n(
        "{changed} of {all} units would change: {tighten} tightened, {relax} relaxed, {first} for "
        "the first time; {kept} milder and kept; {judged}.",
        "{changed} of {all} units would change: {tighten} tightened, {relax} relaxed, {first} for "
        "the first time; {kept} milder and kept; {judged}.",
        tighten + relax + first,
        changed=number(tighten + relax + first),
        all=number(len(shown.units)),
        tighten=number(tighten),
        relax=number(relax),
        first=number(first),
        kept=number(kept),
        judged=judged,
    )


def draft_sentence(draft: Draft) -> str:
    """Return where a draft stands, and who moved it last."""
    said = tr(
        "Draft {id}, {kind}, version {version}: {state}. {who} {step} on {when}.",
        id=draft.draft_id,
        kind=kind_title(draft.kind),
        version=draft.version,
        state=state_label(draft.state),
        who=draft.by,
        step=step_word(draft.step),
        when=moment(draft.at),
    )
    return tr("{said} “{note}”", said=said, note=draft.note) if draft.note else said


def pair(shown: Shown, before: str, after: str) -> str:
    """Return the letters of a change, such as O→R; one letter where nothing changes."""
    one, other = letter(shown, before), letter(shown, after)
    return one if before == after else f"{one}→{other}"


def letter(shown: Shown, zone: str) -> str:
    """Return the letter of a zone; of another rule's level the level itself."""
    styles = zone_styles([level.key for level in shown.found.basis.rule.zones])
    return styles[zone].letter if zone in styles else zone


def zone_word_of(shown: Shown, zone: str) -> str:
    """Return the label of a zone for people."""
    labels = {level.key: level.label for level in shown.found.basis.rule.zones}
    return labels.get(zone) or (tr("Unclassified") if zone == "unclassified" else zone)
