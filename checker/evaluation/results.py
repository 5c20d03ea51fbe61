"""results.json and samples.jsonl: what is written, where, and how it is read back.

A run owns the folder `DIR/<task>/<time>`. It is made anew for every run and nothing in it is
overwritten; `results.json` comes last, so a folder without it is a run that was cut short.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from checker.errors import InputError, OutputError
from checker.evaluation.sample import Json, Record

SCHEMA_VERSION = "1"
RESULTS, SAMPLES, RUN = "results.json", "samples.jsonl", "run.json"
PACKAGES = ("health-claim-checker", "torch", "transformers", "tokenizers", "numpy")


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run, read back."""

    folder: Path
    results: dict[str, Any]
    records: list[Record]

    @property
    def title(self) -> str:
        """The system, as tables name it."""
        system = self.results["system"]
        mode = self.results["config"].get("mode")
        return f"{system['name']}{f' ({mode})' if mode else ''}{' [partial]' if self.results['partial'] else ''}"


@contextmanager
def saving(what: Path) -> Iterator[None]:
    """Any failure to write ends the run with its reason.

    Raises:
        OutputError: with the path and what the system said.
    """
    try:
        yield
    except OSError as error:
        raise OutputError(f"results cannot be saved in {what}: {error.strerror or error}") from error


def new_folder(directory: Path, task: str, now: datetime) -> Path:
    """`DIR/<task>/<time>`, newly made; a second run within one second gets a number."""
    stamp = now.strftime("%Y%m%dT%H%M%SZ")
    with saving(directory):
        (directory / task).mkdir(parents=True, exist_ok=True)
        number = 1
        while True:
            folder = directory / task / (stamp if number == 1 else f"{stamp}-{number}")
            try:
                folder.mkdir()
            except FileExistsError:
                number += 1
                continue
            return folder


def write_json(path: Path, data: Json) -> None:
    """Write a new JSON file in one step, so that a file that exists is whole."""
    with saving(path):
        if path.exists():
            raise OutputError(f"{path} exists and is not overwritten")
        temporary = path.with_name(path.name + ".part")
        temporary.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        os.replace(temporary, path)


def read_run(path: Path) -> Run:
    """A run from its folder or from its results.json.

    Raises:
        InputError: when it is not a finished run.
    """
    folder = path.parent if path.name == RESULTS else path
    if not (folder / RESULTS).is_file():
        raise InputError(f"{folder} holds no {RESULTS}: give the folder of a finished run, such as results/drafts/20260101T120000Z")
    try:
        results = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
        run = Run(folder, results, list(read_records(folder / SAMPLES)))
    except (ValueError, TypeError) as error:
        raise InputError(f"{folder} does not hold a run of this version, or its files are damaged: run it again ({error})") from error
    if results.get("schema_version") != SCHEMA_VERSION:
        raise InputError(f"{folder} was written by another version of the harness: run it again")
    return run


def find_runs(directory: Path) -> list[Run]:
    """Every finished run below a folder, oldest first.

    Raises:
        InputError: when there is none.
    """
    found = [read_run(path) for path in sorted(directory.rglob(RESULTS))]
    if not found:
        raise InputError(f"{directory} holds no finished run: make one with `checker eval TASK -o {directory}`")
    return sorted(found, key=lambda run: str(run.results["date"]))


def read_records(path: Path) -> Iterator[Record]:
    """The records of a samples.jsonl; a last line that was cut short is left out."""
    if not path.is_file():
        raise InputError(f"{path} is missing")
    lines = path.read_text(encoding="utf-8").split("\n")
    for line in lines[:-1]:  # every whole line ends in a line break
        yield Record.from_line(line)


def unfinished(directory: Path, task: str, identity: Json) -> dict[str, Json | None]:
    """Predictions by sample hash from earlier runs of the same system that were cut short."""
    found: dict[str, Json | None] = {}
    for run in sorted((directory / task).glob(f"*/{RUN}")):
        folder = run.parent
        if (folder / RESULTS).exists() or not (folder / SAMPLES).exists() or json.loads(run.read_text(encoding="utf-8")) != identity:
            continue
        found |= {record.hash: record.prediction for record in read_records(folder / SAMPLES)}
    return found


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that can change a score."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def git_revision() -> str:
    """The commit of the working copy, `+changes` when it differs; empty outside one."""
    where = Path(__file__).resolve().parent

    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=where, capture_output=True, text=True, timeout=20, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    try:
        commit = git("rev-parse", "HEAD")
        return f"{commit}+changes" if commit and git("status", "--porcelain", "--untracked-files=no") else commit
    except (OSError, subprocess.TimeoutExpired):
        return ""


def append(path: Path, records: Sequence[Record]) -> None:
    """Add records to a samples.jsonl."""
    with saving(path), path.open("a", encoding="utf-8") as file:
        file.writelines(record.to_line() + "\n" for record in records)
