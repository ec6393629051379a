"""A publisher for refreshes: the real files of 2025 where they are, and the release of 2026 in its own layout."""

import csv
import io
import zipfile
from functools import cache

from tests.fakes import ees_samples as samples
from tests.fakes.ees import EesStandIn
from tests.fakes.ees_content import CatalogueFile
from tests.fakes.ees_data import DataSet
from tests.fakes.serving import Reply

ENGLAND = "E92000001"
OFFICERS = "supporting-files/sen2_dmo_dco.csv"
_KEPT_TOPICS = ("all ", "new ehc plans", "sex")
"""Topics of a small release: the totals, and one breakdown."""


def year_later(content: bytes) -> bytes:
    """A made-up next release: the newest period of a file once more, a year later, and every earlier row as it was."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    header, body = rows[0], [row for row in rows[1:] if row]
    period = [name.lower() for name in header].index("time_period")
    newest = max(row[period] for row in body)
    later = str(int(newest) + (101 if len(newest) == 6 else 1))
    added = [[*row[:period], later, *row[period + 1 :]] for row in body if row[period] == newest]
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *added, *body])
    return text.getvalue().encode()


def next_release(change=lambda name, content: content) -> list[CatalogueFile]:
    """The release of 2026 in its own layout with few rows (ees_2026.py says what is made up); `change` may spoil a
    file."""
    return [
        CatalogueFile(file.filename, file.title, change(file.filename, content), file.publication, samples.EHC_2026)
        for file, content in _small_files()
    ]


@cache
def _small_files() -> list[tuple[CatalogueFile, bytes]]:
    return [(file, _small(file.content)) for file in samples.ehc_catalogue_2026()]


def _small(content: bytes) -> bytes:
    """A file with the rows of some topics only: a whole release takes half a minute to read."""
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    if "breakdown_topic" not in header:
        return content
    topic = header.index("breakdown_topic")
    text = io.StringIO()
    kept = [row for row in rows if row[topic].lower().startswith(_KEPT_TOPICS)]
    csv.writer(text, lineterminator="\n").writerows([header, *kept])
    return text.getvalue().encode()


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


def supporting(version_id: str) -> dict[str, bytes]:
    """The supporting files of a release."""
    newer = version_id == samples.EHC_2026.version_id
    return dict(samples.ehc_other_members_2026() if newer else samples.ehc_other_members())


def stand_in(store, files: list[CatalogueFile], years: int = 1, factor: float = 1.0) -> StandIn:
    """Everything that `refresh ees` asks for."""
    running = StandIn([pupils(store, years, factor)], files)
    running.other_members = {file.release.version_id: supporting(file.release.version_id) for file in files}
    return running
