"""Publishers' files: the only part of the package that opens them."""
