"""Doing well: how are children and young people getting on?"""

from sendlib.questions.doing_well import QUESTION
from sendlib.questions.doing_well.order import CLOSER
from sendlib.view import frame, own_survey

shell = frame.begin(QUESTION)
answer = frame.ask(shell, QUESTION)


def outcomes() -> None:
    """Five outcomes, with the results of a forum's own survey, which stay in the memory of the visit."""
    own_survey.draw_outcomes(answer, shell.view.mode)


# Of several authorities together, and of any area beside them, the sum leads in place of the gaps, which nobody
# publishes of several.
frame.draw_page(
    shell,
    answer,
    tuple(name for name in CLOSER if name != answer.lead),
    begin_open=("sum",),
    own={"five_outcomes": outcomes},
    for_families=outcomes,
)
