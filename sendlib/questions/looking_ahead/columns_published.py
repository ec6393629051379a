"""The columns of what is published beside the rates that the page works with: other studies, diagnoses, complexity."""

from __future__ import annotations

from sendlib.answer import Column

ELSEWHERE = {
    "topic": Column("Topic", "which part of what is published the row belongs to"),
    "place": Column("Where", "nation or country that the figure is of"),
    "period": Column("Year", "year or years that the figure is of, as its document says"),
    "ages": Column("Ages", "ages that are counted, as its document says"),
    "what": Column("What", "what is counted; definitions differ from study to study"),
    "value": Column("Figure", "published figure, in the unit of its row"),
    "number": Column("Figure, as a number", "the same figure, for reckoning", decimals=1, only_in_files=True),
    "unit": Column("Unit", "what the figure is a number of"),
    "source": Column("Document", "document that the figure was taken from"),
    "remark": Column("Remark", "what its document says of the figure"),
}

SURVIVAL = {name: column for name, column in ELSEWHERE.items() if name != "topic"}

CODES = {
    "chapter": Column("Chapter", "chapter of ICD-10, the international classification of diseases"),
    "number": Column("Number of codes", "codes of the chapter that are on the list", "codes", 0),
    "codes": Column(
        "Diagnoses", "the codes with what they are called; one of three characters stands for all below it"
    ),
}

COMPLEXITY = {
    "what": Column("What would be needed", "what would have to be known of each child"),
    "why": Column("What it says", "what it says of a child"),
    "where": Column("Where it could be", "data set that has room for it"),
    "published": Column("Published", "whether any figure of it is published"),
}
