"""MADE-UP children in two lists, with the slips that real lists have. Nobody in them exists.

Names are put together of syllables, postcodes begin with XX, which no postcode in the United Kingdom does. The same
choices give the same children.
"""
