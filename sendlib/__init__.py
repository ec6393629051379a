"""SEND Explorer: figures about special educational needs and disabilities in England.

Data moves one way, and the folders follow it::

    sources -> store -> areas -> tables -> questions -> view (pages), command line

Nothing imports what stands to its right; `pyproject.toml` holds that as an
import-linter contract. `methods` (pure statistics) and `catalogue` (facts kept
as data) know nothing of the rest and may be used anywhere.
"""

__version__ = "0.1.0"
