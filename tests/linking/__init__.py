"""Tests of linking two lists, on MADE-UP children."""
