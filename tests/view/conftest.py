"""The browser of the tests of pages."""

from tests.view.browsing import address, browser, visit

__all__ = ["address", "browser", "visit"]
