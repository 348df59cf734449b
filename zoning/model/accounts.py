"""What became of every row of a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of one row; a file may have one for each of its two million rows.

    Attributes
    ----------
    row : int
        Data row from 1; 0 for the file as a whole.
    code : str
        Stable key of the fault, such as `coordinates_zero`.
    message : str
        A sentence with the value and the way out.
    rejects : bool
        Whether the row was refused for it.
    shape : str
        Where on the map, as WKT in WGS84; empty where the fault has no place.
    """

    row: int
    code: str
    message: str
    rejects: bool = False
    shape: str = ""


@dataclass(frozen=True)
class RowAccount:
    """What became of every row: `read` = `taken` + `rejected`."""

    read: int
    taken: int
    rejected: int
    repaired: int = 0
    findings: tuple[Finding, ...] = field(default=())

    def __add__(self, other: RowAccount) -> RowAccount:
        """Return the account of both parts of a file."""
        return RowAccount(
            self.read + other.read,
            self.taken + other.taken,
            self.rejected + other.rejected,
            self.repaired + other.repaired,
            self.findings + other.findings,
        )

    def as_json(self) -> dict[str, Any]:
        """Return the account in the form of the command-line contract."""
        return {
            "rows": {"read": self.read, "taken": self.taken, "rejected": self.rejected},
            "repaired": self.repaired,
            "findings": [
                {"row": f.row, "code": f.code, "message": f.message} for f in self.findings
            ],
        }
