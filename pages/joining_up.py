"""Joining up: how well is our information joined up?"""

from sendlib.questions.joining_up import QUESTION
from sendlib.view import frame, joining_up

CLOSER = (
    "here",
    "named",
    "datasets",
    "groups",
    "health_data",
    "used",
    "responses",
    "limits",
    "match",
    "match_effect",
    "missed",
    "steps",
    "rehearsal",
    "readiness",
    "agreement",
    "kinds",
    "section_26",
    "side_by_side",
    "crosswalk",
    "would_answer",
    "csds",
    "benefits",
    "cards",
    "enablers",
    "barriers",
    "recommendations",
    "timeline",
)

shell = frame.begin(QUESTION)
answer = frame.ask(shell, QUESTION)
frame.draw_page(
    shell,
    answer,
    CLOSER,
    own={"rehearsal": joining_up.draw_rehearsal, "readiness": lambda: joining_up.draw_readiness(answer)},
)
