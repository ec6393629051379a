"""What a group thinks is going on and wants to find out; the view holds it for a visit, and nothing keeps it."""

from __future__ import annotations

from dataclasses import dataclass

MOST_SIGNS = 2000
"""Signs that each of the two has room for: about a page of notes, so that a slide or a sheet can hold it."""


@dataclass(frozen=True)
class Thoughts:
    """A group's own words on an area; empty where nothing was written."""

    hypothesis: str = ""
    questions: str = ""

    def __bool__(self) -> bool:
        return bool(self.hypothesis.strip() or self.questions.strip())
