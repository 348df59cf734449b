"""Faults of ours: logged in full, told in one sentence with a reference."""

from __future__ import annotations

import logging
import secrets
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from zoning.i18n.catalogue import tr
from zoning.settings import Settings

LOGGER = logging.getLogger("seemana")
LOG_BYTES = 2_000_000
LOG_FILES = 5


class _LogFile(RotatingFileHandler):
    """A log that says if it can't be written, instead of printing a trace beside the sentence."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        fault = sys.exc_info()[1]
        if fault is not None:
            raise fault


def log_to_file(settings: Settings) -> Path | None:
    """Send the log to `seemana.log` in the folder of variable data; None if it can't be."""
    path = settings.var_dir / "seemana.log"
    try:
        settings.var_dir.mkdir(parents=True, exist_ok=True)
        handler = _LogFile(path, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)sZ %(levelname)s %(name)s %(message)s"))
    if not any(isinstance(known, _LogFile) for known in LOGGER.handlers):
        LOGGER.addHandler(handler)
    LOGGER.setLevel(settings.log_level)
    return path


def record_fault(fault: BaseException) -> str:
    """Log a fault with its trace and return the sentence for the user."""
    reference = secrets.token_hex(4)
    path = log_to_file(Settings())
    try:
        LOGGER.error("fault %s", reference, exc_info=fault)
    except OSError:
        path = None
    if path is None:
        return tr(
            "Something failed that is our fault ({kind}), and no log could be written.",
            kind=type(fault).__name__,
        )
    return tr(
        "Something failed that is our fault; look for {reference} in {log} and send it to us.",
        reference=reference,
        log=path,
    )
