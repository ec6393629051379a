"""One module a tidy table: what the columns mean, and how every release is read into them.

Each ends with `TABLE`, a TableDefinition (definition.py says what that holds). To add a table:

1. Copy a table module that is like it: school_needs.py is a short one in long form (area, period, dimensions,
   value, status), flows.py one with columns of its own. Name the copy after the table. Its docstring says what
   a row and each column is, the units, the source and the breaks.
2. Name its original files in `TABLE`, and give each release that is new a section in catalogue/sources.toml.
3. Add `<module>.TABLE` to TABLES in snapshot.py, and build the snapshot again:
   `python -m sendlib snapshot --from FOLDER`.

Then `python -m sendlib tables` lists it, `python -m sendlib table NAME` prints it, and tests/test_store.py
checks it against its schema. Its own test is tests/tables/test_NAME.py.

The other modules here are not tables. Several tables share definition, schema, symbols, reading, periods,
ehc_labels, health, lait and nomis; community_workbook is a part of waits_community, and process_measures, reviews
and tribunal are parts of process; life_limiting and life_limiting_reading read figures typed by hand (catalogue/).
"""
