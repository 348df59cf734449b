"""What pages wait for is made beside them, each thing once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from threading import Event, Lock, Thread

# A page that gets its booths within a blink needs no words about them.
PATIENCE_S = 0.3


class _Piece:
    """One thing that is being made."""

    def __init__(self) -> None:
        self.is_there = Event()
        self.fault: Exception | None = None


class Workbench:
    """Makes what belongs to a moment, in a thread of its own, and tells when it is there.

    Parameters
    ----------
    make : callable
        Makes what belongs to a moment (None: now): as soon as it yields, pages find it; what
        comes after spares them waiting later.
    """

    def __init__(self, make: Callable[[datetime | None], Iterator[None]]) -> None:
        self._make = make
        self._lock = Lock()
        self._pieces: dict[datetime | None, _Piece] = {}

    def has_made(self, at: datetime | None, patience_s: float = PATIENCE_S) -> bool:
        """Begin to make what belongs to a moment, unless it is being made already.

        Parameters
        ----------
        at : datetime or None
            The moment; None for now.
        patience_s : float
            How long whoever begins waits for it, in seconds.

        Returns
        -------
        bool
            Whether it is there.

        Raises
        ------
        Exception
            Whatever hindered the making; asked again, it is tried again.
        """
        piece, is_new = self._begin(at)
        piece.is_there.wait(patience_s if is_new else 0)
        if piece.fault is not None:
            with self._lock:
                if self._pieces.get(at) is piece:
                    del self._pieces[at]
            raise piece.fault
        return piece.is_there.is_set()

    def make(self, at: datetime | None) -> None:
        """Make what belongs to a moment, and wait until nothing of it is left to do.

        Raises
        ------
        Exception
            Whatever hindered the making.
        """
        for _ in self._make(at):
            pass

    def _begin(self, at: datetime | None) -> tuple[_Piece, bool]:
        with self._lock:
            if at in self._pieces:
                return self._pieces[at], False
            piece = self._pieces[at] = _Piece()
        Thread(target=self._work, args=(at, piece), name="workbench", daemon=True).start()
        return piece, True

    def _work(self, at: datetime | None, piece: _Piece) -> None:
        try:
            for _ in self._make(at):
                piece.is_there.set()
                # From here on a change is made anew; the rest is nobody's to wait for.
                self._end(at, piece)
        except Exception as fault:  # noqa: BLE001 - told to whoever asks next, on their page
            piece.fault = fault
        else:
            self._end(at, piece)
        piece.is_there.set()

    def _end(self, at: datetime | None, piece: _Piece) -> None:
        with self._lock:
            if self._pieces.get(at) is piece:
                del self._pieces[at]
