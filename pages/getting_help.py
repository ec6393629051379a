"""Getting help: how long do families wait, and who decides?"""

from sendlib.questions.getting_help import QUESTION
from sendlib.view import frame

CLOSER = (
    "on_time",
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
# What leads is not drawn a second time: plans on time, or for a health area what the NHS counts of it.
frame.draw_page(shell, answer, tuple(name for name in CLOSER if name != answer.lead))
