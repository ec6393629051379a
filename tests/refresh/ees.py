"""Refreshing from the stand-in for DfE: what its tests share. The fixtures are in conftest.py."""

import pytest

from sendlib import questions
from sendlib.compared.comparators import DEFAULT
from sendlib.refresh import core, ehc_plans, pupils
from sendlib.store import Store
from tests.fakes import ees_samples as samples
from tests.sources.test_http import quick, settings_for

ENGLAND = "E92000001"
needs_originals = pytest.mark.skipif(
    not samples.has_originals(), reason="the publishers' original files are not beside the project"
)


def settings_of(server, tmp_path, **more):
    return settings_for(
        tmp_path,
        server.base,
        SENDLIB_EES_API=server.api,
        SENDLIB_EES_CONTENT=server.content,
        SENDLIB_EES_SITE=server.site,
        **more,
    )


def refresh(server, tmp_path, sources=None, **options):
    """A refresh of some sources, of both of DfE's without."""
    settings = settings_of(server, tmp_path)
    sources = sources or [ehc_plans.SOURCE, pupils.SOURCE]
    return core.run(settings=settings, sources=sources, http=quick(settings), **options)


def held(tmp_path):
    return Store(live=tmp_path / "live")


def outcomes(rows):
    return {row.table: row.outcome for row in rows}


def assert_every_question_has_an_answer(now, areas):
    for name in questions.names():
        for code in ("879", "201", "420", "942", "839"):
            answer = questions.named(name).ask(now, areas.get(code), DEFAULT, {})
            assert "nan" not in f"{answer.headline} {answer.title} {answer.figures}".replace("status", "")
