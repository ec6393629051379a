"""DfE's children in need by SEN for the stand-in: the real file by authority a year later, and England on the API."""

from __future__ import annotations

import csv
import gzip
import io

from tests.fakes import ees_samples as samples
from tests.fakes.ees_census import NEEDS
from tests.fakes.ees_content import CatalogueFile
from tests.fakes.ees_data import DataSet, Publication, Release
from tests.refresh.publisher import year_later

OUTCOMES = Publication(
    "f51895df-c682-45e6-b23e-3138ddbfdaeb",
    "Outcomes for children in need, including children looked after by local authorities in England",
    "outcomes-for-children-in-need-including-children-looked-after-by-local-authorities-in-england",
    "Outcomes for children in need.",
)
RELEASE = Release("Reporting year 2025", "2025", "6e60aacd-d46c-416a-af4d-9d2269506ff2", "2026-04-16T08:30:00+00:00")
GROUPS = {
    "in_need": "CINO at 31 March",
    "protection_plan": "CPPO at 31 March",
    "looked_after_12_months": "CLA 12 months at 31 March",
    "all_pupils": "All pupils comparison",
    "in_need_all": "CIN at 31 March",
    "looked_after": "CLA at 31 March",
    "looked_after_under_12_months": "CLA less than 12 months at 31 March",
    "in_need_all_in_year": "CIN at any point",
    "in_need_in_year": "CINO at any point",
    "protection_plan_in_year": "CPPO at any point",
    "looked_after_in_year": "CLA at any point",
    "ever_in_need": "Ever CIN - last 6 years",
}
PROVISIONS = {
    "all": "All pupils",
    "any_sen": "All SEN provision",
    "no_sen": "No SEN provision",
    "sen_support": "SEN support / SEN without an EHC plan",
    "ehc_plan": "Education, health and care plan",
}
ENGLAND = "E92000001"


def by_area(change=lambda content: content) -> CatalogueFile:
    """DfE's file of 2022 with a made-up year after it, the column of plans called as later releases call it."""
    content = gzip.decompress((samples.ORIGINALS / "cin" / "sen_la.csv.gz").read_bytes())
    later = year_later(content).replace(b"statement_or_EHC_plan", b"EHC_plan")
    return CatalogueFile("sen_la.csv", "LA - Special educational needs (SEN)", change(later), OUTCOMES, RELEASE)


def of_england(store, change=lambda row: row) -> DataSet:
    """The shipped figures of England in the columns of the API, the last year once more a year later."""
    table = store.table("care")
    rows = table[table["area_code"].eq(ENGLAND) & table["group"].isin(list(GROUPS))]
    rows = rows.astype(dict.fromkeys(("period", "group", "sen", "need", "unit", "status"), str))
    wide = rows.pivot(index=["period", "group", "sen", "need"], columns="unit", values="value").reset_index()
    last = wide[wide["period"].eq("2021/22")].assign(period="2022/23")
    text = io.StringIO()
    names = ["social_care_group", "sen_provision", "sen_primary_need", "pupil_count", "pupil_percent"]
    writer = csv.writer(text, lineterminator="\n")
    place = ["time_period", "time_identifier", "geographic_level", "country_code", "country_name"]
    writer.writerow([*place, *names])
    labels = {"all": "Total", **NEEDS}
    for frame in (wide, last):
        for row in frame.itertuples():
            cells = dict(
                zip(
                    names,
                    [
                        GROUPS[row.group],
                        PROVISIONS[row.sen],
                        labels[row.need],
                        f"{row.children:.0f}" if row.children == row.children else "c",
                        f"{row.percent:.1f}" if row.percent == row.percent else "z",
                    ],
                    strict=True,
                )
            )
            year = f"{row.period[:4]}{row.period[-2:]}"
            writer.writerow([year, "Academic year", "National", ENGLAND, "England", *change(cells).values()])
    made = DataSet("National - Special educational needs (SEN) - API", OUTCOMES)
    made.add_version("1.0", text.getvalue(), published="2026-04-16T08:30:00+00:00")
    return made
