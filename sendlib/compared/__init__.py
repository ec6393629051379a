"""What an area is set beside: which other areas, at which time, and the one rule for a figure of several of them.

- `comparators`: whom an area is compared with; `alike`: our own list of authorities that are alike;
- `means`: ONE rule for a mean and a range of several areas, and how it is told of;
- `latest`: which period is the newest that is held;
- `mixes`, `crosses`, `rates`, `by_area`: figures of all areas worked out together, of which an answer takes its rows.
"""
