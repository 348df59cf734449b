"""Everything this product refuses, under one base class.

A message names the file, row and value, and the way out. At the edge (the
command line, a screen) a `SeemanaError` becomes one sentence; any other
exception is a fault of ours.
"""


class SeemanaError(Exception):
    """A refusal that the user can act on."""


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


class OrderError(SeemanaError):
    """A step that an order can't take."""


class ServiceError(SeemanaError):
    """The server can't start: a port in use, an address not allowed."""
