"""A folder of original releases, opened by name.

The folder is laid out as the publishers' files were collected
(`ehcp/....zip`, `lait/....parquet`, ...). A member of a zip archive is named
with `::`, as in `ehcp/release.zip::data/caseload.csv`. Files that end in `.gz`
are decompressed.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
from functools import lru_cache
from pathlib import Path

from sendlib.errors import ContractBroken, SourceUnavailable


class Originals:
    """Read-only access to the original releases under one folder."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)
        if not self.folder.is_dir():
            raise SourceUnavailable(
                f"There is no folder {self.folder} to read original releases from. Name the folder with --from."
            )

    def read(self, name: str) -> bytes:
        """The bytes of an original, decompressed.

        Raises SourceUnavailable when it is not there and ContractBroken when
        an archive can not be opened.
        """
        path, _, member = name.partition("::")
        content = self._raw(path)
        if member:
            try:
                with zipfile.ZipFile(io.BytesIO(content)) as archive:
                    return archive.read(member)
            except zipfile.BadZipFile as error:
                raise ContractBroken(path, f"this is not a complete zip archive ({error}).") from error
            except KeyError as error:
                raise ContractBroken(path, f"the archive holds no file {member}.") from error
        if path.endswith(".gz"):
            try:
                return gzip.decompress(content)
            except (OSError, EOFError) as error:
                raise ContractBroken(path, f"this is not a complete gzip file ({error}).") from error
        return content

    def names(self, folder: str, endings: tuple[str, ...]) -> list[str]:
        """Names of the originals directly in a folder that end in one of `endings`, in the order of their letters."""
        inside = self.folder / folder
        found = inside.iterdir() if inside.is_dir() else ()
        return sorted(
            f"{folder}/{path.name}".lstrip("/") for path in found if path.is_file() and path.name.endswith(endings)
        )

    def members(self, name: str) -> list[str]:
        """What a zip archive holds. Raises ContractBroken when it can not be opened."""
        try:
            with zipfile.ZipFile(io.BytesIO(self._raw(name))) as archive:
                return archive.namelist()
        except zipfile.BadZipFile as error:
            raise ContractBroken(name, f"this is not a complete zip archive ({error}).") from error

    def sha256(self, name: str) -> str:
        """The hash of the publisher's file as it lies on disk (the archive, not its member)."""
        return hashlib.sha256(self._raw(name.partition("::")[0])).hexdigest()

    @lru_cache(maxsize=8)  # noqa: B019 - one Originals lives for one build
    def _raw(self, path: str) -> bytes:
        try:
            return (self.folder / path).read_bytes()
        except FileNotFoundError as error:
            beside = self.names(path.rpartition("/")[0], ("",))
            there = f" Beside it are: {', '.join(beside)}." if beside else ""
            raise SourceUnavailable(
                f"{path} is not in {self.folder}. The snapshot reads this release under exactly this name; put it"
                f" there.{there} Only newer releases of EHC plans are found under other names, beside those of 2022"
                " and 2025."
            ) from error
