"""How each number is made, as docs/method.md says it: the page and the document are one text."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FILE = Path(__file__).parents[2] / "docs" / "method.md"
_HEADING = "## "


@cache
def sections() -> dict[str, str]:
    """Heading -> what stands under it, as Markdown; nothing where the app was installed without its documents."""
    if not _FILE.is_file():
        return {}
    found: dict[str, str] = {}
    for section in ("\n" + _FILE.read_text("utf-8")).split(f"\n{_HEADING}")[1:]:
        heading, _, text = section.partition("\n")
        found[heading.strip()] = text.strip()
    return found
