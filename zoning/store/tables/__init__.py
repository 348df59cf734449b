"""Every table, one subject a file; one set of models for SQLite and PostGIS."""

from zoning.store.tables.audit import AuditRow
from zoning.store.tables.base import Base, UtcMoment
from zoning.store.tables.facilities import FacilityRow
from zoning.store.tables.imports import ImportRow, SavedMappingRow
from zoning.store.tables.orders import OrderRow, OrderUnitRow
from zoning.store.tables.places import BoothRow, EditionRow, EditionSwitchRow, UnitRow
from zoning.store.tables.results import RuleResultRow, RuleRunRow
from zoning.store.tables.surveillance import (
    CasePlaceRow,
    CaseRow,
    FeedRow,
    NameDecisionRow,
    OutcomeRow,
    TestsRow,
)

__all__ = [
    "AuditRow",
    "Base",
    "BoothRow",
    "CasePlaceRow",
    "CaseRow",
    "EditionRow",
    "EditionSwitchRow",
    "FacilityRow",
    "FeedRow",
    "ImportRow",
    "NameDecisionRow",
    "OrderRow",
    "OrderUnitRow",
    "OutcomeRow",
    "RuleResultRow",
    "RuleRunRow",
    "SavedMappingRow",
    "TestsRow",
    "UnitRow",
    "UtcMoment",
]
