"""Who acts where nobody signs in: the user of this machine."""

from __future__ import annotations

import getpass

from zoning.i18n.catalogue import tr


def local_user() -> str:
    """Return who works on this machine, for the audit."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return tr("unknown user")
