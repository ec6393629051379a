"""Joining up through Streamlit's own test runner: the switch, the calculator and the readiness check."""

from tests.view.test_pages import opened, text_of


def test_families_and_analysts_can_switch_to_health():
    for mode in ("explore", "families"):
        test = opened("joining_up", area="352", mode=mode)
        assert not test.exception and "67 of 91" in test.header[0].value
        test.button_group(key="choose_joined").set_value("health").run()
        assert "22 of 91" in test.header[0].value and test.query_params["joined"] == "health"


def test_the_match_can_be_typed():
    test = opened("joining_up", area="879", open="match")
    test.number_input(key="choose_match_number").set_value(98.0).run()
    assert "At 98% matched, 1 in 50 would be missed." in text_of(test)


def test_a_readiness_check_stays_in_the_visit_and_out_of_the_address():
    test = opened("joining_up", area="879", open="readiness")
    assert "Nothing is answered yet." in text_of(test)
    before = dict(test.query_params)
    test.button_group(key="readiness_care_879").set_value("building").run()
    assert "In development: as 17 of the 91 councils (18.7%)." in text_of(test)
    assert dict(test.query_params) == before
    test.button_group(key="readiness_page").set_value("barriers").run()
    test.multiselect(key="readiness_barriers_879").set_value(["consent"]).run()
    assert not test.exception
    assert test.session_state["readiness"]["879"].barriers == ("consent",)
    assert "In development: as 17 of the 91" in text_of(test), "both pages are held together"
    test.button(key="readiness_clear").click().run()
    assert "Nothing is answered yet." in text_of(test)


def test_another_visit_knows_nothing_of_it():
    assert "Nothing is answered yet." in text_of(opened("joining_up", area="879", open="readiness"))
