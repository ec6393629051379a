"""A reader's own count of placements out of area, beside the plans that DfE counts: checked, and put into words.

Nobody publishes how many children with a plan are placed outside their authority; an authority may have counted them.
What it counts as out of area is its own to say. The count is in no answer: a page keeps it in the session's memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from sendlib.answer import Answer, Column, Table, Text
from sendlib.answer.numbers import count_of, percent, written
from sendlib.areas import Area
from sendlib.compared import latest
from sendlib.compared.means import FEWEST_PLANS
from sendlib.compared.rates import plans_in_place
from sendlib.questions.places import map_tables
from sendlib.questions.places.naming import maintainers
from sendlib.store import Store
from sendlib.tables.symbols import NOT_AVAILABLE, VALUE

NAME = "own_count"
LARGEST_OF_FEW = 4
_NUMBER = re.compile(r"[0-9]{1,7}|[0-9]{1,3}(,[0-9]{3}){1,2}")
_WHEN = re.compile(r"20[1-9][0-9](/[0-9]{2})?")
_MOST_SAID = 30
_COLUMNS = {
    "period": Column("When", "January in which the plans were counted", period=True),
    "plans": Column(
        "EHC plans", "EHC plans that are maintained for children and young people, ages 0 to 25", "plans", 0
    ),
    "doubtful": Column("Doubtful?", "why the number can not be right; a rule finds it, and it counts for no mean"),
    "status": Column("Status", "value, or why there is no number", only_in_files=True),
}


@dataclass(frozen=True)
class Count:
    """What a reader counted: those placed out of area, of how many plans (None where that was left empty), and when."""

    out: int
    of: int | None = None
    when: str = ""

    @property
    def small(self) -> bool:
        """Whether a number of it is 1 to 4, which could point to a child."""
        return any(1 <= number <= LARGEST_OF_FEW for number in (self.out, self.of or 0))


def table(store: Store, area: Area) -> Table:
    """The plans that DfE counts, beside which a reader's own count stands: one row, of the newest January with one."""
    period, held = latest.january_of(store, area.code), plans_in_place(store)
    plans = float(held[period].get(area.code, float("nan")))
    doubt = map_tables.doubtful_plans(store, area, period)
    row = {
        "period": period,
        "plans": plans,
        "doubtful": doubt.why if doubt else "",
        "status": VALUE if plans == plans else NOT_AVAILABLE,
    }
    return Table(
        pd.DataFrame([row]),
        Text(f"EHC plans of {maintainers(area)} as DfE counts them, {latest.said(period)}"),
        _COLUMNS,
        ("plans",),
        "Your own count of placements out of area",
        how_to_read=Text(
            "Nobody publishes how many children and young people with a plan are placed outside their authority. If you"
            " have counted them, enter your count, and it stands here beside DfE's number of plans. What you count"
            " as out of area is yours to say."
        ),
    )


def entered(answer: Answer, out: str, of: str, when: str) -> Count | str:
    """A count out of what was typed, or a sentence that says what is wrong with it."""
    numbers = {"Placed out of area": out.strip(), "Of how many plans": of.strip()}
    if not numbers["Placed out of area"]:
        return "Enter how many are placed out of area."
    for label, text in numbers.items():
        if text and not _NUMBER.fullmatch(text):
            shown = text if len(text) <= _MOST_SAID else f"{text[:_MOST_SAID]}..."
            return f"{label}: '{shown}' is not a whole number from 0 to 9,999,999."
    if (when := when.strip()) and not _WHEN.fullmatch(when):
        return "When: give a year such as 2025, or a school year such as 2024/25."
    placed, plans = (int(text.replace(",", "")) if text else None for text in numbers.values())
    count = Count(placed or 0, plans, when)
    if count.of is not None and count.out > count.of:
        return f"More are placed out of area ({written(count.out)}) than there are plans ({written(count.of)})."
    public = _public(answer)["plans"]
    if count.of is None and count.out > public:  # never of a number that is missing
        return (
            f"That is more than the {written(public)} plans that DfE counts. If your count is of more plans, enter of"
            " how many."
        )
    return count


def said(answer: Answer, count: Count, *, all_numbers: bool = False) -> str:
    """The count in words, beside the plans that are public. `all_numbers`: 1 to 4 as they are."""
    when = f" ({count.when})" if count.when else ""
    few = not all_numbers and 1 <= count.out <= LARGEST_OF_FEW
    placed = "fewer than 5" if few else written(count.out) if count.out else "none"
    own = f"Your own count{when}: {placed} placed out of area"
    if count.of is not None:
        hidden = not all_numbers and 1 <= count.of <= LARGEST_OF_FEW
        plans = "fewer than 5 plans" if hidden else count_of(count.of, "plan", "plans")
        share = "" if few else _share(count.out, count.of)
        own += f", of {plans}{f' ({share})' if share else ''}"
    return f"{own}. {_beside(answer, count, few=few)} Nobody here has checked your count."


def _beside(answer: Answer, count: Count, *, few: bool) -> str:
    """The public number in a sentence; a share of it only where the reader gave no number of plans."""
    row = _public(answer)
    whose, day = maintainers(answer.area), latest.said(str(row["period"]))
    if row["plans"] != row["plans"]:
        return f"How many plans {whose} had by DfE's count is not available."
    public = f"By DfE's count {whose} had {count_of(int(row['plans']), 'plan', 'plans')} in {day}"
    if row["doubtful"]:
        return f"{public}, a number that is doubtful: {row['doubtful']}."
    if count.of is not None or few:
        return f"{public}."
    share = _share(count.out, row["plans"])
    return f"{public}{f'; your count is {share} of that number' if share else ''}."


def _share(out: int, of: float) -> str:
    """`4.4%`; nothing of none, and nothing of so few plans that one more or less moves it."""
    return percent(100 * out / of) if out and of >= FEWEST_PLANS else ""


def _public(answer: Answer) -> pd.Series:
    return answer.tables[NAME].data.iloc[0]
