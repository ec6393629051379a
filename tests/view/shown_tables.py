"""The tables of a page as a test finds them: each is a component, whose data hold what a reader sees."""

import json

import pandas as pd


class Shown:
    """A table: `value` its cells under their headings, `marks` whose each row is, `sorted` by heading."""

    def __init__(self, data):
        headings = [column["heading"] for column in data["columns"]]
        self.value = pd.DataFrame(data["rows"], columns=headings)
        self.marks = data["marks"]
        self.caption = data["caption"]
        self.numbers = [column["heading"] for column in data["columns"] if column["number"]]
        self.sorted = {column["heading"]: column["sorted"] for column in data["columns"] if column["sorted"] != "none"}


def tables_of(test):
    """The tables of a page, in their order."""
    data = (json.loads(one.proto.json) for one in test.get("bidi_component"))
    return [Shown(one) for one in data if "columns" in one]
