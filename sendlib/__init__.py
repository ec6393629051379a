"""SEND Explorer: figures about special educational needs and disabilities in England.

Data moves one way, and the folders follow it::

    sources -> store -> areas -> tables -> questions -> view (pages), command line

Nothing imports what stands to its right; `pyproject.toml` holds that as an
import-linter contract. `methods` (pure statistics) and `catalogue` (facts kept
as data) know nothing of the rest and may be used anywhere.
"""

import sys

__version__ = "0.1.0"

if sys.version_info < (3, 11):  # noqa: UP036 - an older one would speak of a name that can not be imported
    sys.exit(
        f"SEND Explorer needs Python 3.11 to 3.14 (64-bit); this is Python {sys.version_info[0]}.{sys.version_info[1]}."
        " Install a newer one and make .venv again with it."
    )
