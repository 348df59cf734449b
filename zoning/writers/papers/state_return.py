"""The state return: by district what is in force, on one page, for officers only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from zoning.errors import OutputError
from zoning.i18n.catalogue import language, tr
from zoning.rules.rulebook import ZoneLevel
from zoning.writers.papers.layout import layout
from zoning.writers.papers.order_json import as_json
from zoning.writers.papers.order_sheet import page_of
from zoning.writers.papers.sheet import Section, Sheet, Table
from zoning.writers.papers.typeset import PageFullError, pdf
from zoning.writers.papers.words import digits, moment, number
from zoning.writers.papers.zone_words import zone_words

FORM = "seemana-state-return/1"


@dataclass(frozen=True)
class DistrictLine:
    """One district of the return; what isn't known is None and never counts as nothing.

    Attributes
    ----------
    district : str
        Its name.
    units : Mapping of str to int
        Units by zone key; a key that is missing is zero.
    n_containment_zones : int
        In force.
    population : int or None
        Inside the containment zones.
    n_active : int or None
        Active cases of the district.
    n_captured : int or None
        Of these the ones that live inside a containment zone.
    """

    district: str
    units: Mapping[str, int]
    n_containment_zones: int
    population: int | None
    n_active: int | None
    n_captured: int | None


@dataclass(frozen=True)
class StateReturn:
    """The return of a state at a moment.

    Attributes
    ----------
    state : str
        Its name.
    authority : str
        Who makes the return; lines parted by a line break.
    as_of : datetime
        The moment, with offset.
    lines : tuple of DistrictLine
        A district each.
    levels : tuple of ZoneLevel
        Levels of the rule, most severe first; empty for red, orange and green.

    Raises
    ------
    OutputError
        If a district has units in a zone that isn't known, or more captured cases than cases.
    """

    state: str
    authority: str
    as_of: datetime
    lines: tuple[DistrictLine, ...]
    levels: tuple[ZoneLevel, ...] = ()

    def __post_init__(self) -> None:
        known = {*zone_words(self.levels)}
        for line in self.lines:
            strange = line.units.keys() - known
            if strange:
                raise OutputError(
                    tr(
                        "{district} counts units in zone {zone}, which the rule doesn't know; "
                        "give the levels of the rule that is in force there.",
                        district=line.district,
                        zone=", ".join(sorted(strange)),
                    )
                )
            captured, active = line.n_captured, line.n_active
            if captured is not None and active is not None and captured > active:
                raise OutputError(
                    tr(
                        "{district} has {captured} active cases in containment zones, but only "
                        "{active} altogether; count both at the same moment.",
                        district=line.district,
                        captured=captured,
                        active=active,
                    )
                )


def return_pdf(told: StateReturn) -> bytes:
    """Return the state return in the language in use; always one page.

    Raises
    ------
    OutputError
        If there are more districts than one page holds, or a text for which there is no font.
    """
    try:
        sizes = tuple(layout("one_page")["sizes_pt"])
        return pdf("one_page", return_sheet(told), told.as_of, sizes)
    except PageFullError as fault:
        raise OutputError(
            tr(
                "The return of {state} has {n} districts and doesn't fit one page; "
                "make one for each division.",
                state=told.state,
                n=len(told.lines),
            )
        ) from fault


def return_sheet(told: StateReturn) -> Sheet:
    """Return the state return as a document in the language in use."""
    words = zone_words(told.levels)
    columns = (
        tr("District"),
        *(word.label for word in words.values()),
        tr("Containment zones"),
        tr("Population in them"),
        tr("Active cases"),
        tr("Of these in containment zones"),
        tr("Share"),
    )
    rows = [(line.district, *_figures(line, words)) for line in told.lines]
    rows.append((tr("All districts"), *_totals(told.lines, words)))
    # A narrow column would break the longest word of its head, or a population of a crore.
    shares = (2.8, *(max(1.25, max(map(len, name.split())) / 5.2) for name in columns[1:-4]))
    shares += (1.8, 1.4, 2.1, 1.2)
    table = Table(columns, shares, tuple(rows), numbers_from=1, has_total=True)
    section = Section(tr("Zones by district"), _notes(told.lines), table)
    return Sheet(
        language=language(),
        kind=tr("STATE RETURN"),
        name=tr("State return of {state}, {moment}", state=told.state, moment=moment(told.as_of)),
        letter_head=tuple(told.authority.splitlines()),
        number=tr("FOR OFFICIAL USE ONLY"),
        dated=moment(told.as_of),
        subject=tr("Zones in force in {state}", state=told.state),
        body=(section,),
        footer=tr("For official use only: it holds counts of cases"),
        page_of=page_of(),
    )


def return_json(told: StateReturn) -> bytes:
    """Return the state return as JSON; what isn't known is null."""
    lines = [asdict(line) | {"units": dict(line.units)} for line in told.lines]
    return as_json(
        {
            "form": FORM,
            "is_official": True,
            "state": told.state,
            "as_of": told.as_of,
            "districts": lines,
        }
    )


def _figures(line: DistrictLine, words: Iterable[str]) -> tuple[str, ...]:
    return (
        *(number(line.units.get(key, 0)) for key in words),
        number(line.n_containment_zones),
        *(_known(n) for n in (line.population, line.n_active, line.n_captured)),
        _share(line.n_captured, line.n_active),
    )


def _totals(lines: tuple[DistrictLine, ...], words: Iterable[str]) -> tuple[str, ...]:
    def total(told: Iterable[int | None]) -> int | None:
        values = list(told)
        return None if None in values else sum(n for n in values if n is not None)

    captured = total(line.n_captured for line in lines)
    active = total(line.n_active for line in lines)
    return (
        *(number(sum(line.units.get(key, 0) for line in lines)) for key in words),
        number(sum(line.n_containment_zones for line in lines)),
        _known(total(line.population for line in lines)),
        _known(active),
        _known(captured),
        _share(captured, active),
    )


def _notes(lines: tuple[DistrictLine, ...]) -> tuple[str, ...]:
    silent = [
        line.district for line in lines if None in (line.population, line.n_active, line.n_captured)
    ]
    if not silent:
        return ()
    names = ", ".join(silent)
    return (tr("Not known in full, so that no total can be given: {districts}.", districts=names),)


def _known(n: int | None) -> str:
    return tr("not known") if n is None else number(n)


def _share(part: int | None, whole: int | None) -> str:
    if part is None or not whole:
        return "–"
    return digits(f"{100 * part / whole:.0f} %")
