"""Lists at an authority's own desk: two files in, pairs and a report out. Only the command line comes here.

What is read is written nowhere but to the folder that was named: `layout` finds the columns, `files` reads a file row
by row, `records` prepares it, `folder` guards what is written, `quality` counts, `report` says it, and `run` does all
of it.
"""
