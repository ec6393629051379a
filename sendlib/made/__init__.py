"""Make a table: any rows and columns of a table of the store, in words, as a reader picks them.

`offered` says which tables there are and what their columns and values are called, `held` what a store holds of one,
`selection` what was picked (and how an address writes it), `query` asks DuckDB, `building` makes the table.
"""
