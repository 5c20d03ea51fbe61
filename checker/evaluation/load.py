"""The samples of a task: from a local copy, from the hub, or an error that says how to get the set."""

from __future__ import annotations

from pathlib import Path

from checker.errors import InputError
from checker.evaluation.sample import Sample
from checker.evaluation.tasks import Task


def load_samples(task: Task, split: str, data: Path | None = None) -> tuple[list[Sample], str]:
    """All samples of a split, and where they came from.

    `data` is the labelled file itself or the folder that holds it under its published name.

    Raises:
        InputError: when the set is not there (the message says how to get it) or breaks its form.
    """
    where = data or task.home
    if where is not None:
        if data is None and not where.is_dir():
            raise InputError(f"{task.name}: {where} is missing: run from a copy of the repository, or give --data FILE with cases in the same form")
        path = locate(task, split, where)
        return task.load(path), str(path) if data else _in_repository(path)
    if task.hub:
        return _from_hub(task, split), f"hub {task.hub}"
    raise InputError(f"{task.name}: give --data with a local copy. {how_to_get(task, split)}")


def _in_repository(path: Path) -> str:
    """The project's own set, `eval/data/SPLIT.jsonl`: published results carry no path of a machine."""
    return "/".join(path.parts[-3:])


def locate(task: Task, split: str, data: Path) -> Path:
    """The labelled file: `data` itself, or the file of that split in the folder."""
    if data.is_file():
        return data
    if not data.is_dir():
        raise InputError(f"{task.name}: {data} does not exist. {how_to_get(task, split)}")
    for name in task.files[split]:
        if (data / name).is_file():
            return data / name
    raise InputError(f"{task.name}: {data} holds no {' or '.join(task.files[split])}; give the labelled file itself with --data FILE")


def how_to_get(task: Task, split: str) -> str:
    """One sentence for a user who does not have the set."""
    files = " or ".join(task.files[split])
    return f"Download the set from {task.source} and point --data at {files} (licence: {task.licence})."


def _from_hub(task: Task, split: str) -> list[Sample]:
    from datasets import load_dataset

    if task.hub_rows is None:
        raise InputError(f"{task.name}: give --data with a local copy. {how_to_get(task, split)}")
    try:
        rows = load_dataset(task.hub, split=task.hub_splits[split])
    except Exception as error:  # datasets, the hub client and the network raise many unrelated types
        hint = f"{task.name}: {task.hub} is not on this computer and the hub did not answer ({type(error).__name__})."
        raise InputError(f"{hint} {how_to_get(task, split)}") from error
    return task.hub_rows(enumerate(rows, 1), task.hub)
