"""Getting help: how long do families wait, and who decides?"""

from sendlib.questions.getting_help import QUESTION
from sendlib.view import frame

CLOSER = (
    "longer",
    "on_time",
    "late",
    "decisions",
    "tribunal",
    "appeals_by_residents",
    "comparators",
    "standards",
    "providers",
    "community",
    "community_over_time",
    "bands",
    "silent",
    "health_areas",
    "contacts",
    "four_weeks",
    "autism",
    "health_elsewhere",
    "demand",
    "assessments",
    "ceased",
    "inspections",
    "reviews",
    "budgets",
    "officers",
)

shell = frame.begin(QUESTION)
answer = frame.ask(shell, QUESTION)
# What leads is not drawn a second time: plans on time, or for a health area what the NHS counts of it.
frame.draw_page(shell, answer, tuple(name for name in CLOSER if name != answer.lead))
