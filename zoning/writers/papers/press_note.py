"""The press note of an order: what a newspaper prints, on one page, without counts of cases."""

from __future__ import annotations

from datetime import datetime

from zoning.i18n.catalogue import language, tr, tr_n
from zoning.model import Category
from zoning.orders.paper import OrderPaper
from zoning.writers.papers.layout import layout
from zoning.writers.papers.order_json import as_json
from zoning.writers.papers.order_sheet import page_of
from zoning.writers.papers.sheet import Chip, Section, Sheet, Table
from zoning.writers.papers.typeset import PageFullError, pdf
from zoning.writers.papers.words import Wording, day, digits, moment
from zoning.writers.papers.zone_words import category_words, zone_words

FORM = "seemana-press-note/1"


def press_pdf(paper: OrderPaper) -> bytes:
    """Return the press note of an order in the language in use; always one page.

    Rows that don't fit are counted and left to the order itself.

    Raises
    ------
    OutputError
        If a text holds letters for which there is no font.
    PageFullError
        If not even the bare sentences fit, which texts cut to `press_letters` don't bring about.
    """
    settings = layout("one_page")
    *tried, last = settings["press_rows"]
    sizes = tuple(settings["sizes_pt"])
    for rows in tried:
        try:
            return pdf("one_page", press_sheet(paper, rows), paper.issued_at, sizes)
        except PageFullError:
            continue
    return pdf("one_page", press_sheet(paper, last), paper.issued_at, sizes)


def press_sheet(paper: OrderPaper, max_rows: int) -> Sheet:
    """Return the press note as a document, with so many rows of zones and of units at most."""
    say = Wording(paper.language, paper.translations)
    body = [*_zones(paper, say, max_rows), *_units(paper, say, max_rows), *_measures(paper, say)]
    told = tr(
        "The full order with its map is public under its number, {number}. Where an earlier "
        "statement differs from it, the order holds.",
        number=cut(paper.number),
    )
    body.append(Section(tr("The order itself"), (told,)))
    return Sheet(
        language=language(),
        kind=tr("PRESS NOTE"),
        name=tr("Press note on order {number}", number=paper.number),
        letter_head=tuple(cut(say.say(line)) for line in paper.authority.splitlines()[:3]),
        number=tr("On order No. {number}", number=cut(paper.number)),
        dated=moment(paper.issued_at),
        subject=cut(say.say(paper.title)),
        facts=_facts(paper, say),
        preamble=tuple(cut(say.say(text), 4) for text in paper.reason.split("\n\n")[:1]),
        body=tuple(body),
        signature=tuple(cut(say.say(text)) for text in _signed(paper)),
        footer=tr("Press note on order {number}", number=cut(paper.number)),
        page_of=page_of(),
        draft=tr("DRAFT: NOT IN FORCE") if paper.is_draft else "",
    )


def press_json(paper: OrderPaper) -> bytes:
    """Return what a press note says, as JSON for other programs."""
    return as_json(
        {
            "form": FORM,
            "order_number": paper.number,
            "title": paper.title,
            "district": paper.district,
            "authority": paper.authority,
            "issued_at": paper.issued_at,
            "effective_at": paper.effective_at,
            "review_at": paper.review_at,
            "expires_at": paper.expires_at,
            "reason": paper.reason,
            "containment_zones": [
                {
                    "zone_id": zone.zone_id,
                    "place": zone.place,
                    "unit_ids": [part.unit_id for part in zone.parts],
                    "earliest_release_on": zone.earliest_release_on,
                    "telephones": _phones(paper, zone.zone_id),
                }
                for zone in paper.sealed_zones()
            ],
            "units": [
                {"unit_id": unit.unit_id, "name": unit.name, "zone": unit.zone_after}
                for unit in paper.units
            ],
        }
    )


def cut(text: str, times: int = 1) -> str:
    """Return a text, shortened with an ellipsis where it is longer than a press note prints."""
    limit = layout("one_page")["press_letters"] * times
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def _signed(paper: OrderPaper) -> tuple[str, ...]:
    """Return under whose office and for where it goes out, each said once."""
    signatory = paper.signatory
    if signatory is None:
        return ()
    office = signatory.designation or signatory.name
    return (office,) if office.endswith(f", {paper.district}") else (office, paper.district)


def _facts(paper: OrderPaper, say: Wording) -> tuple[tuple[str, str], ...]:
    def at(told: datetime | None) -> str:
        return moment(told) if told else ""

    told = (
        (tr("District"), cut(say.say(paper.district))),
        (tr("In force from"), at(paper.effective_at)),
        (tr("Reviewed on"), at(paper.review_at)),
        (tr("Expires"), at(paper.expires_at)),
    )
    return tuple((name, text) for name, text in told if text)


def _zones(paper: OrderPaper, say: Wording, max_rows: int) -> list[Section]:
    zones = paper.sealed_zones()
    if not zones:
        return []
    rows = tuple(
        (
            zone.zone_id,
            cut(say.say(zone.place) or ", ".join(say.say(p.unit_name) for p in zone.parts)),
            day(zone.earliest_release_on) if zone.earliest_release_on else "–",
            cut(", ".join(_phones(paper, zone.zone_id))) or "–",
        )
        for zone in zones[:max_rows]
    )
    columns = (tr("Zone"), tr("Place"), tr("Not released before"), tr("Incident commander"))
    return [_shortened(tr("Containment zones"), Table(columns, (2.4, 4, 2, 2), rows), len(zones))]


def _units(paper: OrderPaper, say: Wording, max_rows: int) -> list[Section]:
    if not paper.units:
        return []
    words = zone_words(paper.levels)
    rows = tuple(
        (
            cut(say.say(unit.name)),
            unit.unit_id,
            Chip.of(words[unit.zone_after].label, words[unit.zone_after].style)
            if unit.zone_after in words
            else unit.zone_after,
        )
        for unit in paper.units[:max_rows]
    )
    columns = (tr("Ward or gram panchayat"), tr("Code"), tr("Zone from now on"))
    return [_shortened(tr("Zones"), Table(columns, (5, 2.5, 2.5), rows), len(paper.units))]


def _shortened(heading: str, table: Table, n: int) -> Section:
    left = n - len(table.rows)
    if not left:
        return Section(heading, table=table)
    told = digits(tr_n("{n} more is named in the order.", "{n} more are named in the order.", left))
    return Section(heading, (told,), table if table.rows else None)


def _measures(paper: OrderPaper, say: Wording) -> list[Section]:
    told = [m for m in paper.measures if m.where == Category.AFFECTED]
    word = category_words()[Category.AFFECTED.value].label
    lines = tuple(
        f"• {cut(say.say(m.text), 2)}" for m in told[: layout("one_page")["press_measures"]]
    )
    return [Section(tr("What holds in category {category}", category=word), lines)] if lines else []


def _phones(paper: OrderPaper, zone_id: str) -> list[str]:
    led = [c for c in paper.commanders if not c.zone_ids or zone_id in c.zone_ids]
    return [commander.phone for commander in led if commander.phone]
