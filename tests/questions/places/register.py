"""A store with a register of schools as a refresh brings one, made up: one school of every kind in Plymouth."""

from __future__ import annotations

from collections.abc import Sequence

from sendlib.areas import Areas
from sendlib.sources import gias
from sendlib.store import Store
from sendlib.tables import school_register
from tests.fakes import ons as fakes
from tests.spoiled import Spoiled

FILE = "edubasealldata20260615.csv"
_FIRST = 900_000
_PROVISION = "TypeOfResourcedProvision (name)"
_APPROVED = {"Section41Approved (name)": "Approved"}
_AUTISM = {"SEN2 (name)": "ASD - Autistic Spectrum Disorder", "SEN7 (name)": "SEMH - Social, Emotional and Mental"}


def made_up_rows(areas: Areas) -> list[dict[str, str]]:
    """A special school of every type elsewhere, and in Plymouth each kind that a page tells apart, with its names."""
    filling = [
        fakes.made_up_school(100_000 + 10 * place + number, code, kind)
        for place, code in enumerate(["201", "380"])
        for number, kind in enumerate(gias.SPECIAL)
    ]
    named: list[tuple[str, str, dict[str, str]]] = [
        ("Ash School", "7", {**_AUTISM, "StatutoryLowAge": "3", "StatutoryHighAge": "19"}),
        ("Beech Academy", "44", {"SchoolCapacity": ""}),
        ("Cedar School", "8", {"SchoolCapacity": "0"}),
        ("Dogwood School", "10", _APPROVED),
        ("Élan School", "10", {"NumberOfPupils": "3"}),
        ("Fig College", "32", _APPROVED),
        ("Gorse College", "32", {}),
        ("Hazel Centre", "14", {"SchoolCapacity": "40"}),
        ("Ivy Academy", "42", {}),
        ("Juniper Primary", "34", {_PROVISION: "SEN unit", "SenUnitCapacity": "12", "SenUnitOnRoll": "9"}),
        ("Kale Primary", "1", {_PROVISION: "Resourced provision", "ResourcedProvisionCapacity": "20"}),
        (
            "Lime High",
            "34",
            {
                _PROVISION: "Resourced provision and SEN unit",
                "SenUnitCapacity": "5",
                "ResourcedProvisionCapacity": "6",
                "SchoolCapacity": "900",
                "NumberOfPupils": "850",
            },
        ),
    ]
    return filling + [
        fakes.made_up_school(_FIRST + number, "879", kind, EstablishmentName=name, **cells)
        for number, (name, kind, cells) in enumerate(named)
    ]


def with_register(store: Store, areas: Areas, header: Sequence[str] = fakes.HEADER) -> Store:
    """The shipped tables with the made-up register of June 2026 in place of that of 2021."""
    content = fakes.made_up_register(made_up_rows(areas), header)
    frame, _ = school_register.read(b"".join(gias.Door(FILE, 1)(iter([content]))), FILE, areas)
    return Spoiled(store, {"schools": frame})
