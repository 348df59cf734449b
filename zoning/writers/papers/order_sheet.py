"""An order as a document, in the language in use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from zoning.i18n.catalogue import language, marked, tr
from zoning.orders.paper import OrderPaper
from zoning.writers.papers import order_tables as tables
from zoning.writers.papers.layout import layout
from zoning.writers.papers.map_svg import MapDrawing
from zoning.writers.papers.sheet import Section, Sheet, Table, grouped
from zoning.writers.papers.words import Wording, digits, moment

LANGUAGE_NAMES = {"en": marked("English"), "bn": marked("Bengali")}

_MARK = "\x00"


def order_sheet(
    paper: OrderPaper, drawing: MapDrawing | None, list_sha256: str = ""
) -> tuple[Sheet, tuple[str, ...]]:
    """Return an order as a document in the language in use.

    Parameters
    ----------
    paper : OrderPaper
        The public part.
    drawing : MapDrawing or None
        Its map.
    list_sha256 : str
        Hash of the list of booths, where that is a file of its own; else the booths are printed.

    Returns
    -------
    sheet : Sheet
        The document.
    untranslated : tuple of str
        Texts that stay as written because nobody translated them.
    """
    say = Wording(paper.language, paper.translations)
    sections = [*_sections(paper, say, list_sha256)]
    limit = layout("order")["rows_in_body"]
    long = [s for s in sections if s.table is not None and len(s.table.rows) > limit]
    schedules = [_schedule(n, section) for n, section in enumerate(long, start=1)]
    body = [
        _pointer(section, schedules[long.index(section)]) if section in long else section
        for section in sections
    ]
    sheet = Sheet(
        language=language(),
        kind=tr("ORDER"),
        name=tr("Order {number}: {title}", number=paper.number, title=say.say(paper.title)),
        letter_head=tuple(say.say(line) for line in paper.authority.splitlines()),
        number=tr("No. {number}", number=paper.number),
        dated=tr("Dated {day}", day=moment(paper.issued_at)),
        subject=tr("Subject: {title}", title=say.say(paper.title)),
        facts=_facts(paper, say),
        preamble=_preamble(paper, say),
        body=_numbered([*body, *_closing(paper, say)]),
        schedules=tuple(schedules),
        signature=_signature(paper, say),
        copies_heading=tr("Copy for information and necessary action to:"),
        copies=tuple(say.say(name) for name in paper.copies_to),
        seal_heading=tr("Sealed annex"),
        seal=_seal(paper),
        hash=grouped(paper.annex_sha256),
        footer=tr("Order {number}", number=paper.number),
        page_of=page_of(),
        draft=tr("DRAFT: NOT IN FORCE") if paper.is_draft else "",
        map_heading=_schedule_name(len(schedules) + 1, tr("Map")),
        map=drawing,
        foreign=say.untranslated,
        foreign_language=paper.language if say.untranslated else "",
    )
    return sheet, say.untranslated


def page_of() -> tuple[str, str, str]:
    """Return what stands around the number of a page and that of all pages."""
    before, between, after = tr("Page {n} of {total}", n=_MARK, total=_MARK).split(_MARK)
    return before, between, after


def _facts(paper: OrderPaper, say: Wording) -> tuple[tuple[str, str], ...]:
    told = [
        (tr("District"), say.say(paper.district)),
        (tr("In force from"), moment(paper.effective_at)),
        (tr("Reviewed on"), moment(paper.review_at) if paper.review_at else ""),
        (tr("Expires"), moment(paper.expires_at) if paper.expires_at else ""),
        (tr("Supersedes"), ", ".join(paper.supersedes)),
    ]
    return tuple((name, text) for name, text in told if text)


def _preamble(paper: OrderPaper, say: Wording) -> tuple[str, ...]:
    told: list[str] = []
    if language() != paper.language:
        name = LANGUAGE_NAMES.get(paper.language, paper.language)
        told.append(
            tr("This is a translation; the order is signed in {language}.", language=tr(name))
        )
    told += _opening(paper, say)
    return tuple(told)


def _opening(paper: OrderPaper, say: Wording) -> tuple[str, ...]:
    signatory = paper.signatory
    if signatory is None:
        return ()
    act, district = say.say(paper.act), say.say(paper.district)
    designation = say.say(signatory.designation)
    if not designation:
        return (
            tr(
                "Under {act}, it is ordered as follows for {district}, for the reason given in "
                "paragraph 1.",
                act=act,
                district=district,
            ),
        )
    if _is_told(paper.district, signatory.designation):
        return (
            tr(
                "Under {act}, the {designation}, orders as follows, for the reason given in "
                "paragraph 1.",
                act=act,
                designation=designation,
            ),
        )
    return (
        tr(
            "Under {act}, the {designation}, {district}, orders as follows, for the reason given "
            "in paragraph 1.",
            act=act,
            designation=designation,
            district=district,
        ),
    )


def _is_told(district: str, designation: str) -> bool:
    """Return whether a designation names its district itself."""
    return designation.endswith(f", {district}")


def _sections(paper: OrderPaper, say: Wording, list_sha256: str) -> list[Section]:
    reasons = tuple(say.say(text) for text in _paragraphs(paper.reason))
    sections = [Section(tr("Reason"), reasons)]
    makers: list[tuple[bool, str, Callable[[OrderPaper, Wording], Table]]] = [
        (bool(paper.units), tr("Zones"), tables.units_table),
        (bool(paper.measures), tr("Measures"), tables.measures_table),
        (bool(paper.directions), tr("Directions"), tables.directions_table),
        (bool(paper.gates), tr("Entry and exit"), tables.gates_table),
        (bool(paper.commanders), tr("Incident commanders"), tables.commanders_table),
        (bool(paper.requests), tr("Requests to neighbouring authorities"), tables.requests_table),
        (bool(paper.consultations), tr("Consultation"), tables.consultations_table),
    ]
    made = [Section(name, table=make(paper, say)) for is_there, name, make in makers if is_there]
    if paper.zones:
        made.insert(1 if paper.units else 0, _zones_section(paper, say, list_sha256))
    return [*sections, *made]


def _zones_section(paper: OrderPaper, say: Wording, list_sha256: str) -> Section:
    heading = tr("Containment zones and buffer areas")
    if not list_sha256:
        return Section(heading, table=tables.zones_table(paper, say))
    told = tr(
        "The booths are listed in the file booths.csv, which is part of this order. The SHA-256 "
        "hash of the file is {hash}.",
        hash=grouped(list_sha256),
    )
    return Section(heading, (told,))


def _closing(paper: OrderPaper, say: Wording) -> tuple[Section, ...]:
    if not paper.closing:
        return ()
    return (Section(tr("Observance"), tuple(say.say(text) for text in paper.closing)),)


def _numbered(sections: list[Section]) -> tuple[Section, ...]:
    return tuple(
        replace(section, number=digits(f"{n}.")) for n, section in enumerate(sections, start=1)
    )


def _schedule_name(n: int, title: str) -> str:
    return tr("Schedule {n}: {title}", n=digits(str(n)), title=title)


def _schedule(n: int, section: Section) -> Section:
    return Section(_schedule_name(n, section.heading), table=section.table)


def _pointer(section: Section, schedule: Section) -> Section:
    told = tr("As listed in “{schedule}”, which is part of this order.", schedule=schedule.heading)
    return Section(section.heading, (*section.paragraphs, told))


def _signature(paper: OrderPaper, say: Wording) -> tuple[str, ...]:
    signatory = paper.signatory
    if signatory is None:
        return ()
    signed = "" if paper.is_draft else tr("Sd/-")
    designation = signatory.designation
    is_told = not designation or _is_told(paper.district, designation)
    lines = (
        signed,
        say.say(signatory.name),
        say.say(designation),
        "" if is_told else say.say(paper.district),
    )
    return tuple(line for line in lines if line)


def _seal(paper: OrderPaper) -> tuple[str, ...]:
    if not paper.annex_sha256:
        return ()
    return (
        tr(
            "The evidence for this order is in a sealed annex. The SHA-256 hash of its file is "
            "printed here, so that it can be proven unaltered without being made public."
        ),
    )


def _paragraphs(text: str) -> list[str]:
    return [" ".join(piece.split()) for piece in text.split("\n\n") if piece.strip()]
