"""Annual reviews: columns with a year in their name."""

import pytest

from sendlib.tables import process, symbols
from tests.made_up import adding_up, as_csv, release

FILE = "made-up.csv"
REVIEWS = {
    "review_expected": "reviews_due",
    "review_meeting_in_year": "review_meetings_in_year",
    "review_meeting_before": "review_meetings_before",
    "review_meeting_after": "review_meetings_after",
}


def made_up_reviews(*columns, year="2024"):
    figures = {"review_expected": adding_up, **dict.fromkeys(columns, adding_up)}
    return as_csv(release([("All annual reviews", "All annual reviews")], figures, year, "Calendar year"))


@pytest.mark.parametrize(("year", "number"), [("2024", 24), ("2025", 25)])
def test_the_columns_of_reviews_are_found_whatever_year_they_carry(year, number):
    rows = made_up_reviews(
        f"review_meeting_{number}", f"review_meeting_{number + 1}", f"review_meeting_prior_{number}", year=year
    )
    frame, _ = process.read_2025(rows, FILE, "flow", REVIEWS)
    assert set(frame.measure) == set(REVIEWS.values()) and set(frame.period) == {year}


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (("review_meeting_24", "review_meeting_25"), "before"),
        (("review_meeting_23", "review_meeting_25", "review_meeting_prior_24"), "in the year"),
        (("review_meeting_24", "review_meeting_26", "review_meeting_prior_24"), "later year"),
    ],
)
def test_columns_of_reviews_of_another_year_or_none_are_refused(columns, message):
    with pytest.raises(process.ContractBroken, match=message):
        process.read_2025(made_up_reviews(*columns), FILE, "flow", REVIEWS)


def test_a_file_of_two_years_tells_of_meetings_in_its_newest_year_only():
    columns = ("review_meeting_23", "review_meeting_24", "review_meeting_25", "review_meeting_prior_24")
    newest = made_up_reviews(*columns).decode()
    older = made_up_reviews(*columns, year="2023").decode().split("\n", 1)[1]
    frame, _ = process.read_2025((newest + older).encode(), FILE, "flow", REVIEWS)
    met = (
        frame[frame.measure.eq(REVIEWS["review_meeting_in_year"])]
        .groupby("period")["status"]
        .unique()
        .map(list)
        .to_dict()
    )
    assert met == {"2023": [symbols.NOT_AVAILABLE], "2024": [symbols.VALUE]}
    due = frame[frame.measure.eq(REVIEWS["review_expected"])].groupby("period")["status"].unique().map(list).to_dict()
    assert due == {"2023": [symbols.VALUE], "2024": [symbols.VALUE]}
