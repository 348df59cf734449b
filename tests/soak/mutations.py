"""Damaged, odd and hostile files of every format, from a seed: what a reader must survive.

A file is first written as some program might write it, with cells, headers and
shapes that nobody expects; then, often, its bytes are damaged as disks and networks do.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.soak.odd_content import KINDS
from tests.soak.odd_mappings import write_mapping
from tests.soak.odd_maps import MAPS
from tests.soak.odd_tables import TABLES

BYTE_SHARE = 0.45
"""Of the files: those whose bytes are damaged after they were written."""

MAPPING = "mapping"
MAP_KINDS = ("units", "booths", "zones")


def mutated_files(seed: int, n: int, folder: Path) -> Iterator[tuple[str, Path]]:
    """Write `n` files into a folder, one at a time, and yield the kind and path of each.

    Parameters
    ----------
    seed : int
        The same seed gives the same files.
    n : int
        How many.
    folder : Path
        Where they are written; whoever reads them may delete them.

    Yields
    ------
    tuple[str, Path]
        What it should hold (`cases`, `outcomes`, `tests`, `facilities`, `booths`, `units`,
        `zones`, `indicators`, or `mapping` for a mapping file), and the file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(n):
        dice = random.Random(f"{seed} {number}")
        kind = dice.choice([*KINDS, MAPPING])
        path = dice.choice(_makers(kind))(dice, kind, folder / f"{number:05d}")
        if dice.random() < BYTE_SHARE and path.is_file():
            content = path.read_bytes()
            for _ in range(dice.choice([1, 1, 1, 2, 5])):
                content = dice.choice(DAMAGES)(dice, content)
            path.write_bytes(content)
        yield kind, path


def _makers(kind: str) -> Sequence[Callable[[random.Random, str, Path], Path]]:
    if kind == MAPPING:
        return (write_mapping,)
    return [*TABLES, *MAPS, *MAPS] if kind in MAP_KINDS else TABLES


def flip(dice: random.Random, content: bytes) -> bytes:
    """Change some bits."""
    changed = bytearray(content)
    for _ in range(dice.choice([1, 3, 30])):
        if changed:
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def truncate(dice: random.Random, content: bytes) -> bytes:
    """Cut the end off."""
    return content[: dice.randrange(len(content) + 1)]


def drop_block(dice: random.Random, content: bytes) -> bytes:
    """Lose a part in the middle."""
    start = dice.randrange(len(content) + 1)
    return content[:start] + content[start + dice.choice([1, 7, 512]) :]


def repeat_block(dice: random.Random, content: bytes) -> bytes:
    """Hold a part twice, as after an upload that was taken up again."""
    start = dice.randrange(len(content) + 1)
    return content[: start + dice.choice([1, 60, 4096])] + content[start:]


def zero_block(dice: random.Random, content: bytes) -> bytes:
    """Hold zeros where a disk lost a block."""
    start = dice.randrange(len(content) + 1)
    end = min(start + dice.choice([1, 64, 4096]), len(content))
    return content[:start] + bytes(end - start) + content[end:]


def insert_noise(dice: random.Random, content: bytes) -> bytes:
    """Hold bytes that belong to nothing."""
    start = dice.randrange(len(content) + 1)
    return content[:start] + dice.randbytes(dice.choice([1, 2, 8, 300])) + content[start:]


def overwrite_number(dice: random.Random, content: bytes) -> bytes:
    """Say another length, count or offset."""
    numbers = (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFF, dice.getrandbits(32))
    start = dice.randrange(max(len(content) - 4, 1))
    order = dice.choice(["little", "big"])
    return content[:start] + dice.choice(numbers).to_bytes(4, order) + content[start + 4 :]


def swap_halves(_dice: random.Random, content: bytes) -> bytes:
    """Begin in the middle."""
    middle = len(content) // 2
    return content[middle:] + content[:middle]


DAMAGES: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    flip,
    truncate,
    drop_block,
    repeat_block,
    zero_block,
    insert_noise,
    overwrite_number,
    swap_halves,
)
