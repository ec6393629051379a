"""The facts on joining up records: each rule that they are checked by refuses a file that breaks it."""

from copy import deepcopy

import pytest

from sendlib.catalogue import linkage, load
from sendlib.errors import ContractBroken


@pytest.fixture
def survey():
    return deepcopy(load(linkage.SURVEY))


@pytest.fixture
def words():
    return deepcopy(load(linkage.WORDS))


def refused(survey, words, said):
    with pytest.raises(ContractBroken, match=said):
        linkage.checked(survey, words)


def answer(survey, question, code):
    held = next(one for one in survey["questions"] if one["code"] == question)
    return next(one for one in held["answers"] if one["code"] == code)


def test_what_ships_keeps_all_rules(survey, words):
    held = linkage.checked(survey, words)
    assert (held.base, held.asked, len(held.councils)) == (91, 148, 22)
    assert [held.question("care").of(code).count for code in ("yes", "building", "no")] == [67, 17, 7]
    assert [held.question("health").of(code).count for code in ("yes", "building", "no")] == [22, 20, 49]


def test_the_slips_of_the_document_are_not_carried_on():
    shares = {one.share for question in linkage.of().questions for one in question.answers}
    assert 27.5 not in shares and 53.8 in shares, "49 of 91, and never 4"
    assert linkage.of().question("health_data").of("csds").count == 3
    counts = {one.code: one.count for one in linkage.of().question("health_data").answers}
    assert (counts["camhs"], counts["gp"], counts["births"], counts["deaths"]) == (10, 9, 9, 9)


def test_every_council_has_the_name_that_its_code_has_today(areas, survey):
    for one in survey["councils"] + survey["left_out"]:
        assert areas.get(one["code"]).name == one["name"]


def test_replies_add_up_by_kind_of_council(survey, words):
    survey["responses"][0]["awaiting"] += 1
    refused(survey, words, "Unitary authorities do not add up")


def test_kinds_of_council_add_up_to_those_that_answered(survey, words):
    for reply, change in (("full", 1), ("awaiting", -1)):
        survey["responses"][0][reply] += change
    refused(survey, words, "'full' of all kinds of council")


def test_answers_to_a_question_with_one_answer_add_up_to_the_base(survey, words):
    answer(survey, "health", "no").update(count=4, share=4.4)
    refused(survey, words, "question 5: the answers do not add up to 91")


def test_a_count_gives_the_share_that_is_printed(survey, words):
    answer(survey, "groups", "all")["share"] = 49.4
    refused(survey, words, "45 of 91 is not 49.4%")


def test_a_count_never_stands_without_its_share(survey, words):
    del answer(survey, "groups", "all")["share"]
    refused(survey, words, "a count and a share stand together")


def test_as_many_councils_are_named_as_said_yes(survey, words):
    survey["councils"].pop()
    refused(survey, words, "22 councils link health data, and 21 are named")


def test_no_council_is_named_and_left_out(survey, words):
    survey["councils"][0]["code"] = "204"
    refused(survey, words, "204 is named and left out")


def test_health_data_are_those_that_were_asked_about(survey, words):
    survey["councils"][0]["data"] = ["horoscopes"]
    refused(survey, words, "Cheshire East has health data that question 6 does not offer")


def test_every_fact_names_a_document_that_is_described(survey, words):
    words["csds"][0]["document"] = "hearsay"
    refused(survey, words, "'csds' has an entry of the document 'hearsay'")


def test_no_entry_is_empty(survey, words):
    words["limits"][0]["limit"] = " "
    refused(survey, words, "'limits' has an entry with nothing in it")


def test_no_link_is_a_placeholder(survey, words):
    next(one for one in words["agreement"] if "link" in one)["link"] = "[link]"
    refused(survey, words, "'agreement' has a link that is none")


def test_a_batch_trace_has_seven_steps(survey, words):
    words["steps"].pop()
    refused(survey, words, "6 steps of a batch trace, not 7")


def test_bedfords_match_became_better(survey, words):
    words["bedford"]["after"] = 80
    refused(survey, words, "can only have become better")
