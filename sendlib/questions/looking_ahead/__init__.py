"""Looking ahead: how many children may need support by 2030?

Life-limiting conditions, from two measured years of England and named
scenarios. Every number of an area is modelled: it says what would follow if,
and is never a register.
"""

from __future__ import annotations

import math

import pandas as pd

from sendlib.answer import FULL, NOT_SHOWN, NOTHING_ASKED, TOO_FEW, Answer, Asked, Note, Question, Text
from sendlib.areas import ENGLAND, Area
from sendlib.compared.comparators import DEFAULT, choose
from sendlib.methods.scenarios import MissingNumber
from sendlib.methods.trend import TooFewYears
from sendlib.questions.looking_ahead import choices, filled_in, fitted_trend, parts, residents, sources, tables, words
from sendlib.questions.looking_ahead import expected_children as children
from sendlib.questions.looking_ahead.figures import figures
from sendlib.questions.looking_ahead.glance import of as at_a_glance
from sendlib.questions.looking_ahead.headline import Ahead, headline, title
from sendlib.questions.looking_ahead.notes import notes
from sendlib.questions.looking_ahead.residents import TARGET
from sendlib.questions.looking_ahead.scenarios import PUBLISHED, named
from sendlib.store import Store
from sendlib.tables import life_limiting
from sendlib.tables.life_limiting import Evidence


def ask(
    store: Store,
    area: Area,
    comparators: str = DEFAULT,
    asked: Asked = NOTHING_ASKED,
    *,
    evidence: Evidence | None = None,
) -> Answer:
    """The answer for an area of any kind. Raises UnknownChoice, UnknownArea and SnapshotDamaged.

    `evidence` is that of the files that a person can fill in, unless another is given.
    """
    evidence = filled_in.checked(store, evidence or life_limiting.shipped())
    chosen = choices.of(store, evidence, asked)
    ways = named(evidence, chosen.growth, chosen.damping)
    ends = tables.ends(store, evidence, area, chosen, ways)
    others = choose(store, area, comparators)
    held = parts.all_of(store, evidence, area, chosen, ways, ends, others)
    unknown = children.why_unknown(store, evidence, chosen.basis, TARGET, area.code, chosen.rates)
    fitted, not_fitted = None, ""
    if evidence.can_be_fitted and not unknown:
        try:
            fitted = fitted_trend.of(store, evidence, area, chosen, ways)
            held["fitted"] = fitted.table
        except (MissingNumber, TooFewYears) as error:
            not_fitted = f"The trend fitted to the yearly figures is not available. {error}"
    today = children.shared_out(store, evidence, chosen.basis, residents.estimated(store), chosen.rates)
    now = today.children(evidence.last.per_10000, area.code)
    ahead = Ahead(evidence, area, chosen, ways, ends, unknown)
    return Answer(
        question=QUESTION.name,
        words=QUESTION.words,
        area=area,
        comparators="",
        state=NOT_SHOWN if unknown else TOO_FEW if _none_is_given(ends) else FULL,
        title=title(ahead),
        headline=headline(ahead, now, residents.now(store), fitted),
        figures=figures(store, ahead, now),
        lead="fan",
        tables=held,
        cannot_tell=words.cannot_tell(store, evidence, chosen.basis, fitted),
        could_change=words.COULD_CHANGE,
        sources=sources.of(store, evidence, chosen.basis),
        notes=(
            *notes(store, evidence, area, chosen, ways, held, others, fitted),
            *([Note("missing", Text(not_fitted))] if not_fitted else []),
        ),
        offered=chosen.offered,
    )


def _none_is_given(ends: pd.DataFrame) -> bool:
    """Whether both published scenarios lead to fewer than ten children, of which no number is given."""
    return all(math.isnan(float(words.end_of(ends, name)["children"])) for name in PUBLISHED)


QUESTION = Question(
    name="looking_ahead",
    title="Looking ahead",
    words="How many children may need support by 2030?",
    ask_the_room="If this came true, what should begin now? Who should be asked about it?",
    glance=at_a_glance,
    ask=ask,
    choices=choices.CHOICES,
    otherwise=ENGLAND,
    compared_in=("explore",),
    edition=life_limiting.edition,
)
