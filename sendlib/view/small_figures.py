"""A share as small figures, so many of them filled: what "17 of every 100" looks like.

Families read a share more surely with as many small figures as there are children in it ("icon arrays": Spiegelhalter,
Pearson and Short, Visualizing uncertainty about the future, Science 2011). They are stretches of colour behind a mask
of figures (styles/families.css), so that they have the colours of the page, of paper, or of the reader's system.
"""

from __future__ import annotations

import math

from sendlib.answer import Figure

_IN_A_ROW = {10: 10, 100: 50, 1_000: 100}
"""Of how many -> figures in a row. More than a thousand would be dust."""
_CALLED = {10: "ten", 100: "hundred", 1_000: "thousand"}


def of_figure(figure: Figure) -> str:
    """The small figures under a number that families are told as so many of every so many, as HTML; nothing where it
    is none."""
    many = figure.out_of_so_many
    share = figure.value if figure.share is None else figure.share
    if many not in _IN_A_ROW or share is None:
        return ""
    if figure.upper is None and not figure.at_least:
        return drawn(many, round(share * many / 100))
    # As the words have a range: both ends outwards.
    low = math.floor(round(share * many / 100, 6))
    high = many if figure.upper is None else math.ceil(round(figure.upper * many / 100, 6))
    return drawn(many, low, high)


def drawn(many: int, filled: int, up_to: int = 0) -> str:
    """`many` small figures as HTML (10, 100 or 1,000): the first are `filled`, those after them `up_to` a number may
    be, the rest are not."""
    in_a_row = _IN_A_ROW[many]
    rows = ""
    for begin in range(0, many, in_a_row):
        ends = (("filled", filled), ("perhaps", up_to), ("rest", many))
        rows += f"<span>{_stretches(begin, in_a_row, ends)}</span>"
    return f'<div class="small-figures {_CALLED[many]}" aria-hidden="true">{rows}</div>'


def _stretches(begin: int, figures: int, ends: tuple[tuple[str, int], ...]) -> str:
    """The parts of a row that begins after so many figures, each as wide as there are figures of it in the row."""
    said, at = "", begin
    for kind, end in ends:
        reached = max(at, min(end, begin + figures))
        if reached > at:
            said += f'<i class="{kind}" style="width:{100 * (reached - at) / figures:g}%"></i>'
        at = reached
    return said
