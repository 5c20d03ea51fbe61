"""Every error that a user can meet, and what to do next in its message.

    CheckerError
    ├── InputError      a draft, study or file that cannot be read or judged
    ├── OutputError     a result that cannot be saved
    ├── ModelError      a model folder or hub id that cannot be loaded
    └── RecipeError     a training recipe or training data that is wrong

`code` is the stable name that `checker batch` writes in its error lines.
"""

from __future__ import annotations


class CheckerError(Exception):
    """Base class; `code` is machine-readable, the message is for people."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code


class InputError(CheckerError):
    """The draft, the study or a file given by the user cannot be used."""

    code = "bad_input"


class OutputError(CheckerError):
    """A result cannot be written where the user asked for it."""

    code = "cannot_write"


class ModelError(CheckerError):
    """A model cannot be found or loaded."""

    code = "bad_model"


class RecipeError(CheckerError):
    """A training recipe, or the data that it names, is wrong."""

    code = "bad_recipe"
