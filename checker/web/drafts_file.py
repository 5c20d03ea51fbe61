"""A file of many drafts, opened on the page: JSON Lines, CSV, or a zip of such files and of text pairs. Bytes in, items out.

A zip from outside may be made to unpack without end: its directory is looked at before
anything is unpacked, and no more than the limit is unpacked whatever the directory says.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from checker.batch import Item, csv_rows, items_of, json_rows, read_item
from checker.documents import decode
from checker.errors import InputError

MAX_FILE = 20_000_000
"""Bytes of the largest file that is taken."""
MAX_UNPACKED = 50_000_000
"""Bytes that all files of a zip may come to."""
MAX_ENTRIES = 2_000
MOST_DRAFTS = 500
"""Drafts of one file; `checker batch` takes any number."""
READABLE = ".jsonl,.csv,.zip"
INSTEAD = "check it with “checker batch” on the command line, which takes any size"

_TABLES = (".jsonl", ".csv")
_PAIR = (".draft.txt", ".study.txt")
_ENCRYPTED = 0x1
_KINDS = "a .jsonl or .csv file, or a .zip of such files or of NAME.draft.txt with NAME.study.txt"


def read_drafts(data: bytes, name: str) -> list[Item]:
    """The items of a file in its order; a line or a part that cannot be read is an error item.

    Raises:
        InputError: for a file that cannot be taken as a whole, saying what to do instead.
    """
    if len(data) > MAX_FILE:
        raise InputError(f"{name} is larger than {MAX_FILE // 1_000_000} MB: {INSTEAD}.", code="too_long")
    suffix = _suffix(name)
    if suffix not in READABLE.split(","):
        raise InputError(f"{name} is no file of drafts: open {_KINDS}.", code="bad_type")
    items = list(islice(_zip(data, name) if suffix == ".zip" else _table(data, name), MOST_DRAFTS + 1))
    if len(items) > MOST_DRAFTS:
        raise InputError(f"{name} holds more than {MOST_DRAFTS} drafts: {INSTEAD}.", code="too_many")
    if not items:
        raise InputError(f"{name} holds no drafts: open {_KINDS}.", code="empty_file")
    return items


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _table(data: bytes, name: str) -> Iterator[Item]:
    if _suffix(name) == ".jsonl":
        return items_of(json_rows(io.BytesIO(data)))
    text = decode(data, name)
    columns = text.partition("\n")[0].replace('"', "").split(",")
    if not {"draft", "text"} & set(columns):
        raise InputError(f"{name} has no column draft: its first line must name the columns, as in id,headline,draft,study.", code="no_columns")
    return items_of(csv_rows(io.StringIO(text, newline="")))


def _zip(data: bytes, name: str) -> Iterator[Item]:
    pairs: dict[str, dict[str, bytes]] = {}
    for path, part in sorted(_unpacked(data, name).items()):
        if path.lower().endswith(_PAIR):
            stem, role = path[: -len(_PAIR[0])], path.lower().split(".")[-2]
            pairs.setdefault(stem, {})[role] = part
            continue
        try:
            yield from _table(part, path)
        except InputError as error:
            yield Item(path, None, None, {}, error)
    for number, (stem, pair) in enumerate(pairs.items(), 1):
        yield _pair(stem, pair, number)


def _pair(stem: str, pair: dict[str, bytes], number: int) -> Item:
    try:
        texts = {role: decode(data, f"{stem}.{role}.txt").strip("\n ") for role, data in pair.items()}
    except InputError as error:
        return Item(stem, None, None, {}, error)
    for role, other in (("draft", "study"), ("study", "draft")):
        if role not in texts:
            return Item(stem, None, None, {}, InputError(f"{stem}.{role}.txt is missing beside {stem}.{other}.txt", code="no_file"))
    return read_item({"id": stem, **texts}, number)


def _unpacked(data: bytes, name: str) -> dict[str, bytes]:
    """The bytes of each part that may hold drafts, by its path in the zip."""
    too_much = InputError(f"{name} would unpack to more than {MAX_UNPACKED // 1_000_000} MB or {MAX_ENTRIES:,} files: {INSTEAD}.", code="too_long")
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > MAX_ENTRIES or sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
                raise too_much
            for member in filter(_wanted, archive.infolist()):
                if member.flag_bits & _ENCRYPTED:
                    raise InputError(f"{name} is protected by a password: pack it again without one.", code="protected")
                if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # the others unpack a block at once, however large
                    raise InputError(f"{name} is packed in an unusual way: pack it again as an ordinary zip.", code="bad_type")
                with archive.open(member) as part:
                    parts[member.filename] = part.read(left + 1)
                left -= len(parts[member.filename])
                if left < 0:
                    raise too_much
    except (BadZipFile, ZlibError, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise InputError(f"{name} is a damaged zip: pack it again.", code="damaged") from error
    return parts


def _wanted(member: ZipInfo) -> bool:
    """Whether a part may hold drafts; what a Mac adds of its own does not."""
    path = PurePosixPath(member.filename)
    return path.name.lower().endswith((*_TABLES, *_PAIR)) and not path.name.startswith(".") and "__MACOSX" not in path.parts
