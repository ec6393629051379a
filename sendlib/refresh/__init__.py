"""Refreshing: what is newer at the publishers, fetched, checked and added to the live folder.

One module a source; each ends with `SOURCE`, a Source (source.py says what that holds). To add a source:

1. Copy a source module that is like it: pupils.py asks DfE's API, residents.py asks Nomis, schools.py fetches one
   file, waits_community.py the workbooks of single months. How a publisher is asked stands in sendlib/sources/;
   one with an address of its own has a line in settings.ADDRESSES.
2. Add `<module>.SOURCE` to SOURCES in core.py.

A source is handed a `Work` (what is held, where it may write, whom to tell of progress), answers with a `Look`, and
makes its tables with `new_table` (all in work.py). `python -m sendlib refresh --dry-run NAME` only looks. Its test is
tests/refresh/test_NAME.py, against the stand-in for its publisher in tests/fakes/. A table that no source brings is
told of as one to be built from files, unless NOT_BROUGHT in core.py has another reason.

No source writes what is held: `core.run` checks what came against the release before (judging.py, standing.py) and
hands it to the store.
"""
