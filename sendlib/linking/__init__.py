"""Two lists of children, linked without a number that both of them have.

The same settings serve the rehearsal on made-up children (`rehearsal`, which the page shows) and lists at an
authority's own desk (`desk`, which only the command line reaches). The web app never takes a real list.

- `fields`: what is compared, what counts as alike, and which pairs are looked at; in SQL that every engine knows;
- `preparing`: how names, dates and postcodes are written before they are compared;
- `engine`: Splink, on DuckDB or Spark; the one module that needs it;
- `made_up`: children who do not exist, in two lists with the slips that real lists have.
"""
