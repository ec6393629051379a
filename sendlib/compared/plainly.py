"""Whom an area is compared with, in the words of families: `ten similar areas` and not `its ten statistical
neighbours`."""

from __future__ import annotations

from sendlib.compared.comparators import ALIKE, Comparators

_FEW = {8: "eight", 9: "nine", 10: "ten"}
_SHORT = {
    "neighbours": "similar areas",
    "similar authorities": "similar areas",
    "similar boards": "similar NHS areas",
    "region": "its region",
    "all authorities": "all councils",
    "regions": "other regions",
    "boards": "other NHS areas",
    "locations": "other NHS areas",
}


def shortly(others: Comparators) -> str:
    """Those compared beside a number: `similar areas`, `all councils`, `Barnsley`."""
    return others.short if others.alone else _SHORT.get(others.short, others.short)


def the_average(others: Comparators) -> str:
    """What a title sets beside: `similar areas`, `the average council`."""
    known = {
        "all authorities": "the average council",
        "regions": "the average region",
    }
    return others.label if others.alone else known.get(others.short, shortly(others))


def than_any(others: Comparators) -> str:
    """Every one of those compared, in a title: larger than `any similar area`, larger than `all compared`."""
    return "any similar area" if shortly(others) == "similar areas" else others.than_any


def wholly(others: Comparators) -> str:
    """Those compared in a sentence: `ten similar areas`, `the other 35 NHS areas`; one area alone by its name."""
    if others.alone or not others.codes:
        return others.label
    number = _FEW.get(len(others.codes), str(len(others.codes)))
    if others.short == "neighbours" or others.choice in ALIKE:
        return f"{number} {_SHORT[others.short]}"
    plain = others.label.replace("authorities", "councils")
    return plain.replace("integrated care boards", "NHS areas").replace("sub-ICB locations", "NHS areas")


def on_average(others: Comparators) -> str:
    """`in ten similar areas on average`, `in Barnsley`."""
    return f"in {others.label}" if others.alone else f"in {wholly(others)} on average"


def averaging(others: Comparators, number: str) -> str:
    """Their figure under a large number: `similar areas 54 on average`, `Barnsley 54`."""
    return f"{shortly(others)} {number}{'' if others.alone else ' on average'}"
