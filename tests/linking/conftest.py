"""What the tests of linking share: one rehearsal, and two lists as files of an authority would be."""

import pytest

from sendlib.linking import engine, rehearsal
from sendlib.linking.made_up import lists

CHILDREN = 400


@pytest.fixture(scope="session")
def rehearsed():
    """What the page opens with."""
    if not engine.is_there():
        pytest.skip("Splink is not installed: pip install -r requirements-link.txt")
    return rehearsal.rehearse(rehearsal.SIZES[1], rehearsal.DRAWS[0])


@pytest.fixture(scope="session")
def two_lists():
    """MADE-UP children in two lists, with the truth about them."""
    return lists.made(CHILDREN, 1)


@pytest.fixture
def files(two_lists, tmp_path):
    """The two lists as files in a folder: education's as Excel saves a CSV, health's in Parquet."""
    folder = tmp_path / "desk"
    folder.mkdir()
    education = two_lists.education.assign(Ward=["North", "South"] * (CHILDREN // 2))
    education.loc[education.index[:3], "Ward"] = "Tiny"
    headings = {"unique_id": "Pupil ID", "forename": "First name", "dob": "Date of birth", "postcode": "Post code"}
    education.rename(columns=headings).to_csv(folder / "education.csv", index=False, encoding="utf-8-sig")
    two_lists.health.rename(columns={"unique_id": "NHS number"}).to_parquet(folder / "health.parquet", index=False)
    return folder
