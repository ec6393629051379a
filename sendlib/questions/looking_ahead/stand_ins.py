"""What arithmetic takes in place of residents that are missing, so that no other area changes for want of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd


def filled(held: pd.DataFrame, wider: pd.DataFrame, regions: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Residents by authority and age band, with a stand-in where one is missing.

    `wider` has the same bands of the regions, and of all together under the name that is no region's; `regions` the
    authorities of each. The authorities of a region that lack a band have together what the region has beyond the
    others of it; where the region's own number is missing as well, and no other region lacks one, what England has
    beyond all others. So the sums are those that were published. A stand-in is for sums only and never shown: what an
    authority has is not known. What nothing stands in for stays missing.
    """
    found = held.copy()
    whole = wider[~wider.index.isin(list(regions))]
    for band in held.columns[held.isna().any()]:
        for region, codes in regions.items():
            rest = float(wider[band].get(region, float("nan"))) - float(held.loc[list(codes), band].sum())
            _share(found, band, codes, rest)
        left = [codes for codes in regions.values() if found.loc[list(codes), band].isna().any()]
        if len(left) == 1 and len(whole):
            _share(found, band, left[0], float(whole[band].iloc[0]) - float(found[band].sum()))
    return found


def _share(found: pd.DataFrame, band: str, codes: Sequence[str], rest: float) -> None:
    """Share the rest evenly between the authorities that lack the band; a rest that is missing leaves them so."""
    lacking = [code for code in codes if pd.isna(found.at[code, band])]
    if lacking:
        found.loc[lacking, band] = max(rest, 0.0) / len(lacking) if rest == rest else rest
