"""The fifteen caveats of the guideline: which apply to a study, and whether a draft tells them."""

from checker.caveats.engine import find_caveats

__all__ = ["find_caveats"]
