"""Everything this product refuses, under one base class.

A message names the file, row and value, and the way out. At the edge (the
command line, a screen) a `SeemanaError` becomes one sentence; any other
exception is a fault of ours.
"""

# Line breaks and commands to a terminal that a file may hold in a name or a cell.
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)}


def printable(text: str) -> str:
    r"""Return text on one line, with control characters shown as `\xNN`."""
    return text.translate(_CONTROLS)


class SeemanaError(Exception):
    """A refusal that the user can act on, in one line whatever a file holds."""

    def __str__(self) -> str:
        """Return the sentence."""
        return printable(super().__str__())


class InputError(SeemanaError):
    """A file, column, option or value that can't be used."""


class ColumnError(InputError):
    """A column that a file lacks and that no mapping names."""


class CrsError(InputError):
    """Coordinates whose reference system is missing, wrong or contradicted."""


class RuleError(SeemanaError):
    """A rule set that is unknown or whose data file is faulty."""


class OutputError(SeemanaError):
    """A result that can't be written where it was asked for."""


class FetchError(SeemanaError):
    """A file that can't be brought in from its address, or isn't the one that was promised."""


class StoreError(SeemanaError):
    """A database that can't be reached, or that refuses what was asked."""


class AccessError(SeemanaError):
    """Something that a person's role isn't granted."""


class OrderError(SeemanaError):
    """A step that an order can't take."""


class NoticeError(SeemanaError):
    """A notice that its receiver hasn't taken.

    `is_final`: another try makes no sense. `is_general`: others of its kind would meet the same.
    """

    def __init__(self, sentence: str, *, is_final: bool = False, is_general: bool = False) -> None:
        super().__init__(sentence)
        self.is_final = is_final
        self.is_general = is_general


class ServiceError(SeemanaError):
    """The server can't start: a port in use, an address not allowed."""
