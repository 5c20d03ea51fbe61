"""Reading what the user gives and saving what the checker says; every failure says what to do."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from checker.documents import text_of
from checker.errors import InputError, OutputError
from checker.types import Draft

MAX_BYTES = 20_000_000


def read_text(name: str, what: str) -> str:
    """The text of a file (plain, HTML, Word, PDF), or of standard input for `-`.

    Raises:
        InputError: when it is missing, a folder, too large, binary or empty.
    """
    if name == "-":
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        path = Path(name)
        if path.is_dir():
            raise InputError(f"{name} is a folder: give the file that holds the {what} (`checker batch` takes folders)", code="is_folder")
        try:
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
        except FileNotFoundError as error:
            raise InputError(f"{name} does not exist: give the file that holds the {what}, or - for standard input", code="no_file") from error
        except OSError as error:
            raise InputError(f"{name} cannot be read: {error.strerror}", code="unreadable") from error
    if len(data) > MAX_BYTES:
        raise InputError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB: give the {what} alone", code="too_long")
    text = text_of(data, name)
    if not text.strip():
        raise InputError(f"{name} is empty: it should hold the {what}", code="empty_file")
    return text


def draft_of(text: str) -> Draft:
    """A draft from one text; a headline is recognised when the text is segmented."""
    return Draft(text.strip("\ufeff\n "))


def write_bytes(path: Path, data: bytes) -> None:
    """Save through a temporary neighbour, so that a reader never sees half a file.

    Raises:
        OutputError: when the folder is missing or not writable, or the disk is full.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_bytes(data)
        os.replace(unfinished, path)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}; choose another path with -o") from error
