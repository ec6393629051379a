"""What About the data says: how new everything is, what can be searched, and the parts that open. No Streamlit.

- `glance` and `calendar`: the first screen, three sentences and when each source changes;
- `finding`: the search, over `entries`;
- `parts`: what opens, a heading with sentences and a table each;
- `accessibility`: the statement, and how a fault is told;
- `method`: how each number is made, out of docs/method.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sendlib.about import calendar, entries, glance, method, parts
from sendlib.about.calendar import Calendar
from sendlib.about.finding import Entry
from sendlib.about.parts import Part
from sendlib.answer import Text
from sendlib.store import Looked, Store, TableInfo, looked


@dataclass(frozen=True)
class About:
    """What the page shows. `damaged` and `problems` are told first; `tables`: name -> what is held of it; `methods`:
    heading -> text of each section."""

    sentences: Sequence[Text]
    calendar: Calendar
    parts: Sequence[Part]
    methods: Mapping[str, str]
    entries: Sequence[Entry]
    tables: Mapping[str, TableInfo]
    damaged: Sequence[str]
    problems: Sequence[str]


def about(store: Store) -> About:
    """All of it, of the tables that a store holds."""
    infos = sorted(store.tables.values(), key=lambda info: info.title)
    when = calendar.of(infos, looked(store.live) if store.live else Looked())
    methods = method.sections()
    return About(
        sentences=glance.sentences(infos),
        calendar=when,
        parts=parts.of(store, infos, when.whole),
        methods=methods,
        entries=entries.of(infos, methods),
        tables={info.name: info for info in infos},
        damaged=store.damaged(),
        problems=store.problems,
    )
