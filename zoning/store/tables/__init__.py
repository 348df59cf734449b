"""Every table, one subject a file; one set of models for SQLite and PostGIS."""

from zoning.store.tables.audit import AuditRow
from zoning.store.tables.base import Base, UtcMoment
from zoning.store.tables.facilities import FacilityRow
from zoning.store.tables.imports import ImportRow
from zoning.store.tables.orders import OrderRow, OrderUnitRow
from zoning.store.tables.places import BoothRow, EditionRow, UnitRow
from zoning.store.tables.results import RuleResultRow, RuleRunRow
from zoning.store.tables.surveillance import CaseRow, TestsRow

__all__ = [
    "AuditRow",
    "Base",
    "BoothRow",
    "CaseRow",
    "EditionRow",
    "FacilityRow",
    "ImportRow",
    "OrderRow",
    "OrderUnitRow",
    "RuleResultRow",
    "RuleRunRow",
    "TestsRow",
    "UnitRow",
    "UtcMoment",
]
