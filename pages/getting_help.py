"""Getting help: how long do families wait, and who decides?"""

from sendlib.questions.getting_help import QUESTION
from sendlib.view import frame

CLOSER = (
    "comparators",
    "late",
    "decisions",
    "tribunal",
    "health_areas",
    "community",
    "community_over_time",
    "bands",
    "silent",
    "contacts",
    "four_weeks",
    "autism",
    "demand",
    "assessments",
    "ceased",
    "reviews",
    "budgets",
    "officers",
)

shell = frame.begin(QUESTION)
answer = frame.ask(shell, QUESTION)
frame.draw_page(shell, answer, CLOSER)
