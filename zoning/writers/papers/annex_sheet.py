"""The sealed annex for a reader: the file that is hashed is the JSON, this shows what it says."""

from __future__ import annotations

from zoning.i18n.catalogue import language, tr
from zoning.orders.annex import AreaEvidence, OrderAnnex, Reading, annex_hash
from zoning.writers.papers.order_sheet import page_of
from zoning.writers.papers.sheet import Section, Sheet, Table, grouped
from zoning.writers.papers.words import day, digits, moment, number


def annex_sheet(annex: OrderAnnex) -> Sheet:
    """Return an annex as a document in the language in use."""
    table = Table(
        (tr("Area"), tr("Counts"), tr("Last case"), tr("Indicators"), tr("Explanation")),
        (2.4, 2, 1.5, 3.2, 3),
        tuple(_row(area) for area in annex.areas),
    )
    facts = (
        (tr("Data known at"), moment(annex.known_at)),
        (tr("Rule"), annex.rule),
        (tr("Policy"), annex.policy),
        (tr("Run"), annex.run_id),
    )
    return Sheet(
        language=language(),
        kind=tr("SEALED ANNEX"),
        name=tr("Sealed annex of order {number}", number=annex.order_number),
        letter_head=(tr("FOR OFFICIAL USE ONLY"),),
        number=tr("Of order No. {number}", number=annex.order_number),
        dated=moment(annex.known_at),
        subject=tr("Evidence on which the order rests"),
        facts=tuple((name, told) for name, told in facts if told),
        body=(Section(tr("Evidence"), table=table),),
        seal_heading=tr("Hash"),
        seal=(
            tr(
                "The order prints the hash of the file annex.json, which says the same and holds "
                "a random salt besides."
            ),
        ),
        hash=grouped(annex_hash(annex)),
        footer=tr("For official use only: it holds counts of cases"),
        page_of=page_of(),
    )


def _row(area: AreaEvidence) -> tuple[str, ...]:
    return (
        f"{area.name} ({area.area_id})",
        "; ".join(f"{name}: {number(n)}" for name, n in area.counts),
        day(area.last_case_on) if area.last_case_on else "–",
        "; ".join(_reading(reading) for reading in area.readings),
        area.explanation,
    )


def _reading(reading: Reading) -> str:
    value = digits(reading.value) or tr("not known")
    told = f"{reading.key}: {value} ({reading.judged})"
    if reading.numerator is not None and reading.denominator is not None:
        told += f" = {number(reading.numerator)} / {number(reading.denominator)}"
    return told if reading.as_of is None else f"{told}, {moment(reading.as_of)}"
