"""One store for all readers, and everything that was made of it goes with it."""

import gc
import shutil
import weakref

import pytest

from sendlib import questions, service
from sendlib.compared.comparators import known_areas
from sendlib.store import Store, kept_with_store


def test_three_stores_in_turn_leave_one_alive():
    """Caches hang on the store that they were made from: asking every question leaves nothing behind."""
    opened = []
    for _ in range(3):
        store = Store()
        for question in questions.QUESTIONS:
            question.ask(store, known_areas(store).get("370"), "neighbours-2025", {})
        opened.append(weakref.ref(store))
    gc.collect()
    assert [found() is not None for found in opened] == [False] * 2 + [True]


def test_what_was_made_of_a_store_is_made_once_and_let_go_of_when_there_is_too_much():
    made = []

    @kept_with_store(2)
    def double(store, number, *, added=0):
        made.append((number, added))
        return 2 * number + added

    store = Store()
    assert [double(store, 1), double(store, 1), double(store, 1, added=5)] == [2, 2, 7]
    assert made == [(1, 0), (1, 5)]
    double(store, 3)
    double(store, 1)
    assert made == [(1, 0), (1, 5), (3, 0), (1, 0)], "the one not used for longest went"
    assert double(Store(), 3) == 6 and made[-1] == (3, 0), "another store has its own"


def test_a_refresh_by_anybody_opens_a_new_store(monkeypatch, tmp_path):
    monkeypatch.setenv("SENDLIB_CACHE", str(tmp_path))
    first = service.store()
    assert service.store() is first
    (tmp_path / "manifest.json").write_text('{"format": 1, "releases": {}, "seen": {}}', "utf-8")
    assert service.store() is not first


def test_an_answer_is_kept_for_the_next_who_asks_the_same():
    needs = questions.named("needs")
    one = service.ask(needs, "879", "neighbours-2025", {})
    other = service.ask(needs, "879", "neighbours-2025", {"funnel_need": "asd"})
    assert one.tables is other.tables and other.chosen("funnel_need") == "asd"


def test_a_damaged_table_is_told_of_and_never_answered_from(monkeypatch, tmp_path, store):
    from sendlib.errors import SnapshotDamaged

    folder = tmp_path / "snapshot"
    shutil.copytree(store.folder, folder)
    (folder / store.info("needs").file).write_bytes(b"not a table")
    monkeypatch.setattr(service, "store", lambda: Store(folder))
    with pytest.raises(SnapshotDamaged, match="its hash differs"):
        service.ask(questions.named("needs"), "879", "neighbours-2025", {})
