"""Needs: which needs do children have, and is that unusual?"""

from sendlib.questions.needs import QUESTION
from sendlib.view import frame, what_if

CLOSER = (
    "cohorts",
    "divergence",
    "needs_over_time",
    "recording",
    "recording_unlike",
    "funnel",
    "new_plans",
    "log_ratio",
    "features",
    "comparators",
    "age",
    "sex",
    "placement",
    "ethnicity",
    "ethnic_groups",
    "started",
    "in_place",
    "schools",
    "in_need",
)

shell = frame.begin(QUESTION)
answer = frame.ask(shell, QUESTION)
frame.draw_page(
    shell,
    answer,
    tuple(name for name in CLOSER if name != answer.lead),
    own={"recording": lambda: what_if.draw(answer)},
)
