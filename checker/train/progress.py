"""How far a stage of training has come, for the terminal and the log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

log = logging.getLogger("checker.train")


class ProgressLine:
    """A progress bar with the time left; the log gets a line every 50 steps."""

    def __init__(self, console: Console, title: str) -> None:
        self.title = title
        self.progress = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console)

    def __enter__(self) -> Callable[[int, int, float], None]:
        self.progress.start()
        task = self.progress.add_task(self.title, total=None)
        began = time.monotonic()

        def update(step: int, total: int, value: float) -> None:
            self.progress.update(task, completed=step, total=total)
            if step % 50 == 0 or step == total:
                log.info("%s %d/%d, loss %.3f, %.0f s", self.title, step, total, value, time.monotonic() - began)

        return update

    def __exit__(self, *_: object) -> None:
        self.progress.stop()
