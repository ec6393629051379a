"""Below how many a share says too little, in Getting help."""

FEW = 20
"""A share of fewer plans, requests or decisions is told as numbers, not drawn, not compared and in no mean."""
COVERED, NEARLY_ALL = 50.0, 90.0
"""Per cent of the plans that started in a year that the return on the 20 weeks counts: below the first its share makes
no headline and no mean, below the second its coverage is said."""
FEW_PLANS, FEW_SHARES = f"fewer than {FEW} plans", f"a share of fewer than {FEW}"
