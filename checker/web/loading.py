"""A checker that loads in the background, so that the page is usable at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Lock, Thread

from checker.types import CheckerLike


class BackgroundChecker:
    """Builds its checker in a thread; a failed start is tried again by the next `get`."""

    def __init__(self, factory: Callable[[], CheckerLike]) -> None:
        self._factory = factory
        self._lock = Lock()
        self._turn = Lock()
        self._future = self._start()

    @property
    def loading(self) -> bool:
        """Whether the checker is still being built."""
        return not self._future.done()

    @property
    def error(self) -> BaseException | None:
        """Why the last start failed, or None."""
        return self._future.exception() if self._future.done() else None

    def get(self) -> CheckerLike:
        """The checker, waiting for it where needed; raises what its factory raised."""
        with self._lock:
            if self.error is not None:
                self._future = self._start()
        return self._future.result()

    @contextmanager
    def turn(self) -> Iterator[CheckerLike]:
        """The checker for one piece of work, which nobody else has meanwhile: a check gets its turn between two chunks of a batch."""
        checker = self.get()
        with self._turn:
            yield checker

    def _start(self) -> Future[CheckerLike]:
        future: Future[CheckerLike] = Future()

        def run() -> None:
            try:
                future.set_result(self._factory())
            except BaseException as error:  # handed to whoever waits
                future.set_exception(error)

        Thread(target=run, name="load-checker", daemon=True).start()
        return future
