"""Every table, one subject a file; one set of models for SQLite and PostGIS."""

from zoning.store.tables.audit import AuditRow
from zoning.store.tables.base import Base, UtcMoment
from zoning.store.tables.containment import (
    DelineationBoothRow,
    DelineationRow,
    IsolationRow,
    ZoneEventRow,
)
from zoning.store.tables.facilities import FacilityRow
from zoning.store.tables.follow_up import (
    AlarmAnswerRow,
    ContactRow,
    HouseRoundRow,
    SampleRow,
)
from zoning.store.tables.imports import ImportRow, SavedMappingRow
from zoning.store.tables.notices import OutboxRow, SubscriptionRow
from zoning.store.tables.officers import OfficerRow, PostingEndRow, PostingRow
from zoning.store.tables.orders import OrderAreaRow, OrderBoothRow, OrderRow, OrderUnitRow
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
    "AlarmAnswerRow",
    "AuditRow",
    "Base",
    "BoothRow",
    "CasePlaceRow",
    "CaseRow",
    "ContactRow",
    "DelineationBoothRow",
    "DelineationRow",
    "EditionRow",
    "EditionSwitchRow",
    "FacilityRow",
    "FeedRow",
    "HouseRoundRow",
    "ImportRow",
    "IsolationRow",
    "NameDecisionRow",
    "OfficerRow",
    "OrderAreaRow",
    "OrderBoothRow",
    "OrderRow",
    "OrderUnitRow",
    "OutboxRow",
    "OutcomeRow",
    "PostingEndRow",
    "PostingRow",
    "RuleResultRow",
    "RuleRunRow",
    "SampleRow",
    "SavedMappingRow",
    "SubscriptionRow",
    "TestsRow",
    "UnitRow",
    "UtcMoment",
    "ZoneEventRow",
]
