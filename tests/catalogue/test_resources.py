"""What others publish and who helps: one test a rule."""

import copy
import re
from pathlib import Path

import pytest

from sendlib import catalogue
from sendlib.catalogue.checklist import checklist
from sendlib.catalogue.resources import GROUPS, checked, resources
from sendlib.errors import ContractBroken


def changed(code, **what):
    """The file with one resource changed."""
    held = copy.deepcopy(catalogue.load("resources"))
    next(one for one in held["resource"] if one["code"] == code).update(what)
    return held


def test_the_national_resources_of_2018_are_all_there():
    national = [one.code for one in resources() if one.group == "national"]
    assert national == [*(f"B{number:02}" for number in range(1, 19)), "B18b"]


@pytest.mark.parametrize(
    "link",
    [
        "",
        "gov.uk",
        "http://www.gov.uk",
        "https://gov",
        "https://www.gov.uk/…/lait",
        "https://www.gov.uk/.../lait",
        "https://example.com/data",
        "https://www.example.org",
        "https://localhost/data",
        "https://www.gov.uk/TODO",
        "https://www.gov.uk/two words",
        "javascript:alert(1)",
    ],
)
def test_no_link_is_a_placeholder(link):
    with pytest.raises(ContractBroken):
        checked(changed("B02", link=link))


@pytest.mark.parametrize(
    ("what", "problem"),
    [
        ({"state": "lost"}, "has the state 'lost'"),
        ({"state": "closed"}, "does not say what became of it"),
        ({"group": "others"}, "is of the group 'others'"),
    ],
)
def test_one_that_breaks_a_rule_is_refused(what, problem):
    with pytest.raises(ContractBroken, match=problem):
        checked(changed("B02", **what))


def test_one_whose_link_leads_to_a_home_page_says_what_to_search_for():
    homes = [one for one in resources() if not one.link.split("://")[1].rstrip("/").count("/") and not one.search]
    names_itself = {"B03", "B04", "B14", "B17", "B89", "A44"}
    assert {one.code for one in homes} == names_itself, "the site itself is the resource"


def test_groups_stand_together_in_their_order():
    order = [one.group for one in resources()]
    assert order == sorted(order, key=list(GROUPS).index)


def test_each_is_named_by_something_in_the_documents():
    named = {code for item in checklist() for code in item.resources}
    assert {one.code for one in resources()} - named == set()


def test_none_is_told_twice():
    assert len({(one.organisation, one.name) for one in resources()}) == len(resources())


def test_no_address_in_any_list_is_a_placeholder():
    said = " ".join(file.read_text("utf-8") for file in Path(catalogue.__file__).parent.glob("*.toml"))
    addresses = re.findall(r"https?://[^\s\"')|]+", said)
    assert len(addresses) > 50
    assert [one for one in addresses if re.search(r"example|localhost|…|\.\.\.|[<>{}]", one)] == []
