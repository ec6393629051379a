"""What a reader can choose on Needs."""

from __future__ import annotations

from sendlib.answer import Choice
from sendlib.questions.needs import over_time, recording

WHO = Choice(
    "who",
    "Who is counted",
    "children with a plan by where they live (plans), or pupils by where they learn (sen-support, plan-in-schools,"
    " all-sen)",
    about="mix",
    figures_change=True,
    first=True,
)
MOVE = Choice(
    "move",
    "What if a part of one need were recorded as another?",
    "a what-if, such as semh:mld:25 for a quarter of one need recorded as another; several with commas between",
    about="recording",
    figures_change=True,
    parse=lambda text: recording.written_out(recording.parse(text)),
)
AWAY, SHARES, RECORDING = "away", "shares", "recording"
# Another picture leads, with its own sentence: the answer is another one.
DRAWN = Choice(
    "drawn",
    "Picture",
    "whether the picture shows how far each need is from the mean of those compared, the figures themselves, or the"
    " what-if",
    about="mix",
    figures_change=True,
    form="buttons",
    of_one_area=True,
)
DRAWINGS = {
    AWAY: "Difference from those compared",
    SHARES: "The figures themselves",
    RECORDING: "What if it were recorded otherwise?",
}
PER = Choice(
    "per",
    "Counted as",
    "whether the picture shows shares, or how many children there are for every 1,000",
    about="mix",
    form="buttons",
)
MEASURES = {"share": "Share", "rate": "For every 1,000"}
FUNNEL_NEED = Choice("funnel_need", "Need", "the need of the picture of every authority, such as asd", about="funnel")


def _group(name: str, label: str, about: str, what: str) -> Choice:
    return Choice(name, label, f"which {what} is set beside all plans", about=about, form="buttons", of_area=True)


CROSSES = (
    _group("age_group", "Age", "age", "age group"),
    _group("sex_group", "Sex", "sex", "sex"),
    _group("placement_group", "Placement", "placement", "kind of placement"),
    Choice("school_kind", "Schools", "which kind of school is drawn", about="schools", form="buttons", of_area=True),
    Choice(
        "ethnic_group", "Ethnic group", "which ethnic group is set beside all plans", about="ethnicity", of_area=True
    ),
    Choice(
        "in_need_group",
        "Children",
        "whose needs are drawn: children in need or looked after",
        about="in_need",
        of_area=True,
    ),
)
SCHOOL_PROVISION = Choice(
    "school_provision",
    "SEN status",
    "pupils with SEN support, with an EHC plan, or both, where the census that is held tells them apart",
    about="schools",
    form="buttons",
)
CHOICES = (WHO, MOVE, FUNNEL_NEED, *CROSSES, SCHOOL_PROVISION, DRAWN, PER, *over_time.CHOICES)
