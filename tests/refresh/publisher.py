"""A publisher for refreshes: the real files of 2025 where they are, and a made-up release of the year after."""

import csv
import io
import re
import zipfile
from functools import cache

from tests.fakes import ees_samples as samples
from tests.fakes.ees import EesStandIn
from tests.fakes.ees_content import CatalogueFile
from tests.fakes.ees_data import DataSet, Release
from tests.fakes.serving import Reply

RELEASE_2026 = Release(
    "Reporting year 2026", "2026", "3f60aacd-d46c-416a-af4d-9d2269506ff7", "2026-06-25T08:30:00+00:00"
)
ENGLAND = "E92000001"
OFFICERS = "supporting-files/sen2_dmo_dco.csv"


def year_later(content: bytes, fraction: float = 1.0) -> bytes:
    """A made-up next release: the newest period of a file once more, a year later, and every earlier row as it was."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    header, body = rows[0], [row for row in rows[1:] if row]
    period = [name.lower() for name in header].index("time_period")
    newest = max(row[period] for row in body)
    later = str(int(newest) + (101 if len(newest) == 6 else 1))
    added = [[*row[:period], later, *row[period + 1 :]] for row in body if row[period] == newest]
    if any(
        name.startswith("review_meeting_") for name in header
    ):  # the only file of one year, which stands in the names of its columns
        header, body = [re.sub(r"(?<=\D)(2\d)$", lambda year: str(int(year[1]) + 1), name) for name in header], []
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *added, *body[: int(fraction * len(body))]])
    return text.getvalue().encode()


def next_release(files: list[CatalogueFile], change=lambda name, content: content) -> list[CatalogueFile]:
    """Every file of a release a year later; `change` may spoil one."""
    return [
        CatalogueFile(
            file.filename, file.title, change(file.filename, year_later(file.content)), file.publication, RELEASE_2026
        )
        for file in files
    ]


def pupils(store, years: int = 1, factor: float = 1.0) -> DataSet:
    """The API's data set of pupils by SEN provision as a CSV.

    It has the shipped percentages, and made-up ones for the years after.
    """
    table = store.table("school_sen").astype({"area_code": str, "period": str, "phase": str, "measure": str})
    table = table[table["phase"].eq("all") & table["value"].notna()]
    areas = store.table("areas").set_index("area_code")
    names = {"ehc_plan": "Education, health and care plan", "sen_support": "SEN support / SEN without an EHC plan"}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    places = [
        "geographic_level",
        "country_code",
        "country_name",
        "region_code",
        "region_name",
        "old_la_code",
        "new_la_code",
        "la_name",
    ]
    filters = ["phase_type_grouping", "establishment_type", "hospital_school", "sen_provision"]
    writer.writerow(["time_period", "time_identifier", *places, *filters, "pupil_count", "pupil_percent"])
    newest = max(table["period"])
    for row in table.itertuples():
        begins = int(row.period[:4])
        for year in [begins, *(begins + more for more in range(1, years + 1) if row.period == newest)]:
            level = (
                "National"
                if row.area_code == ENGLAND
                else "Regional"
                if row.area_code.startswith("E12")
                else "Local authority"
            )
            region = (
                [row.area_code, areas.loc[row.area_code, "name"]]
                if level == "Regional"
                else ["E12000001", "North East"]
                if level != "National"
                else ["", ""]
            )
            authority = (
                [row.area_code, areas.loc[row.area_code, "ons_code"], areas.loc[row.area_code, "name"]]
                if level == "Local authority"
                else ["", "", ""]
            )
            value = row.value if year == begins else round(row.value * factor, 1)
            for phase in ("Total", "State-funded primary"):
                writer.writerow(
                    [
                        f"{year}{(year + 1) % 100:02}",
                        "Academic year",
                        level,
                        ENGLAND,
                        "England",
                        *region,
                        *authority,
                        phase,
                        "Total",
                        "Total",
                        names[row.measure],
                        "100",
                        value,
                    ]
                )
    data_set = DataSet(samples.SEN_PROVISION, samples.SEN_IN_ENGLAND, id=samples.SEN_PROVISION_ID)
    data_set.add_version("1.0", text.getvalue())
    return data_set


class StandIn(EesStandIn):
    """A stand-in whose release zip has the supporting files only.

    Packing the data files at each request would take seconds.
    """

    def _answer_content(self, kind, id, request):
        if kind != "release zip" or id not in self.other_members:
            return super()._answer_content(kind, id, request)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.other_members[id].items():
                archive.writestr(name, content)
        return Reply(packed.getvalue(), content_type="application/x-zip-compressed", streamed=True)


@cache
def officers(version_id: str) -> dict[str, bytes]:
    """The supporting file of a release: that of 2025, or a made-up one of the year after."""
    content = samples.ehc_other_members()[OFFICERS]
    return {OFFICERS: year_later(content) if version_id == RELEASE_2026.version_id else content}


def stand_in(store, files: list[CatalogueFile], years: int = 1, factor: float = 1.0) -> StandIn:
    """Everything that `refresh ees` asks for."""
    running = StandIn([pupils(store, years, factor)], files)
    running.other_members = {file.release.version_id: dict(officers(file.release.version_id)) for file in files}
    return running
