"""Drawings become the same pixels wherever they are made, and a process that ends loses none."""

import sys

import pytest

from sendlib.exports import pixels

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="20"><rect width="9" height="9"/></svg>'
OTHER = DRAWING.replace("9", "7")


def test_a_process_beside_this_one_makes_the_same_bytes_in_the_order_asked_for():
    with pixels.Beside() as beside:
        waiting = [beside.of(svg) for svg in (DRAWING, OTHER, DRAWING)]
        assert [wait() for wait in waiting] == [pixels.of(DRAWING), pixels.of(OTHER), pixels.of(DRAWING)]
        assert beside._other is not None and beside._other.poll() is None


@pytest.mark.parametrize("program", ["", "/there/is/no/such/python"])
def test_where_no_process_can_be_started_the_picture_is_made_here(monkeypatch, program):
    monkeypatch.setattr(sys, "executable", program)
    with pixels.Beside() as beside:
        assert beside.of(DRAWING)() == pixels.of(DRAWING)


def test_a_process_that_ends_loses_no_picture():
    with pixels.Beside() as beside:
        assert beside.of(DRAWING)() == pixels.of(DRAWING)
        beside._other.kill()
        beside._other.wait()
        assert beside.of(OTHER)() == pixels.of(OTHER)


def test_no_process_is_left_behind_when_something_fails():
    other = None
    with pytest.raises(ZeroDivisionError), pixels.Beside() as beside:
        beside.of(DRAWING)()
        other = beside._other
        raise ZeroDivisionError
    assert other is not None and other.poll() is not None
