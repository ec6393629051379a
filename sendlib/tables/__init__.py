"""One module a tidy table: what the columns mean, and how every release is read into them.

Each table module offers

- `NAME`: the table's name in the store and on the command line,
- `expected()`: the pandera schema that is checked when the table is written,
- `build(originals, areas)`: original releases -> (DataFrame, notes),
- `BREAKS`: known breaks in the series, in plain sentences.
"""
