"""EHC plans: the tables that are made of DfE's newest release (ehc_release.py finds and fetches its files).

A file that is missing or not as agreed keeps back the figures that are made of
it and no others: they stay as they are held, and are tried again. Figures of an
authority that is not known are left out, and it is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken, SourceUnavailable
from sendlib.provenance import Provenance
from sendlib.refresh import ees_files
from sendlib.refresh.ehc_pieces import by_period, names_of, totals
from sendlib.refresh.ehc_release import TITLE, Files, Release, listed_now, look
from sendlib.refresh.nature import Nature
from sendlib.refresh.source import Source
from sendlib.refresh.work import Look, Work, give_back_memory, merged, new_table, small, stacked
from sendlib.store import NewTable
from sendlib.tables import (
    designated_officers,
    ehc_files,
    ehc_labels,
    needs,
    phase_transfers,
    placements,
    plans,
    process,
    process_measures,
    reading,
    tribunal,
)
from sendlib.tables.ehc_labels import TOTAL

OFFICERS = designated_officers.TABLE.name
TRANSFERS = phase_transfers.TABLE.name
TABLES = ("needs", "plans", "placements", "process", OFFICERS, TRANSFERS)
"""Needs first: they tell how new the whole release held is, for of January 2026 totals of plans are shipped alone."""
ADDRESS = "find-statistics/education-health-and-care-plans"
NEEDED = {
    "plans": (ehc_files.CASELOAD,),
    "placements": (ehc_files.CASELOAD,),
    "needs": (ehc_files.NEEDS, ehc_files.NEW_NEEDS),
    "process": tuple(process.FILES),
    TRANSFERS: (ehc_files.PHASE_TRANSFERS,),
}
"""Table -> the files of the catalogue that it is made of."""
OFFICERS_FILE, APPEALS_FILE = r"dmo.*dco", r"(appealable|tribunal)[^/]*\.csv$"
"""How the files of designated officers and of appeals are called in the release's zip."""
_APPEALS = "appeals"
_SCOPES = {"all": "needs of all plans", "new": "needs of new plans"}
_STEP_OF_FILE = {
    name: process_measures.MEASURES[next(iter(columns.values()))].step for name, (_, columns) in process.FILES.items()
}
"""File -> what it tells of, as one says it: twenty-week figures, annual reviews."""
NATURES = {
    "plans": Nature(totals={"characteristic": TOTAL}, words=ehc_labels.WORDS, may_end=True),
    "needs": Nature(
        "scope",
        _SCOPES,
        {"characteristic": TOTAL, "need": needs.PLANS},
        ehc_labels.WORDS,
        derived=(needs.OWN_ROW,),
        may_end=True,
    ),
    "placements": Nature(
        totals={"placement": placements.ALL_PLACEMENTS},
        words={"placement": "placements", **{code: one.name for code, one in ehc_labels.PLACEMENTS.items()}},
        units=dict.fromkeys(ehc_labels.PLACEMENTS, "placement"),
        may_end=True,
    ),
    "process": Nature("measure", {code: one.step for code, one in process_measures.MEASURES.items()}, may_end=True),
}
"""Which figures of a table stand and fall together."""


def fetch(work: Work, look: Look) -> list[NewTable]:
    """Download the files of the tables wanted and make these, with earlier years from what is held.

    What is made of a file that is missing or not as agreed stays as it is held; the reason is in `work.partly`, or in
    `work.refused` where nothing of a table could be made.
    """
    release = look.parts
    assert isinstance(release, Release)
    names = [name for name in TABLES if work.wants(name)]
    files = Files(work, release, [role for name in names for role in NEEDED.get(name, ())])
    digest = files.download()
    if listed_now(work).key != look.key:
        raise SourceUnavailable(
            "DfE changed the release while it was being fetched. Nothing of it was taken, and the figures held before"
            " are unchanged. Refresh again to take it whole."
        )
    note = (
        f"{len(files.paths)} data files of the release, fetched from Explore Education Statistics."
        " Not suppressed or rounded by DfE."
    )
    origin = ees_files.origin(work, look, TITLE, ADDRESS, digest, note)
    tables = []
    for place, name in enumerate(names):
        work.report(0.7 + 0.25 * place / len(names), f"{TITLE}: reading {name}")
        try:
            tables += _MADE[name](work, files, origin)
        except ContractBroken as error:
            work.refused[name] = str(error)
        give_back_memory()
    return _of_known_authorities(work, files, tables)


def _of_known_authorities(work: Work, files: Files, tables: list[NewTable]) -> list[NewTable]:
    """The tables without authorities that are not known: no page could say whose figures they are.

    Who reads the closing table, or the notes of a table, is told which they are and what to do.
    """
    codes = {table.name: set(table.frame["area_code"].unique()) - set(work.areas.names) for table in tables}
    unknown = sorted({code for found in codes.values() for code in found if code.isdigit()})
    names: dict[str, str] = {}
    for path in files.paths.values():
        if unknown and len(names) < len(unknown):
            names |= names_of(path, set(unknown) - set(names))
    said = _unknown_said([f"{code} {names.get(code, '')}".strip() for code in unknown])
    if said:
        work.told.append(said)
    known = []
    for table in tables:
        notes = tuple(note for note in table.notes if not note.startswith(_UNKNOWN))
        frame = table.frame
        if found := codes[table.name] & set(unknown):
            frame = frame[~frame["area_code"].isin(found)].reset_index(drop=True)
            frame = frame.assign(area_code=frame["area_code"].cat.remove_unused_categories())
            notes = (*notes, said)
        known.append(replace(table, frame=frame, notes=notes))
    return known


_UNKNOWN = "DfE's files name "


def _unknown_said(named: Sequence[str]) -> str:
    """That some authorities are not known, with what to do; nothing where all are."""
    if not named:
        return ""
    one = len(named) == 1
    return (
        f"{_UNKNOWN}{'an authority' if one else 'authorities'} that this version of SEND Explorer does not know:"
        f" {', '.join(named)}. {'Its' if one else 'Their'} figures are left out. Where authorities have changed, a"
        f" newer version knows them: install it, and 'refresh ehc_plans' brings {'its' if one else 'their'} figures."
    )


def _plans(work: Work, files: Files, origin: Provenance) -> list[NewTable]:
    parts = []
    for piece in by_period(files.whole(ehc_files.CASELOAD)):
        recent = plans.read_caseload(piece, "caseload.csv")
        bands = [plans.age_bands(recent)] if recent["characteristic"].eq("age").any() else []
        parts += [small(part[[*plans.KEYS, "value", "status"]]) for part in (recent, *bands)]
    found = stacked(parts)
    held = work.store.table("plans")
    frame = merged(held, _as_fine(found, held), ["period", "measure", "characteristic"])
    return [new_table(plans.TABLE, _sorted(frame, plans.KEYS), (), origin, work.store)]


def _needs(work: Work, files: Files, origin: Provenance) -> list[NewTable]:
    held = work.store.table("needs")
    parts: list[pd.DataFrame] = []
    notes = list(work.store.info("needs").notes)
    regions: dict[str, str] = {}
    # Each file is read, made small and let go before the next: the two are the largest of the release.
    for scope, role, file in (
        ("all", ehc_files.NEEDS, "caseload by need"),
        ("new", ehc_files.NEW_NEEDS, "new plans by need"),
    ):
        try:
            own, found = [], []
            for piece in by_period(files.whole(role)):
                regions = regions or needs.regions_of(piece, file)
                part, more = needs.with_sums_of_authorities(needs.read(piece, file, scope), regions)
                own.append(small(part))
                found += more
        except ContractBroken as error:
            work.partly.setdefault("needs", {})[_SCOPES[scope]] = str(error)
            continue
        part = stacked(own)
        parts.append(_as_fine(part, held))
        replaced = part["period"].unique()
        del own, part
        notes = [*(note for note in notes if not any(f", {period}: " in note for period in replaced)), *found]
    if not parts:
        raise ContractBroken(TITLE, " ".join(work.partly.pop("needs").values()))
    come = stacked(parts)
    parts.clear()
    frame = _sorted(merged(held, come, ["period", "scope", "characteristic"]), needs.KEYS)
    del come
    give_back_memory()
    return [new_table(needs.TABLE, frame, notes, origin, work.store)]


def _placements(work: Work, files: Files, origin: Provenance) -> list[NewTable]:
    parts = [small(placements.read(piece, "caseload.csv")) for piece in by_period(files.whole(ehc_files.CASELOAD))]
    frame = merged(work.store.table("placements"), stacked(parts), ["period"])
    return [new_table(placements.TABLE, _sorted(frame, placements.KEYS), (), origin, work.store)]


def _process(work: Work, files: Files, origin: Provenance) -> list[NewTable]:
    parts, notes, earlier = [], [], list(work.store.info("process").notes)
    for name, (kind, columns) in process.FILES.items():
        try:
            part, found = process.read_2025(totals(files.whole(name)), f"{name}.csv", kind, columns)
        except ContractBroken as error:
            work.partly.setdefault("process", {})[_STEP_OF_FILE[name]] = str(error)
            continue
        parts.append(part)
        earlier = _of_other_periods(earlier, f"{name}.csv", part["period"].unique())
        notes += [_with_names(note, work.areas) for note in found]
    if not parts:
        raise ContractBroken(TITLE, " ".join(work.partly.pop("process").values()))
    held = work.store.table("process").astype({"area_code": str, "period": str, "measure": str, "status": str})
    frame = process.newest_with_a_figure(pd.concat(parts, ignore_index=True), held)
    rest = merged(held, frame, ["period", "measure"])
    try:
        if appeals := _appeals(work, files):
            rest = merged(rest, appeals[0], ["period", "measure"])
            notes += appeals[1]
    except ContractBroken as error:
        work.partly.setdefault("process", {})[_APPEALS] = str(error)
    return [new_table(process.TABLE, _sorted(rest, process.KEYS), [*earlier, *notes], origin, work.store)]


def _of_other_periods(notes: Sequence[str], file: str, periods: Sequence[str]) -> list[str]:
    """Notes without those on periods of a file that its new release replaces."""
    return [note for note in notes if not note.startswith(tuple(f"{file}, {period}:" for period in periods))]


def _with_names(note: str, areas: Areas) -> str:
    """A note with names in place of the codes that a reader of a file gives."""
    return re.sub(r"area (\d{3}|E\d{8})|\bE12\d{6}\b", lambda code: areas.names.get(code[1] or code[0], code[0]), note)


def _appeals(work: Work, files: Files) -> tuple[pd.DataFrame, list[str]] | None:
    """Appeals to the tribunal out of the release's zip, with notes; nothing where it has no such file, or an older
    report than the one held."""
    found = files.supporting(APPEALS_FILE)
    if found is None:
        return None
    held = work.store.table("plans").astype({"area_code": str, "period": str, "characteristic": str})
    frame, notes = tribunal.read_any(found[0], "the tribunal's file of the release", work.areas, held)
    process_held = work.store.table("process")
    newest = process_held.loc[process_held["measure"].eq("appeals"), "period"].astype(str).max()
    if frame["period"].max() < newest:
        return None
    return frame, [_with_names(note, work.areas) for note in notes]


def _phase_transfers(work: Work, files: Files, origin: Provenance) -> list[NewTable]:
    """Moves to another phase; no table where the release has no such file, as until 2025."""
    if ehc_files.PHASE_TRANSFERS not in files.paths:
        work.absent[TRANSFERS] = "the newest release has no file of them"
        return []
    found = phase_transfers.read(files.whole(ehc_files.PHASE_TRANSFERS).read_bytes(), "phase_transfers.csv")
    frame = merged(work.store.table(TRANSFERS), found.astype(dict.fromkeys(phase_transfers.KEYS, str)), ["period"])
    return [new_table(phase_transfers.TABLE, _sorted(frame, phase_transfers.KEYS), (), origin, work.store)]


def _designated_officers(work: Work, files: Files, origin: Provenance) -> list[NewTable]:
    """The supporting file out of the release's zip; no table where the release has no such file."""
    found = files.supporting(OFFICERS_FILE)
    if found is None:
        work.absent[OFFICERS] = "the newest release has no supporting file of them"
        return []
    content, sha256 = found
    frame = merged(work.store.table(OFFICERS), designated_officers.read(content, "sen2_dmo_dco.csv"), ["period"])
    frame = reading.as_categories(frame, designated_officers.KEYS).astype({"answer": "category", "status": "category"})
    own = replace(origin, sha256=sha256, note="A supporting file of the release, from its zip.")
    return [new_table(designated_officers.TABLE, frame, (), own, work.store)]


_MADE: dict[str, Callable[[Work, Files, Provenance], list[NewTable]]] = {
    "plans": _plans,
    "needs": _needs,
    "placements": _placements,
    "process": _process,
    OFFICERS: _designated_officers,
    TRANSFERS: _phase_transfers,
}


def _as_fine(found: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """`found` without years in place of periods that are held in more detail.

    The release of 2026 has "1 or less" where that of 2025 tells less than a year
    from one year; what it repeats of earlier years must not take the detail away.
    """
    years = held[held["characteristic"].astype(str).eq("years_in_place")]
    finer = set(years.loc[years["category"].astype(str).eq("Less than 1"), "period"].astype(str))
    own = found["characteristic"].astype(str).eq("years_in_place")
    coarser = set(found.loc[own & found["category"].astype(str).eq("1 or less"), "period"].astype(str))
    return found[~(own & found["period"].astype(str).isin(finer & coarser))].reset_index(drop=True)


def _sorted(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Rows in the order of their keys, text as categories in order (reading.as_categories, without making text)."""
    frame = small(frame[[*keys, "value", "status"]])
    labels = {name: sorted(frame[name].unique()) for name in (*keys, "status")}
    frame = frame.astype({name: pd.CategoricalDtype(known) for name, known in labels.items()})
    return frame.sort_values(keys, kind="stable", ignore_index=True)


SOURCE = Source(
    name="ehc_plans",
    group="ees",
    title=TITLE,
    tables=TABLES,
    look=look,
    fetch=fetch,
    natures=NATURES,
)
