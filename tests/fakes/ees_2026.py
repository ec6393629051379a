"""DfE's release of EHC plans of 25 June 2026 in its own layout, made from the real files of 2025.

The names of files, columns, topics and labels are those of the real release (contracts/ees/ehc-plans-2026.md), and
so are the phase transfers, the tribunal's file and every total of January 2026. The rest of the newest year is
MADE UP by plain rules: a file's newest period is there once more, a year later. The growth of an area's plans, from
January 2025 to the real total of January 2026, is shared out over the categories of each topic by their size; all of
it needs support with SEMH and is at a mainstream academy, as far as there is room (the Isles of Scilly have fewer
plans). One in ten of an authority's plans for other difficulties, rounded down, is for Down syndrome. The Isle of
Wight, Leicester, Brighton and Hove, Norfolk and Halton have no figures where the real release has none. Earlier years
are as in 2025 but for what DfE revised: placements and age when the plan started in January 2025, and the new plans
of 2024, all 184 more in Birmingham.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

TITLES = {
    "annual_reviews.csv": "Number of annual reviews of EHC plans",
    "assessments.csv": "Assessments for an education, health and care plan carried out during the calendar year",
    "caseload.csv": "Education, health and care plans as at January each year",
    "ceased_plans.csv": "Education, health and care plans which ceased during the calendar year",
    "newplans.csv": "New education, health and care plans issued during the calendar year",
    "personal_budgets.csv": "Personal budgets",
    "phase_transfers.csv": "Number of phase transfers for EHC plans",
    "requests.csv": "Requests for an education, health and care needs assessment received during the calendar year",
    "residential_settings.csv": "Residential placements",
    "sen_need_newplans.csv": (
        "New education, health and care plans issued during the calendar year, by primary type of need"
    ),
    "sen_needs_caseload.csv": "Education, health and care plans as at January each year, by primary type of need",
    "timeliness_20_week.csv": (
        "Timeliness of new education, health and care plans, including those issued within the statutory 20 week"
        " timeframe"
    ),
    "work_based_placements.csv": "Work placed placements",
}
"""The real titles: none is the one that 2025 had."""

ENGLAND, ISLE_OF_WIGHT, LEWISHAM = "E92000001", "921", "209"
LEWISHAM_PLANS = 3698
"""What the total of London holds beyond its other authorities; the caseload has it, the phase transfers do not."""
NO_PLACEMENTS_IN_2025 = {"873", "812", "846", "336"}
AGE_STARTED_IN_2025 = {
    "age 2 and under": 4829,
    "age 3": 41673,
    "age 4": 108696,
    "age 5": 53520,
    "age 10": 67492,
    "age 11": 52288,
    "age 12": 24300,
}
"""England as DfE recounted it; the difference is taken from ages 6 to 9, so that the total stays."""
NEW_PLANS_ADDED_IN_2024 = {
    "number_asd": 8,
    "number_hi": 1,
    "number_mld": 9,
    "number_pd": 4,
    "number_semh": 74,
    "number_slcn": 80,
    "number_need_unknown": 8,
}
"""England's real revision by need, 184 in all."""
BIRMINGHAM, WEST_MIDLANDS = "330", "E12000005"
_GROWS = {
    "sex": "male",
    "age": "age 10",
    "ethnicity": "white - white british",
    "years": "2",
    "started": "age 4",
    "placement": ("mainstream - academy", "mainstream - total"),
}
_TOPIC = {
    "sex": "sex",
    "child or young persons age": "age",
    "age at start of academic year": "age",
    "ethnicity": "ethnicity",
    "years ehc plan in place": "years",
    "age when plan started": "started",
    "age on plan start date": "started",
    "type of placement": "placement",
}

Row = dict[str, str]
Percents = Mapping[str, tuple[str, str]]
"""Column of a percentage -> the columns that it is a part and a whole of."""


@dataclass
class Sheet:
    """A CSV file as rows by lower-case column."""

    columns: list[str]
    rows: list[Row]

    @classmethod
    def read(cls, content: bytes) -> Sheet:
        header, *body = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        columns = [name.lower() for name in header]
        return cls(list(dict.fromkeys(columns)), [dict(zip(columns, row, strict=True)) for row in body if row])

    def write(self) -> bytes:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(map(itemgetter(*self.columns), self.rows))
        return text.getvalue().encode()

    @property
    def newest(self) -> str:
        return max(row["time_period"] for row in self.rows)

    @property
    def figures(self) -> list[str]:
        """The columns after the description of a row."""
        described = "breakdown" if "breakdown" in self.columns else "la_name"
        return self.columns[self.columns.index(described) + 1 :]

    def rename(self, names: Mapping[str, str]) -> None:
        self.columns = [names.get(name, name) for name in self.columns]
        self.rows = [{names.get(name, name): cell for name, cell in row.items()} for row in self.rows]

    def topics(self, names: Mapping[str, str]) -> None:
        """Rename topics, and labels that repeat them."""
        for row in self.rows:
            for column in ("breakdown_topic", "breakdown"):
                row[column] = names.get(row[column], row[column])

    def add_year(self) -> None:
        newest = self.newest
        later = str(int(newest) + (101 if len(newest) == 6 else 1))
        self.rows += [{**row, "time_period": later} for row in self.rows if row["time_period"] == newest]

    def blank(self, codes: Iterable[str], symbol: str = "x", columns: Iterable[str] = (), period: str = "") -> None:
        """No figures for some authorities in one period, the newest without."""
        columns, period, codes = list(columns) or self.figures, period or self.newest, set(codes)
        for row in self.rows:
            if row["time_period"] == period and row["old_la_code"] in codes:
                row.update(dict.fromkeys(columns, symbol))


def area_of(row: Row) -> str:
    return {"National": ENGLAND, "Regional": row["region_code"]}.get(row["geographic_level"], row["old_la_code"])


def is_total(row: Row) -> bool:
    return row["breakdown_topic"].lower().startswith(("all ", "new ehc"))


def catalogue_files(data_2025: Mapping[str, bytes], phase_transfers: bytes) -> dict[str, bytes]:
    """File name -> content of every file of the catalogue, from the `data/` of the zip of 2025 by file name."""
    totals = {area_of(row): row["number_plans"] for row in Sheet.read(phase_transfers).rows}
    totals[LEWISHAM] = str(LEWISHAM_PLANS)
    files = {"phase_transfers.csv": phase_transfers}
    growth: dict[str, int] = {}
    for name, make in _MAKERS.items():
        sheet = Sheet.read(data_2025["sen_needs_all_plans.csv" if name == "sen_needs_caseload.csv" else name])
        if name == "caseload.csv":
            growth = _growth(sheet, totals)
        make(sheet, growth)
        files[name] = sheet.write()
    return files


def supporting_files(officers_2025: bytes, tribunal: bytes) -> dict[str, bytes]:
    """What lies beside `data/` in the zip."""
    sheet = Sheet.read(officers_2025)
    sheet.add_year()
    for row in sheet.rows:
        if row["des_so_care_off"] == "n/a":
            row["des_so_care_off"] = "x"
    return {
        "supporting-files/sen2_dmo_dco.csv": sheet.write(),
        "supporting-files/SEND appealable decisions rate 2024-2025.csv": tribunal,
    }


def _growth(caseload: Sheet, totals: Mapping[str, str]) -> dict[str, int]:
    """Plans of January 2026 less those of January 2025 by area; none for the Isle of Wight."""
    newest = caseload.newest
    return {
        area_of(row): int(totals[area_of(row)]) - int(row["ehcplans"])
        for row in caseload.rows
        if is_total(row) and row["time_period"] == newest and totals[area_of(row)] != "x"
    }


def _grow(sheet: Sheet, growth: Mapping[str, int], counted: Callable[[Row], list[str]], percent: Percents) -> None:
    """Add each area's growth to its total, and to the categories of each topic by their size."""
    newest = sheet.newest
    places: dict[tuple[str, str], list[Row]] = {}
    for row in sheet.rows:
        if row["time_period"] == newest and area_of(row) in growth:
            topic = "all" if is_total(row) else _TOPIC[row["breakdown_topic"].lower()]
            places.setdefault((area_of(row), topic), []).append(row)
    for (area, topic), rows in places.items():
        shares = [growth[area]] if topic == "all" else _shared_out(rows, growth[area], counted)
        for row, share in zip(rows, shares, strict=True):
            for column in counted(row):
                place = _with_room(row, column, share)
                if place:
                    row[place] = str(int(row[place]) + share)
            for column, (part, whole) in percent.items():
                if row[part].isdigit() and row[whole].isdigit():
                    row[column] = f"{100 * int(row[part]) / max(int(row[whole]), 1):.1f}".removesuffix(".0")


def _shared_out(rows: list[Row], growth: int, counted: Callable[[Row], list[str]]) -> list[int]:
    """The growth of an area by category (largest remainder); the total of a group of placements has that of its own."""
    sizes = [int(cell) if (cell := row[counted(row)[0]]).isdigit() else 0 for row in rows]
    labels = [row["breakdown"].lower() for row in rows]
    leaves = [place for place, label in enumerate(labels) if not label.endswith("- total")]
    whole = sum(sizes[place] for place in leaves)
    shares = [0] * len(rows)
    if not whole:
        return [growth if place == leaves[0] else 0 for place in range(len(rows))] if leaves else shares
    exact = {place: abs(growth) * sizes[place] / whole for place in leaves}
    for place in leaves:
        shares[place] = int(exact[place])
    left = abs(growth) - sum(shares)
    for place in sorted(leaves, key=lambda place: (shares[place] - exact[place], place))[:left]:
        shares[place] += 1
    for place, label in enumerate(labels):
        if place not in exact:
            group = label.removesuffix("total")
            shares[place] = sum(shares[leaf] for leaf in leaves if labels[leaf].startswith(group))
    return [share if growth > 0 else -share for share in shares]


def _with_room(row: Row, column: str, growth: int) -> str:
    """The column, or where it has too few plans to lose some (Isles of Scilly) the largest of its kind; or none."""
    if not row[column].isdigit() or int(row[column]) + growth >= 0:
        return column if row[column].isdigit() else ""
    kind = column.partition("_")[0]
    alike = [name for name in row if name.startswith(f"{kind}_") and not name.endswith(("_pc", "_total"))]
    largest = max(alike, key=lambda name: int(row[name]) if row[name].isdigit() else -1, default="")
    return largest if largest and row[largest].isdigit() and int(row[largest]) + growth >= 0 else ""


def _split_academies(sheet: Sheet) -> None:
    """Until 2022 all are academies and free schools are `x`; from 2023 on one in six is a free school."""
    place = sheet.columns.index("special_academy_free")
    sheet.columns[place : place + 1] = ["special_academy", "special_free_school"]
    for row in sheet.rows:
        both = row.pop("special_academy_free")
        told = both.isdigit() and row["time_period"] >= "2023"
        free = int(both) // 6 if told else 0
        row["special_academy"] = str(int(both) - free) if told else both
        row["special_free_school"] = str(free) if told else "x"


def _caseload(sheet: Sheet, growth: Mapping[str, int]) -> None:
    _split_academies(sheet)
    sheet.topics({"Child or young persons age": "Age at start of academic year"})
    sheet.add_year()
    percents = {f"{name}_pc": (name, "ehcplans") for name in sheet.columns if f"{name}_pc" in sheet.columns}
    percents["mainstream_total_pc"] = ("mainstream_total", "ehcplans")
    _grow(sheet, growth, lambda row: ["ehcplans", "mainstream_academy", "mainstream_total"], percents)
    _one_year_or_less(sheet, sheet.newest)
    sheet.blank([ISLE_OF_WIGHT])
    placements = [name for name in sheet.figures if name != "ehcplans"]
    sheet.blank(NO_PLACEMENTS_IN_2025, "x", placements, "202425")
    _recounted(sheet)


def _one_year_or_less(sheet: Sheet, period: str) -> None:
    """One row "1 or less" in place of two, in the newest year only."""
    kept, less = [], {}
    for row in sheet.rows:
        if row["time_period"] == period and row["breakdown_topic"] == "Years EHC plan in place":
            if row["breakdown"] == "Less than a year":
                less[area_of(row)] = row
                continue
            if row["breakdown"] == "1":
                row["breakdown"] = "1 or less"
        kept.append(row)
    for row in kept:
        if row["time_period"] == period and row["breakdown"] == "1 or less" and area_of(row) in less:
            _add(row, less.pop(area_of(row)), sheet.figures)
    for row in less.values():
        row["breakdown"] = "1 or less"
    sheet.rows = [*kept, *less.values()]


def _add(row: Row, other: Row, columns: Iterable[str]) -> None:
    for column in columns:
        if row[column].isdigit() and other[column].isdigit():
            row[column] = str(int(row[column]) + int(other[column]))


def _recounted(sheet: Sheet) -> None:
    """January 2025 as DfE has it now.

    England's age when the plan started as in AGE_STARTED_IN_2025; in the areas a
    fifth of those aged 4, 5, 11 and 12 counts as a year younger.
    """
    started: dict[str, dict[str, Row]] = {}
    for row in sheet.rows:
        if row["time_period"] != "202425":
            continue
        if row["breakdown_topic"] == "Age when plan started":
            started.setdefault(area_of(row), {})[row["breakdown"]] = row
        if area_of(row) == ENGLAND and is_total(row):
            row["placement_unknown"] = "15389"
    for area, ages in started.items():
        if area == ENGLAND:
            more = sum(new - int(ages[age]["ehcplans"]) for age, new in AGE_STARTED_IN_2025.items())
            for number, age in enumerate(("age 6", "age 7", "age 8", "age 9")):
                ages[age]["ehcplans"] = str(int(ages[age]["ehcplans"]) - (more + number) // 4)
            for age, new in AGE_STARTED_IN_2025.items():
                ages[age]["ehcplans"] = str(new)
            continue
        for age in (4, 5, 11, 12):
            older, younger = ages.get(f"age {age}"), ages.get(f"age {age - 1}")
            if older and younger and older["ehcplans"].isdigit() and younger["ehcplans"].isdigit():
                moved = int(older["ehcplans"]) // 5
                older["ehcplans"] = str(int(older["ehcplans"]) - moved)
                younger["ehcplans"] = str(int(younger["ehcplans"]) + moved)


def _needs(sheet: Sheet, down_syndrome_in: str) -> None:
    """Columns in the order of 2026; Down syndrome is `x` in years before the newest, where it is within other."""
    needs = sorted([name for name in sheet.columns if name.startswith("number_")] + ["number_ds"])
    needs.sort(key="number_need_unknown".__eq__)
    percents = [f"{name.removeprefix('number_')}_pc".replace("need_unknown_pc", "unknown_pc") for name in needs]
    sheet.columns = [*sheet.columns[: sheet.columns.index("ehc_plans") + 1], *needs, *percents]
    down_syndrome: Counter[tuple[str, str, str]] = Counter()
    for row in sheet.rows:
        authority = row["geographic_level"] == "Local authority" and row["time_period"] == down_syndrome_in
        if authority and row["number_oth"].isdigit():
            for area in (row["old_la_code"], row["region_code"], ENGLAND):
                down_syndrome[area, row["breakdown_topic"], row["breakdown"]] += int(row["number_oth"]) // 10
    for row in sheet.rows:
        row["number_ds"] = row["ds_pc"] = "x"
        if row["time_period"] == down_syndrome_in and row["number_oth"].isdigit():
            row["number_ds"] = str(down_syndrome[area_of(row), row["breakdown_topic"], row["breakdown"]])
            row["number_oth"] = str(int(row["number_oth"]) - int(row["number_ds"]))
        for name, percent in zip(needs, percents, strict=True):
            if row[name].isdigit() and row["ehc_plans"].isdigit():
                row[percent] = f"{100 * int(row[name]) / max(int(row['ehc_plans']), 1):.1f}".removesuffix(".0")


def _placements_told_apart(sheet: Sheet) -> None:
    found = []
    for row in sheet.rows:
        if row["breakdown"].lower() not in ("special - academy/free schools", "special - academy/free school"):
            found.append(row)
            continue
        academy = {**row, "breakdown": "Special - Academy"}
        free = {**row, "breakdown": "Special - Free school"}
        needs = [name for name in sheet.figures if name.startswith("number_") and row[name].isdigit()]
        for column in needs:
            free[column] = str(int(row[column]) // 6)
            academy[column] = str(int(row[column]) - int(free[column]))
        if row["ehc_plans"].isdigit() and needs:
            free["ehc_plans"] = str(sum(int(free[column]) for column in needs))
            academy["ehc_plans"] = str(int(row["ehc_plans"]) - int(free["ehc_plans"]))
        found += [academy, free]
    sheet.rows = found


def _needs_caseload(sheet: Sheet, growth: Mapping[str, int]) -> None:
    _placements_told_apart(sheet)
    sheet.topics({"Child or young persons age": "Age at start of academic year"})
    sheet.add_year()
    needs = [name for name in sheet.figures if name.startswith("number_")]

    def counted(row: Row) -> list[str]:
        """SEMH grows; where plans become fewer, the largest need does."""
        largest = max(needs, key=lambda name: int(row[name]) if row[name].isdigit() else 0)
        return ["ehc_plans", "number_semh" if growth[area_of(row)] > 0 else largest]

    _grow(sheet, growth, counted, {})
    _one_year_or_less(sheet, sheet.newest)
    sheet.blank([ISLE_OF_WIGHT])
    sheet.blank(["846"], columns=[name for name in sheet.figures if name != "ehc_plans"])
    _needs(sheet, sheet.newest)


def _sen_need_newplans(sheet: Sheet, growth: Mapping[str, int]) -> None:
    _placements_told_apart(sheet)
    sheet.topics(
        {"Child or young persons age": "Age on plan start date", "Age when plan started": "Age on plan start date"}
    )
    _more_new_plans(sheet)
    sheet.add_year()
    sheet.blank([ISLE_OF_WIGHT])
    sheet.blank(["846"], columns=[name for name in sheet.figures if name != "ehc_plans"])
    _needs(sheet, sheet.newest)


def _more_new_plans(sheet: Sheet) -> None:
    more = {**NEW_PLANS_ADDED_IN_2024, "ehc_plans": sum(NEW_PLANS_ADDED_IN_2024.values())}
    mainstream = ("mainstream - la maintained", "mainstream - total")
    for row in sheet.rows:
        topic = _TOPIC.get(row["breakdown_topic"].lower(), "all")
        wanted = mainstream if topic == "placement" else (_GROWS.get(topic, ""),)
        if area_of(row) in (BIRMINGHAM, WEST_MIDLANDS, ENGLAND) and (
            topic == "all" or row["breakdown"].lower() in wanted
        ):
            for column, number in more.items():
                row[column] = str(int(row[column]) + number)


def _newplans(sheet: Sheet, growth: Mapping[str, int]) -> None:
    _split_academies(sheet)
    sheet.rename({"await_prov_2022": "await_prov", "perm_ex_2022": "perm_ex"})
    sheet.topics({"New EHC plans": "All new EHC plans"})
    for row in sheet.rows:
        if row["time_period"] == "2024" and area_of(row) in (BIRMINGHAM, WEST_MIDLANDS, ENGLAND):
            topic = _TOPIC.get(row["breakdown_topic"].lower(), "all")
            if topic == "all" or row["breakdown"].lower() == _GROWS[topic]:
                for column in ("new_ehc_plans", "mainstream_la_maintained", "mainstream_total"):
                    row[column] = str(int(row[column]) + sum(NEW_PLANS_ADDED_IN_2024.values()))
    sheet.add_year()
    sheet.blank([ISLE_OF_WIGHT])


def _requests(sheet: Sheet, growth: Mapping[str, int]) -> None:
    name = "All requests for an EHC needs assessment"
    sheet.topics({"All requests for EHC needs assessments": name})
    sheet.add_year()
    sheet.blank(["856"], "no data")
    sheet.blank([ISLE_OF_WIGHT])
    sheet.blank(["302"], columns=["tribunal_related_request", "tribunal_after_mediation_request"])


def _assessments(sheet: Sheet, growth: Mapping[str, int]) -> None:
    sheet.add_year()
    sheet.blank(["856"], "no data")
    sheet.blank([ISLE_OF_WIGHT])


def _timeliness(sheet: Sheet, growth: Mapping[str, int]) -> None:
    """The average weeks are 26.4 and, exceptions left out, 25.8 everywhere."""
    sheet.topics({"All EHC plans issued": "All EHC plans"})
    sheet.add_year()
    averages = {"avg_weeks_issue_plan": "26.4", "avg_weeks_issue_plan_exc": "25.8"}
    sheet.columns += averages
    newest, unknown = sheet.newest, dict.fromkeys(averages, "x")
    for row in sheet.rows:
        row.update(averages if row["time_period"] == newest else unknown)
    sheet.blank(["856"], "no data")
    sheet.blank([ISLE_OF_WIGHT, "926", "876"])


def _annual_reviews(sheet: Sheet, growth: Mapping[str, int]) -> None:
    """One year, in the names of columns; reviews that were not completed are all that were not met by its end.

    Outcomes and decisions are counted of the reviews completed in the year
    only, so their numbers are cut down to these, maintained plans last.
    """
    renamed = {
        "review_expected": "review_expected_2025",
        "review_not_expected": "review_not_expected_2025",
        "review_meeting_24": "review_completed_2025",
        "review_meeting_prior_24": "review_completed_prior_2025",
        "no_review_meeting": "review_not_completed",
        "outcome_amend": "outcome_amended",
        "outcome_cease": "outcome_ceased",
        "outcome_maintan": "outcome_maintained",
        "no_outcome": "no_outcome_recorded",
        "number_decsion_4weeks": "decision_4_weeks",
        "number_decision_gt_4weeks": "decision_over_4_weeks",
    }
    sheet.topics(
        {"All annual reviews": "All reviews of EHC plans", "Child or young persons age": "Age at 31 August 2025"}
    )
    sheet.rename(renamed)
    sheet.columns = [*sheet.columns[: sheet.columns.index("total_ehc_plans") + 1], *renamed.values()]
    sheet.rows = [row for row in sheet.rows if row["breakdown_topic"] != "Type of placement"]
    for row in sheet.rows:
        row["time_period"] = "2025"
        if row["review_completed_2025"].isdigit():
            _counted_in_the_year(row)
    _one_year_or_less(sheet, "2025")
    sheet.blank([ISLE_OF_WIGHT])


def _counted_in_the_year(row: Row) -> None:
    row["review_not_completed"] = str(int(row["review_not_completed"]) + int(row["review_meeting_25"]))
    left = completed = int(row["review_completed_2025"])
    for column in ("outcome_ceased", "outcome_amended", "no_outcome_recorded", "outcome_maintained"):
        part = left if column == "outcome_maintained" else min(max(int(row[column]), 0), left)
        row[column], left = str(part), left - part
    row["decision_4_weeks"] = str(min(int(row["decision_4_weeks"]), completed))
    row["decision_over_4_weeks"] = str(completed - int(row["decision_4_weeks"]))


def _ceased_plans(sheet: Sheet, growth: Mapping[str, int]) -> None:
    sheet.columns.remove("not_rec")
    for row in sheet.rows:
        row["other"] = str(int(row["other"]) + int(row.pop("not_rec")))
    sheet.add_year()
    sheet.blank([ISLE_OF_WIGHT, "856"])


def _once_more(sheet: Sheet, growth: Mapping[str, int]) -> None:
    sheet.add_year()
    sheet.blank([ISLE_OF_WIGHT])


_MAKERS: dict[str, Callable[[Sheet, Mapping[str, int]], None]] = {
    "caseload.csv": _caseload,
    "sen_needs_caseload.csv": _needs_caseload,
    "sen_need_newplans.csv": _sen_need_newplans,
    "newplans.csv": _newplans,
    "requests.csv": _requests,
    "assessments.csv": _assessments,
    "timeliness_20_week.csv": _timeliness,
    "annual_reviews.csv": _annual_reviews,
    "ceased_plans.csv": _ceased_plans,
    "personal_budgets.csv": _once_more,
    "residential_settings.csv": _once_more,
    "work_based_placements.csv": _once_more,
}
