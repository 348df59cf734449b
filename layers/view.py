"""What the map shows: one frozen value between workflow and drawing.

A view has two readers. Staff see figures, explanations and facilities; the
public sees zones and dates. A public view can't hold a count: the class refuses.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from layers.booth_view import BoothView
from zoning.model import Bools, Classification, Days, Facilities, Texts, Units, Zone


@dataclass(frozen=True)
class LegendLevel:
    """One level of the rule, as the legend shows it.

    Attributes
    ----------
    key : str
        As in `MapView.zone`.
    label : str
        Short word, such as "Red".
    sentence : str
        When a unit has this level, from the rule file.
    """

    key: str
    label: str
    sentence: str


@dataclass(frozen=True)
class ParameterWords:
    """How one parameter of the rule is written.

    Attributes
    ----------
    key : str
        As in `Classification.parameters`.
    label, unit : str
        For instance "Doubling time" and "days"; `unit` may be empty.
    decimals : int
        Decimals shown at most.
    marks : str
        The rule's cuts in words, such as "critical below 14, desirable above 28".
    is_key : bool
        Whether the map's tooltip shows it.
    """

    key: str
    label: str
    unit: str
    decimals: int
    marks: str
    is_key: bool = False


@dataclass(frozen=True)
class KeyFigure:
    """One figure above the map: what it is, its value, and a remark."""

    label: str
    value: str
    remark: str = ""


@dataclass(frozen=True)
class OrderInForce:
    """The order whose zones are shown; days are None where it names none."""

    number: str
    effective_at: datetime
    review_on: date | None
    expires_on: date | None


@dataclass(frozen=True)
class FacilityStatus:
    """Facilities and how fresh their reports are.

    Attributes
    ----------
    facilities : Facilities
        Rows with coordinates are drawn, the others only listed.
    freshness : Texts
        `fresh`, `due`, `stale` or `unknown`, shape (n,).
    words : Texts
        For instance "updated 3 h 10 min ago: stale", shape (n,).
    """

    facilities: Facilities
    freshness: Texts
    words: Texts


@dataclass(frozen=True, eq=False)
class MapView:
    """Everything that the map, its table, its legend and its cards show.

    Two views are the same only if they are one object: caches of what is
    derived from a view hold for as long as the view does.

    Attributes
    ----------
    edition_key : str
        `zoning.places.topology.content_key` of `units`.
    units : Units
        In WGS84; its order is the order of every array below.
    zone : Texts
        Key of a level, or `unclassified`, shape (n,).
    in_force_since : Days
        First day of the zone in force; NaT where none is in force.
    levels : tuple of LegendLevel
        Most severe first, without `unclassified`.
    rule_id, rule_title : str
        The rule set applied.
    headline : str
        The answer to the screen's question, in one sentence.
    as_of : datetime
        Moment shown, in UTC.
    data_through : date or None
        Last day that the data covers completely.
    key_figures : tuple of KeyFigure
        Figures beside the headline; empty in a public view.
    order : OrderInForce or None
        None where the zones are computed and not ordered.
    parameters : tuple of ParameterWords
        In the order of the rule.
    notes : tuple of str
        Sentences for the basis, such as parameters not supplied.
    stale_warning : str
        A sentence where the data is too old to trust, else empty.
    classification : Classification or None
        None in a public view.
    facilities : FacilityStatus or None
        None in a public view.
    booths : BoothView or None
        Categories inside the zones; None where nothing is delineated.
    is_fictional, is_public : bool
        A demonstration; what anyone may see.
    came_from : Texts or None
        Key of the level that each unit would come from, empty where it stays; shape (n,). None
        where nothing is proposed.
    is_seen : Bools or None
        Whose figures the reader may see, shape (n,); None for all of them. Those of the
        others aren't in the view.

    Raises
    ------
    ValueError
        If arrays differ in length, a zone is no level of the rule, or a public
        view holds figures.
    """

    edition_key: str
    units: Units
    zone: Texts
    in_force_since: Days
    levels: tuple[LegendLevel, ...]
    rule_id: str
    rule_title: str
    headline: str
    as_of: datetime
    data_through: date | None = None
    key_figures: tuple[KeyFigure, ...] = ()
    order: OrderInForce | None = None
    parameters: tuple[ParameterWords, ...] = ()
    notes: tuple[str, ...] = ()
    stale_warning: str = ""
    classification: Classification | None = None
    facilities: FacilityStatus | None = None
    booths: BoothView | None = None
    is_fictional: bool = False
    is_public: bool = False
    came_from: Texts | None = None
    is_seen: Bools | None = None

    def __post_init__(self) -> None:
        n = len(self.units)
        lengths = {len(self.zone), len(self.in_force_since)}
        if self.classification is not None:
            lengths.add(len(self.classification))
        lengths |= {len(a) for a in (self.is_seen, self.came_from) if a is not None}
        if lengths != {n}:
            raise ValueError(f"a view of {n} units holds arrays of {sorted(lengths)}")
        came_from = set() if self.came_from is None else set(self.came_from) - {""}
        unknown = (set(self.zone) | came_from) - set(self.zone_keys)
        if unknown:
            raise ValueError(f"zones {sorted(unknown)} are no level of rule {self.rule_id}")
        if self.is_public and (self.classification or self.facilities or self.key_figures):
            raise ValueError("a public view shows zones and dates only")

    @property
    def zone_keys(self) -> tuple[str, ...]:
        """Return the levels of the rule, most severe first, and `unclassified`."""
        return (*(level.key for level in self.levels), Zone.UNCLASSIFIED.value)
