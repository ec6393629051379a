"""Whether a new release can be right beside the figures held, decided part by part.

What is wrong with some figures (checks.py, vanished.py) keeps back those that
stand and fall with them (nature.py), and no others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from sendlib.errors import ContractBroken
from sendlib.refresh import checks, vanished, words
from sendlib.refresh.figures import PLACE, Coded, with_same_labels
from sendlib.refresh.nature import Nature, labels_of
from sendlib.refresh.work import small, stacked
from sendlib.store import NewTable, Store


@dataclass(frozen=True)
class Verdict:
    """What of a new release may be taken: `frame` has the new figures, and the held ones for what is kept back.

    `kept_back`: what is kept back -> why. `note` says what changed, in words. `nothing` is true when all is kept back.
    """

    frame: pd.DataFrame
    note: str
    kept_back: Mapping[str, str]
    nothing: bool = False


def judged(
    table: NewTable,
    store: Store,
    nature: Nature | None = None,
    *,
    may_revise: bool = False,
    replaced: bool = False,
    brings: str = "",
) -> Verdict:
    """What of a new release can be right beside the figures held, part by part.

    A fault of a total, of England's sum or of authorities that vanish keeps
    back the part; any other keeps back the breakdown that it is in, and a
    breakdown that was counted anew comes in with a word on how far it moved.

    `may_revise`: the publisher revises the whole past each time, so values may
    change, but not go missing. `replaced`: the release stands in place of the
    one before as a whole (projections), so earlier periods may go. `brings`:
    how the measures begin that the source brings, where others of the table
    come from elsewhere and need not have the new period.
    """
    if table.name not in store.tables:
        return Verdict(table.frame, "first release", {})
    old, new = store.table(table.name), table.frame
    if not {"area_code", "period", "value"} <= set(old):
        lost_rows = [] if replaced else list(checks.too_short(old, new))
        lost_areas = list(checks.areas_lost(old, new, store)) if "area_code" in old else []
        wrong = [*lost_rows, *lost_areas]
        return Verdict(old if wrong else new, "", {words.WHOLE: wrong[0].said} if wrong else {}, nothing=bool(wrong))
    judging = _Judging(table, store, nature or Nature(), may_revise, replaced, brings)
    for part in dict.fromkeys(judging.labels["part"]):
        judging.look_at(part)
    return judging.verdict()


class _Judging:
    """A new release beside the one held: its parts are looked at one after another, and then there is a verdict."""

    def __init__(
        self, table: NewTable, store: Store, nature: Nature, may_revise: bool, replaced: bool, brings: str
    ) -> None:
        self._table = table
        self._store = store
        self._nature = nature
        self._how = {"may_revise": may_revise, "replaced": replaced}
        self._brings = brings
        self._old, self._new = Coded(store.table(table.name)), Coded(table.frame)
        self._present = vanished.areas_by_period(table.frame)
        self._past = vanished.abolished(store)
        self.labels = labels_of(self._old, self._new, nature)
        self._faults: dict[str, str] = {}
        self._kept_back: set[str] = set()
        self._moved: dict[str, pd.DataFrame] = {}
        self._revised: list[tuple[int, float]] = []
        self._without: list[pd.DataFrame] = []

    def look_at(self, part: str) -> None:
        """Look at the units of a part, those of its totals first: what is wrong with them keeps back all of it."""
        labels = self.labels[self.labels["part"].eq(part)]
        has_total = labels.groupby("unit")["total"].any()
        for unit in sorted(has_total.index, key=lambda one: not has_total[one]):
            if self._is_wrong(unit, labels) and has_total[unit]:
                self._kept_back |= set(has_total.index)
                return

    def _is_wrong(self, unit: str, labels: pd.DataFrame) -> bool:
        """Whether a unit is kept back; what else is to be told of it is noted.

        It is looked at with the periods that are held of it: what was kept back before is new to it.
        """
        own = set(labels.index[labels["unit"].eq(unit)])
        before, now = with_same_labels(self._old.figures(own), self._new.figures(own))
        held = set(before["period"].unique()) if len(before) else set(now["period"].unique())
        brought = now[now["measure"].str.startswith(self._brings)] if self._brings else now
        without = vanished.authorities_without(brought, held, self._past, self._present)
        if unit.rpartition("|")[2] not in self._nature.derived:
            found = list(
                checks.problems(
                    before, now, self._store, **self._how, brings=self._brings, may_end=self._nature.may_end
                )
            )
            if len(before):
                found += vanished.gone(without, self._store)
            news = [one for one in found if one.revision and not labels["total"].get(one.measure, True)]
            wrong = [one for one in found if one not in news]
            if wrong:
                self._faults[unit] = wrong[0].said
                self._kept_back.add(unit)
                return True
            if news:
                recounted = before[before["measure"].isin({one.measure for one in news})]
                self._moved[unit] = recounted.merge(now, on=PLACE, suffixes=("_old", "_new"))
        self._revised.append(words.england_revised(before, now))
        self._without.append(without)
        return False

    def verdict(self) -> Verdict:
        """What of the release may be taken, and what is said of it."""
        kept_back = {words.kept_back(unit, self.labels, self._nature): why for unit, why in self._faults.items()}
        said = [
            words.revisions(self._revised),
            *(words.recounted(unit, rows, self._nature, self._table) for unit, rows in self._moved.items()),
            vanished.named(self._without, self._store),
        ]
        nothing = self._kept_back >= set(self.labels["unit"])
        return Verdict(self._composed(nothing), " ".join(filter(None, said)), kept_back, nothing)

    def _composed(self, nothing: bool) -> pd.DataFrame:
        """The new figures, with those held for the units that are kept back."""
        old, new = self._old, self._new
        if nothing or not self._kept_back:
            return old.frame if nothing else new.frame
        kept = set(self.labels.index[self.labels["unit"].isin(self._kept_back)])
        frame = stacked([small(new.frame[~new.of(kept)]), small(old.frame[old.of(kept)][list(new.frame.columns)])])
        keys = [name for name in frame if name not in ("value", "status")]
        return frame.sort_values(keys, ignore_index=True)


def checked(
    table: NewTable, store: Store, *, may_revise: bool = False, replaced: bool = False, brings: str = ""
) -> str:
    """A note on what a new release changes, or ContractBroken where anything in it can not be right."""
    found = judged(table, store, may_revise=may_revise, replaced=replaced, brings=brings)
    for said in found.kept_back.values():
        raise ContractBroken(f"the new release of '{table.name}'", said)
    return found.note
