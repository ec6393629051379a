"""Refreshing: what is newer at the publishers, fetched, checked and added to the live folder.

One module a source, each with

- `NAME`, `GROUP` (ees, nhs, ons, gias), `TITLE` and `TABLES`, the names of the tables that it brings;
- where needed, `REVISED`, the tables whose publisher revises the whole past, and `ONLY_TOLD`, why a source is told of and not fetched;
- `look(work)`: a few small requests; a Look that tells what there is, with a key that changes with it;
- `fetch(work, look)`: the new releases of its tables as NewTables, merged with what is held.

`work` has what they share. Nothing here writes: `core.run` checks what a source brings against the release
before and hands it to the store.
"""
