"""The website's own API (Content API) and its CSV address: files of the data catalogue, and whole releases as a zip."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

import pandas as pd

from tests.fakes.ees_codes import LEVEL_OF_LABEL, LEVELS, Period, made_up_uuid
from tests.fakes.ees_data import Column, Content, DataSet, Json, Publication, Release, guess_meta, read_meta
from tests.fakes.ees_errors import BadRequest, Refused, problem
from tests.fakes.ees_requests import Params, read_paging
from tests.fakes.ees_shapes import paged
from tests.fakes.serving import Reply, json_reply

ZIPPED_AT = (2025, 7, 1, 9, 15, 0)


@dataclass
class CatalogueFile:
    """A data file of a release, as the data catalogue shows it.

    `current=False`: the release was amended since, so the download is a 404.
    """

    filename: str
    title: str
    content: bytes
    publication: Publication
    release: Release
    meta: Content | None = None
    id: str = ""
    data_set: DataSet | None = None
    api_version: str = ""
    superseded: bool = False
    current: bool = True

    def __post_init__(self) -> None:
        self.id = self.id or made_up_uuid("data set file", self.release.version_id, self.filename)
        self.file_id = made_up_uuid("file", self.id)

    @cached_property
    def frame(self) -> pd.DataFrame:
        return pd.read_csv(io.BytesIO(self.content), dtype=str, keep_default_na=False, encoding="utf-8-sig")

    @cached_property
    def columns(self) -> list[Column]:
        return read_meta(self.meta) if self.meta is not None else guess_meta(self.frame)

    @cached_property
    def meta_json(self) -> Json:
        labels = {label.lower() for label in self.frame["geographic_level"].unique()}
        pairs = self.frame[["time_period", "time_identifier"]].drop_duplicates().itertuples(index=False)
        periods = sorted(_period_label(str(time_period), str(identifier)) for time_period, identifier in pairs)
        return {
            "numDataFileRows": len(self.frame),
            "geographicLevels": [
                level.label for level in LEVELS.values() if level.label.lower() in labels & set(LEVEL_OF_LABEL)
            ],
            "timePeriodRange": {"from": periods[0][1], "to": periods[-1][1]} if periods else {},
            "filters": [one.label for one in self.columns if one.is_filter],
            "indicators": [one.label for one in self.columns if not one.is_filter],
        }

    @property
    def size(self) -> str:
        return f"{max(1, round(len(self.content) / 1024))} Kb"

    @property
    def api(self) -> Json:
        return {"api": {"id": self.data_set.id, "version": self.api_version}} if self.data_set else {}


def _period_label(time_period: str, identifier: str) -> tuple[int, str]:
    try:
        period = Period.from_csv(time_period, identifier)
        return period.year, period.label
    except ValueError:  # files of the catalogue need not be in order
        return int(time_period[:4] or 0), time_period


class ContentApi:
    """Answers /api/data-set-files, /api/releases/.../files and /data-catalogue/data-set/.../csv."""

    def __init__(self, files: list[CatalogueFile], other_members: dict[str, dict[str, bytes]]) -> None:
        self.files, self.other_members = files, other_members

    def list_files(self, params: Params) -> Reply:
        values = dict(params)
        page, size = read_paging({name: [value] for name, value in values.items()}, 40, 10)
        search = values.get("searchTerm", "").lower()
        if search and len(search) < 3:
            raise BadRequest(
                [problem("MinimumLength", "searchTerm", minLength=3, totalLength=len(search), value=search)]
            )
        files = [
            one
            for one in self.files
            if one.current and values.get("publicationId", one.publication.id) == one.publication.id
        ]
        if values.get("latestOnly", "true").lower() == "true":
            files = [one for one in files if one.release.latest and not one.superseded]
        if values.get("dataSetType") == "Api":
            files = [one for one in files if one.data_set]
        files = [one for one in files if search in f"{one.title} {one.filename}".lower()]
        files = sorted(files, key=lambda one: one.title)
        files.sort(key=lambda one: one.release.published, reverse=True)
        return json_reply(paged([self._summary(one) for one in files], page, size))

    def one_file(self, id: str) -> Reply:
        one = self._find(id)
        header, *rows = islice(csv.reader(io.StringIO(one.content.decode("utf-8-sig"))), 6)
        return json_reply(
            {
                "id": one.id,
                "title": one.title,
                "summary": f"<p>{one.title}</p>",
                "file": {
                    "id": one.file_id,
                    "name": one.filename,
                    "size": one.size,
                    "meta": one.meta_json,
                    "dataCsvPreview": {"headers": header, "rows": rows},
                    "variables": [{"label": column.label, "value": column.name} for column in one.columns],
                },
                "release": {
                    **self._release(one),
                    "type": "AccreditedOfficialStatistics",
                    "isLatestPublishedRelease": one.release.latest,
                    "published": one.release.published,
                    "publication": {**self._publication(one), "themeTitle": "Pupils and schools"},
                },
                "footnotes": [],
                **one.api,
            }
        )

    def download(self, id: str) -> Reply:
        """The CSV of a catalogue id; the site's own address gives the same."""
        one = self._find(id)
        name = f'attachment; filename="{one.filename}"'
        return Reply(one.content, content_type="text/csv", headers={"Content-Disposition": name})

    def release_zip(self, version_id: str) -> Reply:
        """Every file of a release. Comes in chunks, without a length."""
        files = [one for one in self.files if one.release.version_id == version_id and one.current]
        if not files:
            raise Refused(404)
        members = {f"data/{one.filename}": one.content for one in files}
        titles = "\n".join(f"{one.filename}: {one.title}" for one in files)
        members["data-guidance/data-guidance.txt"] = (
            f"{files[0].publication.title}\n{files[0].release.title}\n\n{titles}\n".encode()
        )
        members |= self.other_members.get(version_id, {})
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                info = zipfile.ZipInfo(name, ZIPPED_AT)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, content)
        name = f"{files[0].publication.slug}_{files[0].release.slug}.zip"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "public,max-age=300",
            "Last-Modified": "Tue, 01 Jul 2025 09:15:00 GMT",
        }
        return Reply(packed.getvalue(), content_type="application/zip", headers=headers, streamed=True)

    def _find(self, id: str) -> CatalogueFile:
        found = [one for one in self.files if one.id == id.lower() and one.current]
        if not found:
            raise Refused(404)
        return found[0]

    def _summary(self, one: CatalogueFile) -> Json:
        return {
            "id": one.id,
            "fileId": one.file_id,
            "filename": one.filename,
            "fileSize": one.size,
            "fileExtension": "csv",
            "title": one.title,
            "content": f"<p>{one.title}</p>",
            "theme": {"id": made_up_uuid("theme"), "title": "Pupils and schools"},
            "publication": self._publication(one),
            "release": self._release(one),
            "latestData": one.release.latest and not one.superseded,
            "isSuperseded": one.superseded,
            "published": one.release.published,
            "lastUpdated": one.release.published,
            "meta": one.meta_json,
            **one.api,
        }

    @staticmethod
    def _release(one: CatalogueFile) -> Json:
        return {"id": one.release.version_id, "title": one.release.title, "slug": one.release.slug}

    @staticmethod
    def _publication(one: CatalogueFile) -> Json:
        return {"id": one.publication.id, "title": one.publication.title, "slug": one.publication.slug}


def files_of_zip(
    archive: bytes, publication: Publication, release: Release, titles: dict[str, str]
) -> list[CatalogueFile]:
    """The data/*.csv of a release's zip. `titles` by file name; others get a title from the name."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        names = [name for name in opened.namelist() if re.fullmatch(r"data/[^/]+\.csv", name)]
        return [
            CatalogueFile(
                (short := name.removeprefix("data/")),
                titles.get(short, short.removesuffix(".csv").replace("_", " ").capitalize()),
                opened.read(name),
                publication,
                release,
            )
            for name in names
        ]
