"""The words of the field as types: arrays, kinds, tables, row accounts, results."""

from zoning.model.accounts import Finding, RowAccount
from zoning.model.arrays import Bools, Days, Floats, Geometries, Indices, Ints, Texts
from zoning.model.follow_up import Contacts, ContactStatus, Rounds, Samples
from zoning.model.isolation import IsolationUnits
from zoning.model.joining import join_cases
from zoning.model.kinds import (
    OUTCOME_CODES,
    Category,
    DoublingState,
    FacilityKind,
    Level,
    Outcome,
    ParameterClass,
    Zone,
)
from zoning.model.results import Classification, Parameter
from zoning.model.standing_orders import StandingOrders
from zoning.model.tables import WGS84, Booths, Cases, Coded, Facilities, Outcomes, Tests, Units

__all__ = [
    "OUTCOME_CODES",
    "WGS84",
    "Bools",
    "Booths",
    "Cases",
    "Category",
    "Classification",
    "Coded",
    "ContactStatus",
    "Contacts",
    "Days",
    "DoublingState",
    "Facilities",
    "FacilityKind",
    "Finding",
    "Floats",
    "Geometries",
    "Indices",
    "Ints",
    "IsolationUnits",
    "Level",
    "Outcome",
    "Outcomes",
    "Parameter",
    "ParameterClass",
    "Rounds",
    "RowAccount",
    "Samples",
    "StandingOrders",
    "Tests",
    "Texts",
    "Units",
    "Zone",
    "join_cases",
]
