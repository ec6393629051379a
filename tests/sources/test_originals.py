"""A folder of original releases, and what is wrong with it."""

import gzip
from pathlib import Path

import pytest

from sendlib.errors import ContractBroken


def test_gzip_that_is_cut_short_is_refused(tmp_path):
    from sendlib.sources.originals import Originals

    Path(tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"a,b\n" * 1000)[:-20])
    with pytest.raises(ContractBroken, match="gzip"):
        Originals(tmp_path).read("a.csv.gz")


def test_the_folder_of_originals_is_named_when_it_is_not_there(tmp_path):
    from sendlib.errors import SourceUnavailable
    from sendlib.sources.originals import Originals

    with pytest.raises(SourceUnavailable, match="no folder"):
        Originals(tmp_path / "nothing")
    with pytest.raises(SourceUnavailable, match="is not in"):
        Originals(tmp_path).read("nothing.csv")
