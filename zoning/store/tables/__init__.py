"""Every table, one subject a file; one set of models for SQLite and PostGIS."""

from zoning.store.tables.audit import AuditRow
from zoning.store.tables.base import Base, UtcMoment
from zoning.store.tables.containment import (
    DelineationBoothRow,
    DelineationRow,
    IsolationRow,
    ZoneEventRow,
)
from zoning.store.tables.deviations import DeviationRow, RestorationRow, WithdrawalRow
from zoning.store.tables.drafts import (
    ConsultationAnswerRow,
    ConsultationRow,
    DraftRow,
    DraftVersionRow,
    EscalationAnswerRow,
    EscalationRow,
    FloorRow,
    NeighbourAnswerRow,
    NeighbourRequestRow,
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
from zoning.store.tables.order_papers import OrderAnnexRow, OrderPartRow, TaskReportRow
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
    "ConsultationAnswerRow",
    "ConsultationRow",
    "ContactRow",
    "DelineationBoothRow",
    "DelineationRow",
    "DeviationRow",
    "DraftRow",
    "DraftVersionRow",
    "EditionRow",
    "EditionSwitchRow",
    "EscalationAnswerRow",
    "EscalationRow",
    "FacilityRow",
    "FeedRow",
    "FloorRow",
    "HouseRoundRow",
    "ImportRow",
    "IsolationRow",
    "NameDecisionRow",
    "NeighbourAnswerRow",
    "NeighbourRequestRow",
    "OfficerRow",
    "OrderAnnexRow",
    "OrderAreaRow",
    "OrderBoothRow",
    "OrderPartRow",
    "OrderRow",
    "OrderUnitRow",
    "OutboxRow",
    "OutcomeRow",
    "PostingEndRow",
    "PostingRow",
    "RestorationRow",
    "RuleResultRow",
    "RuleRunRow",
    "SampleRow",
    "SavedMappingRow",
    "SubscriptionRow",
    "TaskReportRow",
    "TestsRow",
    "UnitRow",
    "UtcMoment",
    "WithdrawalRow",
    "ZoneEventRow",
]
