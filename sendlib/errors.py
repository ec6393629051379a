"""The few errors that SEND Explorer raises on purpose.

Each message says what happened, to which file or area, and what to do now, so
that a page or the command line can show it as it stands.
"""

from __future__ import annotations


class SendlibError(Exception):
    """Anything that a user can be told in one sentence."""


class SourceUnavailable(SendlibError):
    """A publisher's file or service could not be reached or opened."""


class ContractBroken(SendlibError):
    """A publisher's file is not laid out as agreed, so none of it is used."""

    def __init__(self, file: str, problem: str) -> None:
        self.file = file
        self.problem = problem
        super().__init__(f"{file}: {problem} Nothing of this file was used; the figures held before are unchanged.")


class SnapshotDamaged(SendlibError):
    """A file of the snapshot is missing or is not the file that the manifest lists."""


class NoData(SendlibError):
    """The question has no answer in what we hold."""


class UnknownArea(NoData):
    """No area goes by this name or code."""

    def __init__(self, text: str, nearest: list[str]) -> None:
        self.text = text
        self.nearest = nearest
        hint = f" Did you mean: {', '.join(nearest)}?" if nearest else ""
        super().__init__(
            f"No local authority in England is called '{text}', nor any other area that is known here.{hint}"
            " A name, a 3-digit DfE code, a 9-character ONS code or the NHS's code will do."
        )


class UnknownPostcode(NoData):
    """A postcode that leads to no area here. Its message never holds the postcode."""


class UnknownChoice(SendlibError):
    """Something was chosen that nobody offers; `choice` is the name of what is chosen, where it is known."""

    def __init__(self, message: str, choice: str = "") -> None:
        self.choice = choice
        super().__init__(message)


class TemplateRefused(SendlibError):
    """A presentation that slides were to be made with, and can not be."""
