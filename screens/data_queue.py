"""The queue: cases that no unit holds, by what they say of their place."""

from __future__ import annotations

from zoning.workflow.data_desk import DataDesk


def panel(desk: DataDesk) -> None:
    """Draw what waits for a place."""
