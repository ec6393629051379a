"""Words that Families has in place of those of the trade, for those compared and for the sentences beside a number."""

from __future__ import annotations

from sendlib.questions.comparators import Comparators


def similar(label: str) -> str:
    """Those compared, from their label: `ten similar areas` for `its ten statistical neighbours`; others as they are."""
    return label.removeprefix("its ").replace("statistical neighbours", "similar areas") if "statistical neighbours" in label else label


def average(others: Comparators, of: str = "") -> str:
    """`the average of ten similar areas`, with how many have a figure where not all do (means.of_how_many); one area alone by its name."""
    whose = similar(others.label)
    return whose if len(others.codes) == 1 else f"the average of {whose}{of.replace(')', ' have a figure)')}"


def sentences(*parts: str) -> str:
    """Phrases as sentences, each with a capital letter; empty ones are left out."""
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts if part)


def after(direction: str, text: str) -> str:
    """Sentences as they follow `Higher: `: a name at the beginning keeps its capital letter."""
    return f"the{text[3:]}" if direction and text.startswith("The ") else text
