"""Faults of ours: logged in full, told in one sentence with a reference."""

from __future__ import annotations

import logging
import secrets
from logging.handlers import RotatingFileHandler
from pathlib import Path

from zoning.i18n.catalogue import tr
from zoning.settings import Settings

LOGGER = logging.getLogger("seemana")
LOG_BYTES = 2_000_000
LOG_FILES = 5


def log_to_file(settings: Settings) -> Path | None:
    """Send the log to `seemana.log` in the folder of variable data; None if it can't be."""
    path = settings.var_dir / "seemana.log"
    try:
        settings.var_dir.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            path, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
        )
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)sZ %(levelname)s %(name)s %(message)s"))
    if not any(isinstance(known, RotatingFileHandler) for known in LOGGER.handlers):
        LOGGER.addHandler(handler)
    LOGGER.setLevel(settings.log_level)
    return path


def record_fault(fault: BaseException) -> str:
    """Log a fault with its trace and return the sentence for the user."""
    reference = secrets.token_hex(4)
    path = log_to_file(Settings())
    LOGGER.error("fault %s", reference, exc_info=fault)
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
