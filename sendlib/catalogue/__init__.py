"""Facts kept as data (TOML): sources, glossary, corrections of the source documents."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def load(name: str) -> dict[str, Any]:
    """The facts in `name`.toml, as the file holds them. Read-only."""
    return tomllib.loads(resources.files(__package__).joinpath(f"{name}.toml").read_text("utf-8"))
