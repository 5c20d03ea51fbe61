"""Scores of texts seen lately, so that a draft checked again after an edit costs only what changed."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from threading import Lock

import numpy as np
from numpy.typing import NDArray

ROWS = 4096
"""About a hundred drafts; some 6 MB."""


def digest(item: object) -> bytes:
    """A key from which the text cannot be read back: nothing of an unpublished draft is kept."""
    return hashlib.sha256(repr(item).encode("utf-8", "surrogatepass")).digest()


class Memo:
    """The last `rows` score rows of one model by digest, least lately used out first. Threads may share it."""

    def __init__(self, rows: int = ROWS) -> None:
        self._rows = rows
        self._kept: OrderedDict[bytes, NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: bytes) -> NDArray[np.float32] | None:
        """The row, None where it is not known or no longer kept."""
        with self._lock:
            if (row := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
            return row

    def put(self, key: bytes, row: NDArray[np.float32]) -> None:
        """Keep a row; the one unused for longest goes when there are too many."""
        with self._lock:
            self._kept[key] = row.copy()  # a row alone, not the batch it is a part of
            self._kept.move_to_end(key)
            while len(self._kept) > self._rows:
                self._kept.popitem(last=False)
