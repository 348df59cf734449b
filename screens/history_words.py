"""Words of the history screen: zones, categories, the first sentence, kinds of breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from zoning.i18n.catalogue import tr, tr_n
from zoning.i18n.forms import day, moment, number
from zoning.model import Zone
from zoning.orders.series_breaks import BreakKind
from zoning.rules.rulebook import Rule
from zoning.workflow.history_desk import Then


def zone_names(rule: Rule) -> Mapping[str, str]:
    """Return the name of each zone of a rule as within a sentence, most severe first."""
    names = {level.key: level.label.lower() for level in reversed(rule.zones)}
    return {**names, Zone.UNCLASSIFIED.value: tr("without a colour")}


def zone_words(rule: Rule) -> Mapping[str, str]:
    """Return the name of each zone of a rule with its letter, most severe first."""
    names = zone_names(rule)
    return {key: tr("{letter} {zone}", letter=letter(key), zone=names[key]) for key in names}


def letter(value: str) -> str:
    """Return the letter of a zone or category; a point where there is none."""
    return {"": "·", Zone.UNCLASSIFIED.value: "?"}.get(value, value[:1].upper())


def headline(found: Then, names: Mapping[str, str]) -> str:
    """Return the answer to "what held then?", in one sentence with numbers and a time."""
    when = moment(found.at)
    if not found.in_force.orders:
        return tr("On {when} no order was in force.", when=when)
    counts = _counts(found.zone.tolist(), names)
    booths = tr(", ").join(
        tr("{n} {category}", n=number(found.categories[c]), category=c)
        for c in sorted(found.categories)
    )
    if not booths:
        return tr("On {when}: {units}.", when=when, units=counts)
    return tr("On {when}: {units}; booths: {booths}.", when=when, units=counts, booths=booths)


def _counts(zones: Sequence[str], names: Mapping[str, str]) -> str:
    told = [
        tr("{n} {zone}", n=number(zones.count(key)), zone=names[key])
        for key in names
        if key in zones
    ]
    return tr(", ").join(told)


def known_sentence(found: Then) -> str:
    """Return what was known then against what was in force."""
    if not found.is_seen.any():
        return tr("What was known then is shown to those who see figures.")
    if found.on is None:
        return tr("No case was known then, so no zone follows from what was known.")
    n = int(found.differs.sum())
    if not n:
        return tr(
            "What was known then, cases to {day}, says the same by {rule} of every unit shown.",
            day=day(found.on),
            rule=found.rule_id,
        )
    return tr_n(
        "Of {n} unit what was known then, cases to {day}, says otherwise by {rule}.",
        "Of {n} units what was known then, cases to {day}, says otherwise by {rule}.",
        n,
        day=day(found.on),
        rule=found.rule_id,
    )


def kind_word(kind: BreakKind) -> str:
    """Return what changed in the measure, in a word."""
    return {
        BreakKind.RULE: tr("Rule"),
        BreakKind.DEFINITION: tr("Definition"),
        BreakKind.POLICY: tr("Policy"),
        BreakKind.EDITION: tr("Boundaries"),
        BreakKind.BOOTHS: tr("Booths"),
        BreakKind.POPULATION: tr("People"),
    }[kind]


def action_word(action: str) -> str:
    """Return what was done, in words; what isn't known here as it is stored."""
    return {
        "import.finish": tr("brought a file in"),
        "import.undo": tr("took a file back"),
        "order.publish": tr("published an order"),
        "order.release": tr("released booths"),
        "order.content": tr("fixed what an order says"),
        "order.seal": tr("sealed booths"),
        "consultation.answer": tr("answered a consultation"),
        "floor.set": tr("set a floor"),
        "floor.end": tr("ended a floor"),
        "escalation.raise": tr("raised a delay"),
        "escalation.answer": tr("answered a delay"),
        "annex.read": tr("read a sealed annex"),
        "order.withdraw": tr("withdrew an order"),
        "run.save": tr("judged zones"),
        "delineation.save": tr("divided zones"),
        "edition.add": tr("brought boundaries in"),
        "edition.switch": tr("switched boundaries"),
        "edition.switch_back": tr("switched boundaries back"),
        "posting.add": tr("posted an officer"),
        "posting.end": tr("ended a posting"),
        "personal.read": tr("was shown personal data"),
        "alarm.answer": tr("answered a first case"),
        "case.place": tr("put a case in its place"),
        "name.decide": tr("decided a name"),
        "database.restore": tr("restored a backup"),
    }.get(action, action)
