"""Collect the sentences of the sources into the message catalogues.

`python tools/messages.py` writes `zoning/i18n/locale/seemana.pot`, brings every
language in step with it and compiles it; `--check` writes nothing and fails if
anything is out of step. No dates and no line numbers are written, so that the
files change only when a sentence does.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALE_DIR = ROOT / "zoning" / "i18n" / "locale"
DOMAIN = "seemana"
TEMPLATE = LOCALE_DIR / f"{DOMAIN}.pot"
SOURCE_LANGUAGE = "en"
LANGUAGES = (SOURCE_LANGUAGE, "bn")
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
KEYWORDS = {"tr": None, "tr_n": (1, 2), "marked": None}


def source_files(root: Path = ROOT) -> Iterator[Path]:
    """Yield every source file that may hold a sentence, sorted."""
    for folder in ("zoning", "layers", "screens"):
        yield from sorted((root / folder).rglob("*.py"))
    if (root / "app.py").exists():
        yield root / "app.py"


def collect_messages(root: Path = ROOT) -> Catalog:
    """Return the template: each sentence with the files in which it stands."""
    template = Catalog(project=DOMAIN, charset="utf-8")
    for path in source_files(root):
        for _line, message, comments, context in extract_from_file(
            "python", path, keywords=KEYWORDS, comment_tags=("i18n:",), strip_comment_tags=True
        ):
            place = (path.relative_to(root).as_posix(), 0)
            template.add(message, None, [place], auto_comments=comments, context=context)
    return template


def update_language(template: Catalog, language: str) -> Catalog:
    """Return the catalogue of a language in step with the template.

    The language of the sources translates each sentence by itself; of other
    languages, what is translated already is kept.
    """
    path = po_file(language)
    if language != SOURCE_LANGUAGE and path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, domain=DOMAIN)
        catalogue.update(template, no_fuzzy_matching=True, keep_user_comments=True)
        return catalogue
    catalogue = Catalog(locale=language, project=DOMAIN, charset="utf-8")
    for message in template:
        if message.id:
            own = message.id if language == SOURCE_LANGUAGE else None
            catalogue.add(message.id, own, message.locations, auto_comments=message.auto_comments)
    return catalogue


def po_file(language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return LOCALE_DIR / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def as_po(catalogue: Catalog) -> bytes:
    """Return a catalogue as text that depends on its sentences only."""
    catalogue.fuzzy = False
    buffer = io.BytesIO()
    write_po(
        buffer,
        catalogue,
        width=100,
        sort_output=True,
        omit_header=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    header = (
        f'msgid ""\nmsgstr ""\n"Project-Id-Version: {DOMAIN}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
    )
    if catalogue.locale is not None:
        header += f'"Language: {catalogue.locale}\\n"\n'
        header += f'"Plural-Forms: {catalogue.plural_forms}\\n"\n'
    return header.encode() + b"\n" + buffer.getvalue()


def as_mo(po: bytes, language: str) -> bytes:
    """Return a catalogue compiled."""
    catalogue = read_po(io.BytesIO(po), locale=language, domain=DOMAIN)
    # Babel would write the present time into the compiled header.
    catalogue.creation_date = catalogue.revision_date = NO_DATE
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def wanted_files() -> dict[Path, bytes]:
    """Return what each catalogue file has to hold now."""
    template = collect_messages()
    files = {TEMPLATE: as_po(template)}
    for language in LANGUAGES:
        po = as_po(update_language(template, language))
        files[po_file(language)] = po
        files[po_file(language).with_suffix(".mo")] = as_mo(po, language)
    return files


def main() -> int:
    """Write the catalogues, or say which are out of step."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, fail if out of step")
    check_only = parser.parse_args().check
    stale = [
        path
        for path, content in wanted_files().items()
        if not path.exists() or path.read_bytes() != content
    ]
    if check_only:
        for path in stale:
            sys.stderr.write(f"{path.relative_to(ROOT)} is out of step: run `make messages`.\n")
        return 1 if stale else 0
    for path, content in wanted_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
