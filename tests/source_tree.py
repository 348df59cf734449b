"""The product's own sources as syntax trees, for the tests of its structure."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("zoning", "layers", "screens")


@dataclass(frozen=True)
class Source:
    """One Python file of the product."""

    path: Path

    @property
    def module(self) -> str:
        """Dotted name; a package is named without `__init__`."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def where(self) -> str:
        """Path below the checkout, as a person would name it."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        """The file as written."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Syntax tree."""
        return ast.parse(self.text)

    @cached_property
    def imports(self) -> frozenset[str]:
        """Dotted names of all modules imported anywhere in the file.

        `from zoning.x import y` counts as `zoning.x.y` if that is a module,
        else as `zoning.x`. Imports for type checkers only count too.
        """
        return frozenset(self._imported())

    def calls(self) -> Iterator[ast.Call]:
        """Yield every call in the file."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node

    def _imported(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = self._base(node)
                for alias in node.names:
                    full = f"{base}.{alias.name}"
                    yield full if full in module_names() else base

    def _base(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        parts = self.module.split(".")
        if self.path.name != "__init__.py":
            parts = parts[:-1]
        parts = parts[: len(parts) - node.level + 1]
        return ".".join([*parts, node.module] if node.module else parts)


@cache
def product_sources() -> tuple[Source, ...]:
    """Return every Python file of the product, `app.py` included."""
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    app = ROOT / "app.py"
    return tuple(Source(path) for path in [*paths, *([app] if app.exists() else [])])


@cache
def module_names() -> frozenset[str]:
    """Return the dotted names of all modules of the product."""
    return frozenset(source.module for source in product_sources())


@cache
def committed_files() -> tuple[Path, ...]:
    """Return the files of the checkout that are or would be committed.

    In an unpacked archive, which has no history, these are all files but the built ones.
    """
    if not (ROOT / ".git").exists():
        built = {".venv", "var", "node_modules", "__pycache__", "dist"}
        found = sorted(ROOT.rglob("*"))
        return tuple(
            path
            for path in found
            if path.is_file()
            and not any(p in built or p.endswith("_cache") for p in path.relative_to(ROOT).parts)
        )
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return tuple(ROOT / name for name in sorted(listed.split("\0")) if name)


def called_name(call: ast.Call) -> str:
    """Return the last part of what is called: `b` for `a.b()`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def receiver_name(call: ast.Call) -> str:
    """Return what a method is called on: `a` for `a.b()`, else nothing."""
    if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
        return call.func.value.id
    return ""
