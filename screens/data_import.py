"""Bring a file in: its kind, its columns, what becomes of its rows, and then the import."""

from __future__ import annotations

from zoning.workflow.data_desk import DataDesk


def panel(desk: DataDesk) -> None:
    """Draw the way in for a file."""
