"""My area: what does SEND look like here?"""

from sendlib.questions.my_area import QUESTION
from sendlib.questions.my_area.choices import ANY_MEASURE
from sendlib.view import frame, own_figures

CLOSER = ("stock", "flow", "rates", "pupils_over_time", "age", "sex", "placement", "comparators", ANY_MEASURE)

shell = frame.begin(QUESTION)
answer = frame.ask(shell, QUESTION)
frame.draw_page(shell, answer, CLOSER, below=own_figures.on_my_area(answer.area.code))
