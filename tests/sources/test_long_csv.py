"""A zip archive of which the one table can not be told is refused in a sentence."""

import zipfile

import pytest

from sendlib.errors import ContractBroken
from sendlib.sources import long_csv


def test_a_second_csv_in_an_archive_is_named_and_none_is_guessed(tmp_path):
    packed = tmp_path / "month.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("data.csv", "data_revised.csv"):
            archive.writestr(name, "a,b\n1,2\n")
    with (
        pytest.raises(ContractBroken, match=r"2 are there \(data.csv, data_revised.csv\). Which of them"),
        long_csv.opened(packed, "data"),
    ):
        pass
