"""Pupils by SEN provision out of the API's rows."""

import pandas as pd
import pytest

from sendlib.errors import ContractBroken
from sendlib.refresh import pupils
from tests.refresh import ees

pytestmark = ees.needs_originals


def test_an_authority_whose_code_is_not_known_is_refused_and_not_left_out(newer):
    rows = pd.DataFrame(
        {
            "level": ["NAT", "LA", "LA"],
            "code": ["E92000001", "E1", "E2"],
            "old_code": ["", "301", ""],
            "place": ["England", "One", "Two"],
            "time": "2025/26",
            "sen_provision": "Education, health and care plan",
            "pupil_percent": "5.0",
        }
    )
    with pytest.raises(ContractBroken, match="Two. is not a 3-digit authority code"):
        pupils.read(rows)
    assert len(pupils.read(rows.assign(old_code=["", "301", "301 / 302"]))) == 2
