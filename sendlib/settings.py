"""Where publishers are, as settings, so that tests and mirrors can point elsewhere.

Each setting is an environment variable, or a line of .streamlit/secrets.toml
with the same name; the environment wins.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sendlib.errors import SourceUnavailable

ROOT = Path(__file__).resolve().parent.parent
SECRETS = ROOT / ".streamlit" / "secrets.toml"

ADDRESSES = {
    "SENDLIB_EES_API": "https://api.education.gov.uk/statistics/v1",
    "SENDLIB_EES_CONTENT": "https://content.explore-education-statistics.service.gov.uk/api",
    "SENDLIB_EES_SITE": "https://explore-education-statistics.service.gov.uk",
    "SENDLIB_NHS_DIGITAL": "https://digital.nhs.uk",
    "SENDLIB_NHS_FILES": "https://files.digital.nhs.uk",
    "SENDLIB_NHS_ENGLAND": "https://www.england.nhs.uk",
    "SENDLIB_ONS_GEOGRAPHY": "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services",
    "SENDLIB_NOMIS": "https://www.nomisweb.co.uk/api/v01",
    "SENDLIB_GIAS": "https://ea-edubase-api-prod.azurewebsites.net/edubase/downloads/public",
}
"""Setting -> the publisher's own address."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
_EMAIL = re.compile(r"[^@\s?&:]+@[^@\s?&:]+\.[^@\s?&:]+")
_ON, _OFF = ("true", "1", "yes", "on"), ("false", "0", "no", "off", "")


@dataclass(frozen=True)
class Settings:
    """Addresses by setting, the folder for what refreshes bring, whether the network may be used, and where a reader
    can say what is wrong (an e-mail address or a page; empty where nobody is named)."""

    addresses: Mapping[str, str]
    cache: Path
    offline: bool
    feedback: str = ""

    def address(self, name: str) -> str:
        """The address of a publisher, without a slash at its end."""
        return self.addresses[name].rstrip("/")

    @property
    def hosts(self) -> frozenset[tuple[str, str]]:
        """(scheme, host with port) pairs that may be asked: those of the addresses and no others."""
        parts = [urlsplit(address) for address in self.addresses.values()]
        return frozenset((part.scheme, part.netloc.lower()) for part in parts)


def read(environment: Mapping[str, str] | None = None, secrets: Path = SECRETS) -> Settings:
    """The settings of this process.

    Raises SourceUnavailable for an address that could not be safe, and for what
    is neither on nor off.
    """
    given = dict(_secrets(secrets))
    given.update(os.environ if environment is None else environment)
    addresses = {name: given.get(name) or default for name, default in ADDRESSES.items()}
    for name, address in addresses.items():
        try:
            parts = urlsplit(address)
            _ = parts.port  # read, because it is checked only then
        except ValueError as error:
            raise SourceUnavailable(f"{name} is '{address}', which is not an address ({error}).") from error
        if parts.username or parts.password:
            raise SourceUnavailable(
                f"{name} holds a user name or password; an address must not, because messages and exports show it."
            )
        if parts.scheme == "https" and parts.hostname:
            continue
        if parts.scheme == "http" and parts.hostname in LOOPBACK:
            continue
        raise SourceUnavailable(
            f"{name} is '{address}'; an address must begin with https:// (http:// only on this machine)."
        )
    cache = Path(given.get("SENDLIB_CACHE") or ROOT / "data_cache" / "live")
    offline = _is_on("SENDLIB_OFFLINE", given.get("SENDLIB_OFFLINE", ""))
    return Settings(addresses, cache, offline, _feedback(given.get("SENDLIB_FEEDBACK", "").strip()))


def _feedback(text: str) -> str:
    """An e-mail address or the https address of a page; a link of any other kind has no place on a page."""
    if not text or text.startswith("https://") or (_EMAIL.fullmatch(text) and "//" not in text):
        return text
    raise SourceUnavailable(f"SENDLIB_FEEDBACK is '{text}'; it must be an e-mail address or begin with https://.")


def _is_on(name: str, text: str) -> bool:
    """Whether a switch is on; a word that nobody agreed on is refused, because either guess could be wrong."""
    word = text.strip().lower()
    if word not in (*_ON, *_OFF):
        raise SourceUnavailable(f"{name} is '{text}'; it must be true or false (1 or 0, yes or no, on or off).")
    return word in _ON


def _secrets(path: Path) -> dict[str, str]:
    """The project's own lines of secrets.toml; other lines there are nobody's business here."""
    if not path.is_file():
        return {}
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SourceUnavailable(f"The settings in {path} can not be read ({error}).") from error
    return {name: str(value) for name, value in found.items() if name.startswith("SENDLIB_")}
