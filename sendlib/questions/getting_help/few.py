"""Below how many a share says too little, in Getting help."""

FEW = 20
"""A share of fewer plans, requests or decisions is told as numbers, not drawn, not compared and in no mean."""
FEW_PLANS, FEW_SHARES = f"fewer than {FEW} plans", f"a share of fewer than {FEW}"
