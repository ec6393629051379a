"""The picker of the area: whatever is typed is looked up, groups are put together, and a second area is set beside."""

import pytest

from sendlib import questions
from sendlib.view.controls import View, as_query
from tests.view.test_pages import in_address, opened, text_of


def warned(test) -> str:
    return "\n".join(warning.value for warning in test.warning)


def typed(test, key: str, text: str) -> None:
    """What a person types who chooses nothing of the list; Streamlit's test runner knows only what is in it."""
    box = test.selectbox(key=key)
    box.options.append(text)
    box.set_value(text).run()


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("Burnley", "Lancashire", "Burnley is a district of Lancashire"),
        ("Middlesborough", "Middlesbrough", "read as Middlesbrough"),
        ("QJK", "NHS Devon", ""),
        ("south west", "South West", ""),
        ("England", "England", ""),
    ],
)
def test_any_name_in_the_address_is_looked_up_and_shown(text, name, said):
    test = opened("my_area", area=text)
    assert not test.exception
    assert f"**{name}**" in text_of(test) and said in warned(test)
    assert name in test.selectbox(key="choose_area").value


def test_what_is_chosen_in_the_list_stands_in_the_address():
    test = opened("my_area", area="879")
    test.selectbox(key="choose_area").set_value("South West (region)").run()
    assert in_address(test, "area") == "E12000009" and "**South West**" in text_of(test)


def test_a_district_stays_in_the_links_to_other_pages(areas):
    assert as_query(View(areas.get("888"), "neighbours-2025", "explore", place="Burnley")) == {"area": "Burnley"}


def test_an_authority_becomes_a_group_to_which_others_are_added_and_which_gets_a_name():
    test = opened("my_area", area="879")
    test.selectbox(key="choose_area").set_value("Several authorities").run()
    assert in_address(test, "area") == "879," and not test.exception
    test.multiselect(key="choose_members").set_value(["879", "880", "878"]).run()
    assert in_address(test, "area") == "878,879,880"
    assert "**Devon, Plymouth and Torbay**" in text_of(test)
    test.text_input(key="choose_group_name").set_value("Peninsula").run()
    assert in_address(test, "area") == "Peninsula:878,879,880"
    assert "**Peninsula**" in text_of(test) and not test.exception


@pytest.mark.parametrize("text", ["several authorities", "Group", "Several Councils"])
def test_who_types_that_they_want_several_gets_the_editor_of_groups(text):
    test = opened("my_area", area="879")
    typed(test, "choose_area", text)
    assert in_address(test, "area") == "879," and test.multiselect(key="choose_members").value == ["879"]


def test_a_group_can_not_be_called_like_another_area_and_says_what_it_is_called():
    test = opened("my_area", area="879,880")
    test.text_input(key="choose_group_name").set_value("England").run()
    assert in_address(test, "area") == "England (group):879,880"
    assert "'England' is the name of another area" in warned(test)
    assert "**England (group)**" in text_of(test) and not test.exception


def test_a_group_without_members_asks_for_some():
    test = opened("my_area", area="group")
    assert not test.exception and "Choose an area above" in text_of(test)
    test.multiselect(key="choose_members").set_value(["879"]).run()
    assert in_address(test, "area") == "879," and not test.exception


def test_a_group_is_compared_with_what_a_group_can_be_compared_with():
    test = opened("my_area", area="878,879")
    box = test.selectbox(key="choose_vs")
    assert box.options == ["All authorities in England", "The regions of England", "My own choice of areas"]


@pytest.mark.parametrize("mode", ["explore", "show", "families"])
@pytest.mark.parametrize("page", list(questions.names()))
def test_a_second_area_is_set_beside_on_every_page(page, mode):
    test = opened(page, area="879", beside="880", mode=mode)
    assert not test.exception and not test.error
    shown = text_of(test)
    assert "Plymouth" in shown and "Torbay" in shown


def test_the_area_beside_is_chosen_and_taken_away_again():
    test = opened("needs", area="879")
    test.selectbox(key="choose_beside").set_value("Torbay").run()
    assert in_address(test, "beside") == "880" and "beside **Torbay**" in text_of(test)
    test.selectbox(key="choose_beside").set_value(None).run()
    assert in_address(test, "beside") is None and "Torbay" not in text_of(test)
