"""life_limiting_codes: which diagnoses count as life-limiting or life-threatening in English studies, by ICD-10.

Grain: code.

- `code`: of the International Classification of Diseases, 10th revision (`G12`, `D44.4`); one of three characters
  stands for all below it.
- `chapter`: the chapter of ICD-10 that it belongs to (CHAPTERS).
- `description`: what it is called there, in lower case as the list has it.

The list defines who is counted in hospital records. It cannot give a number without those records, and says nothing
of how ill a child is.

Source: Fraser and others, Pediatrics 129(4), 2012, as coded by the ECHILD phenotype code list repository.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from sendlib.areas import Areas
from sendlib.errors import ContractBroken
from sendlib.sources.originals import Originals
from sendlib.tables import reading, schema
from sendlib.tables.definition import TableDefinition

if TYPE_CHECKING:
    import pandera.pandas as pa

FILE = "llc/icd10_llc_code_list.csv"
BREAKS = ("The list is that of the study of 2012; whether that of 2020 differs from it could not be read.",)
CODES = 277
"""How many there are; a list with fewer is cut short."""
_CODE = r"^[A-Z]\d\d(\.\d)?$"
CHAPTERS = {
    "infections": ("A00", "B99", "Certain infectious and parasitic diseases"),
    "neoplasms": ("C00", "D48", "Neoplasms"),
    "blood": ("D50", "D89", "Diseases of the blood and of the immune mechanism"),
    "metabolic": ("E00", "E90", "Endocrine, nutritional and metabolic diseases"),
    "mental": ("F00", "F99", "Mental and behavioural disorders"),
    "nervous": ("G00", "G99", "Diseases of the nervous system"),
    "eye": ("H00", "H59", "Diseases of the eye and adnexa"),
    "circulatory": ("I00", "I99", "Diseases of the circulatory system"),
    "respiratory": ("J00", "J99", "Diseases of the respiratory system"),
    "digestive": ("K00", "K93", "Diseases of the digestive system"),
    "musculoskeletal": ("M00", "M99", "Diseases of the musculoskeletal system and connective tissue"),
    "genitourinary": ("N00", "N99", "Diseases of the genitourinary system"),
    "perinatal": ("P00", "P96", "Certain conditions originating in the perinatal period"),
    "congenital": ("Q00", "Q99", "Congenital malformations, deformations and chromosomal abnormalities"),
    "injury": ("S00", "T98", "Injury, poisoning and other consequences of external causes"),
    "services": ("Z00", "Z99", "Factors influencing health status and contact with health services"),
}
"""Chapter -> its first and last code, and its name; those that the list has a code of."""


def expected() -> pa.DataFrameSchema:
    import pandera.pandas as pa

    return pa.DataFrameSchema(
        {
            "code": schema.text(_CODE),
            "chapter": schema.text(allowed=list(CHAPTERS)),
            "description": schema.text(r"^\S.*\S$"),
        },
        unique=["code"],
        strict=True,
    )


def build(originals: Originals, _: Areas) -> tuple[pd.DataFrame, list[str]]:
    """The life_limiting_codes table and no notes. Raises ContractBroken."""
    return read(originals.read(FILE), FILE), []


def read(content: bytes, file: str) -> pd.DataFrame:
    """The list in the order of its codes, each with its chapter."""
    frame = reading.read_csv(content, file, ["code", "code_type", "description"])
    reading.check_labels(frame["code_type"], ["icd10"], file, "code_type")
    if len(frame) != CODES:
        raise ContractBroken(file, f"it has {len(frame)} codes where {CODES} are agreed.")
    frame = frame.assign(chapter=[_chapter(code, file) for code in frame["code"]]).sort_values("code")
    frame = frame[["code", "chapter", "description"]].reset_index(drop=True)
    return reading.as_categories(frame, ["chapter"]).sort_values("code").reset_index(drop=True)


def _chapter(code: str, file: str) -> str:
    for name, (first, last, _) in CHAPTERS.items():
        if first <= code[:3] <= last:
            return name
    raise ContractBroken(file, f"'{code}' belongs to no chapter that is agreed.")


TABLE = TableDefinition(
    name="life_limiting_codes",
    title="Diagnoses that count as life-limiting or life-threatening",
    grain="one row a code of ICD-10",
    expected=expected,
    breaks=BREAKS,
    originals={FILE: "llc_codes"},
    build=build,
)
