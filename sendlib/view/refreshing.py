"""The button that fetches what is newer: in the background, one at a time, for everybody who uses this copy."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
import streamlit as st

from sendlib import settings
from sendlib.errors import SendlibError
from sendlib.refresh import core
from sendlib.refresh.core import Row
from sendlib.refresh.work import Stopped
from sendlib.view import tables

OUTCOMES = {
    "new": "New figures",
    "same": "Nothing newer",
    "newer": "Newer figures are there",
    "kept": "Not taken",
    "failed": "Not fetched",
}


@dataclass
class Runner:
    """What the last refresh of this process did, or is doing. The thread writes, pages read."""

    part: float = 0.0
    text: str = ""
    rows: list[Row] = field(default_factory=list)
    problem: str = ""
    thread: threading.Thread | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def running(self) -> bool:
        """Whether a refresh is at work."""
        return self.thread is not None and self.thread.is_alive()

    def start(self, dry_run: bool, sources: Sequence[str] = (), accept: Sequence[str] = ()) -> bool:
        """Begin a refresh of all sources or of some, unless one is running; whether it was begun.

        The tables in `accept` are taken as they are, whatever the checks say.
        """
        with self.lock:
            if self.running:
                return False
            self.part, self.text, self.rows, self.problem = 0.0, "Beginning", [], ""
            self.stop.clear()
            self.thread = threading.Thread(
                target=self._run, args=(dry_run, sources, accept), name="refresh", daemon=True
            )
            self.thread.start()
            return True

    def _run(self, dry_run: bool, sources: Sequence[str], accept: Sequence[str]) -> None:
        try:
            if accept:
                self.rows = core.run(sources, dry_run=dry_run, report=self._report, accept=accept)
            else:
                self.rows = core.run(dry_run=dry_run, report=self._report)
            if dry_run:  # a look from the page is kept, so that every page can say what it found
                core.note_looked(settings.read().cache, self.rows)
        except SendlibError as error:
            self.problem = str(error)
        except Exception as error:
            # Told of on the page, and raised again so that it stands in the server's log.
            self.problem = (
                f"The refresh broke off ({type(error).__name__}: {error}). The figures held before are unchanged."
            )
            raise

    def _report(self, part: float, text: str) -> None:
        if self.stop.is_set():
            raise Stopped("The refresh was stopped. What had come in stays; the other figures are as they were.")
        self.part, self.text = part, text


@st.cache_resource(show_spinner=False)
def runner() -> Runner:
    """The one runner of this process."""
    return Runner()


def panel(titles: Mapping[str, str]) -> None:
    """Buttons, progress and the closing table; `titles` of tables by name."""
    if settings.read().offline:
        st.info(
            "The network is switched off for this copy (SENDLIB_OFFLINE), so nothing can be fetched. The figures held"
            " are used."
        )
        return
    work = runner()
    with st.container(horizontal=True):
        st.button("Look for newer figures", disabled=work.running, key="refresh_look", on_click=_begin, args=(True,))
        st.button(
            "Fetch newer figures",
            disabled=work.running,
            key="refresh_fetch",
            type="primary",
            on_click=_begin,
            args=(False,),
        )
        st.button("Cancel", disabled=not work.running or work.stop.is_set(), key="refresh_stop", on_click=work.stop.set)
    if work.running:
        _progress()
    else:
        _result(work, titles)


def _begin(dry_run: bool) -> None:
    """What a button does before the page is drawn again."""
    runner().start(dry_run)


def _accept(source: str, table: str) -> None:
    """What a button does for a table that was kept back."""
    runner().start(dry_run=False, sources=[source], accept=[table])


@st.fragment(run_every=1.0)
def _progress() -> None:
    """Progress, drawn again each second without the rest of the page; the whole page once it is done."""
    work = runner()
    if not work.running:
        st.rerun()
    # Not as a `with` block: that would call it done at its end.
    status = st.status("Refreshing. You can go on using the other pages.", state="running", expanded=True)
    waiting = (
        "Stopping at the next step (an answer that is being waited for may take a minute). "
        if work.stop.is_set()
        else ""
    )
    status.progress(min(work.part, 1.0), text=waiting + (work.text or "Beginning"))


def _result(work: Runner, titles: Mapping[str, str]) -> None:
    """What the last refresh did, in words and as a table; `titles` of tables by name."""
    if work.problem:
        st.error(work.problem)
    if not work.rows:
        return
    counts = {outcome: sum(row.outcome == outcome for row in work.rows) for outcome in OUTCOMES}
    said = ", ".join(f"{OUTCOMES[outcome].lower()}: {number}" for outcome, number in counts.items() if number)
    failed = counts["kept"] + counts["failed"]
    (st.warning if failed else st.success)(
        f"The last refresh of this copy, by table: {said}." + (" What was held before is unchanged." if failed else "")
    )
    rows, lines = core.told_once(work.rows)
    tables.draw_frame(
        "refreshed",
        pd.DataFrame(
            [
                (
                    titles.get(row.table, row.table),
                    row.before,
                    row.now,
                    row.rows,
                    OUTCOMES[row.outcome],
                    row.note,
                )
                for row in rows
            ],
            columns=["Table", "Release before", "Release now", "Rows", "Outcome", "Note"],
        ),
        "The last refresh, by table",
    )
    if lines:
        st.markdown("\n".join(f"- {line}" for line in lines))
    _acceptable(work, titles)


def _acceptable(work: Runner, titles: Mapping[str, str]) -> None:
    """What the checks kept back, each with the reason and a button that takes it all the same."""
    for row in work.rows:
        if row.doubted:
            title = titles.get(row.table, row.table)
            with st.container(border=True):
                st.markdown(f"**{title}**: {row.note.partition(' If it is right all the same')[0]}")
                st.button(
                    f"Take it all the same: {title}",
                    key=f"refresh_accept_{row.table}",
                    disabled=work.running,
                    on_click=_accept,
                    args=(row.source, row.table),
                    help=(
                        "Fetches this publisher's figures again and takes this table without comparing it with the"
                        " figures held. Look at what the publisher says of the revision first."
                    ),
                )
