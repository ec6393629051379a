"""Picking a measure of any page, over time and on the map, through Streamlit's own test runner."""

from tests.view.test_pages import opened, text_of


def chosen(test, label):
    (box,) = (box for box in test.selectbox if box.label == label)
    return box


def test_a_page_and_then_one_of_its_measures_are_picked_over_time():
    test = opened("my_area", area="879", open="any_measure")
    assert not test.exception and "Any measure of these pages over time" in text_of(test)
    chosen(test, "A measure of").select("getting_help").run()
    assert "getting_help" in test.query_params["measure_of"]
    assert "Share of plans issued within 20 weeks" in text_of(test)
    chosen(test, "Measure (type to find it)").select("getting_help.demand.counted.ehc_needs_assessments").run()
    assert not test.exception and "EHC needs assessments. On the page Getting help:" in text_of(test)
    chosen(test, "A measure of").select("none").run()
    assert not test.exception and "Any measure of these pages over time" in text_of(test)


def test_a_link_to_a_measure_opens_its_part_and_a_bad_one_is_told_of():
    test = opened("my_area", area="879", measure="places.residential.plans.all")
    assert "Residential placements: All. On the page Places:" in text_of(test)
    test = opened("my_area", area="879", measure="places.residential.plans.none_such")
    assert not test.exception and "It is left out." in text_of(test)


def test_the_map_is_shaded_by_a_measure_and_back_again():
    test = opened("places", area="879")
    chosen(test, "Shade").select("needs").run()
    assert not test.exception and "each authority of England, as on the page Needs" in text_of(test)
    chosen(test, "Measure (type to find it)").select("needs.comparators.rate.autism").run()
    assert "Plans per 1,000 residents, January 2025: Autism" in text_of(test)
    chosen(test, "Shade").select("per_1000").run()
    assert not test.exception and "as on the page Needs" not in text_of(test)
