"""One cell that is not available for one authority touches no other authority: it is left out, counted and named."""

import numpy as np
import pytest

from sendlib.compared import alike, crosses, means, mixes
from sendlib.compared.comparators import choose
from sendlib.questions import needs
from sendlib.tables.needs import NEEDS
from tests.spoiled import without

ISLES_OF_SCILLY, LEEDS, TORBAY, PLYMOUTH = "420", "383", "880", "879"
TOTALS = {"scope": "all", "characteristic": "total"}
SPEECH = list(NEEDS).index("slcn")


@pytest.fixture(scope="module")
def shipped(store):
    return mixes.of_choice(store, "neighbours-2025")


@pytest.fixture(scope="module")
def without_torbays_speech(store):
    return without(store, "needs", area_code=TORBAY, need="slcn", **TOTALS)


@pytest.mark.parametrize("code", [ISLES_OF_SCILLY, LEEDS])
def test_every_other_authority_keeps_its_mean_its_divergence_and_its_test(store, shipped, code):
    found = mixes.of_choice(without(store, "needs", area_code=code, need="slcn", **TOTALS), "neighbours-2025")
    others = [place for place, other in enumerate(found.codes) if other != code]
    for mine, before in ((found.mean, shipped.mean), (found.q, shipped.q), (found.divergence, shipped.divergence)):
        assert (np.isnan(mine[others]) == np.isnan(before[others])).all()
    far = found.row(PLYMOUTH)  # neither is among its neighbours
    assert found.mean[far] == pytest.approx(shipped.mean[far], nan_ok=True)
    assert found.divergence[far] == pytest.approx(shipped.divergence[far])


def test_the_mean_is_of_the_neighbours_that_have_a_figure_and_the_page_names_the_one_that_has_none(
    store, areas, without_torbays_speech
):
    answer = needs.ask(without_torbays_speech, areas.get(PLYMOUTH))
    row = answer.tables["mix"].data.set_index("need").loc["slcn"]
    codes = [code for code in choose(store, areas.get(PLYMOUTH), "neighbours-2025").codes if code != TORBAY]
    shares = mixes.all_shares(store).loc[codes, "slcn"]
    assert row["comparator_mean"] == pytest.approx(100 * shares.mean())
    assert row["areas_known"] == len(codes) == 9
    assert row["unusual"] in ("yes", "no")
    assert any("Torbay" in note.text.explore and "speech" in note.text.explore for note in answer.notes)


def test_the_authority_itself_keeps_the_shares_that_are_known(store, areas, shipped, without_torbays_speech):
    found = mixes.of_choice(without_torbays_speech, "neighbours-2025")
    own, before = found.shares[found.row(TORBAY)], shipped.shares[found.row(TORBAY)]
    assert np.isnan(own[SPEECH])
    assert np.delete(own, SPEECH) == pytest.approx(np.delete(before, SPEECH))
    assert np.isnan(found.divergence[found.row(TORBAY)])
    answer = needs.ask(without_torbays_speech, areas.get(TORBAY))
    assert answer.state == "full"
    assert "not available for Torbay" in " ".join(note.text.explore for note in answer.notes)
    assert "nan" not in answer.headline.explore


def test_without_any_need_the_page_says_so_and_compares_nothing(store, areas):
    answer = needs.ask(without(store, "needs", area_code=LEEDS, **TOTALS), areas.get(LEEDS))
    assert answer.state == "not_available"
    assert "not available" in answer.title.explore
    assert answer.figures[2].text == "Not available"


@pytest.mark.parametrize("impossible", [-5.0, np.inf, 1e9])
def test_a_number_that_can_not_be_one_counts_as_missing(store, shipped, impossible):
    cell = {"area_code": TORBAY, "need": "slcn", **TOTALS}
    found = mixes.of_choice(without(store, "needs", impossible, "value", **cell), "neighbours-2025")
    assert np.isnan(found.shares[found.row(TORBAY), SPEECH])
    assert found.known[found.row(PLYMOUTH), SPEECH] == shipped.known[found.row(PLYMOUTH), SPEECH] - 1


def test_the_new_plans_of_an_authority_do_not_grow_for_want_of_a_need(store):
    spoiled = without(store, "needs", area_code=LEEDS, need="asd", scope="new", characteristic="total")
    before, after = (crosses.new_and_all(one, LEEDS).set_index(["scope", "need"])["share"] for one in (store, spoiled))
    assert np.isnan(after["new", "asd"])
    assert after["new", "slcn"] == pytest.approx(before["new", "slcn"])


def test_an_age_group_with_a_missing_part_has_no_number_and_the_others_stay(store):
    spoiled = without(store, "needs", area_code=LEEDS, need="asd", scope="all", characteristic="age", category="7")
    before, after = (crosses.by(one, "age", LEEDS).set_index(["category", "need"]) for one in (store, spoiled))
    gone = after.index[after["count"].isna()]
    assert list(gone.get_level_values("need")) == ["asd"]
    kept = after.drop(index=gone)
    assert kept["share"].to_numpy() == pytest.approx(before.loc[kept.index, "share"].to_numpy(), nan_ok=True)


def test_a_missing_number_makes_no_small_authority_a_large_one(store):
    newest = max(store.rows("plans", ISLES_OF_SCILLY)["period"].astype(str))
    cell = {"area_code": ISLES_OF_SCILLY, "measure": "plans", "characteristic": "total", "period": newest}
    assert ISLES_OF_SCILLY in means.too_small(store)
    assert ISLES_OF_SCILLY in means.too_small(without(store, "plans", **cell))


def test_an_authority_without_one_feature_is_in_nobodys_list_and_the_lists_of_the_others_stay(store, areas):
    spoiled = without(store, "features", area_code=TORBAY, feature="free_school_meals")
    before, after = alike.alike(store), alike.alike(spoiled)
    torbay = after.codes.index(TORBAY)
    assert torbay not in after.nearest
    assert not np.isnan(np.delete(after.distance, torbay, axis=0)).any()
    far = [row for row, places in enumerate(before.nearest) if torbay not in places and row != torbay]
    kept = np.mean([list(after.nearest[row]) == list(before.nearest[row]) for row in far])
    assert kept > 0.9  # the spread of a feature moves a little without one authority
    assert "free school meals" in choose(spoiled, areas.get(TORBAY), "own").caution.lower() or "eligible" in (
        choose(spoiled, areas.get(TORBAY), "own").caution
    )
