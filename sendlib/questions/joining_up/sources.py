"""Where the figures of Joining up come from."""

from __future__ import annotations

from sendlib.catalogue.linkage import Document, Linkage
from sendlib.provenance import Provenance
from sendlib.store import Store


def of(store: Store, linkage: Linkage, tables: set[str]) -> dict[str, tuple[Provenance, ...]]:
    """The documents, the survey first, and the tables of the store that the numbers of children are taken from."""
    return {
        **{named(key): (_cited(one),) for key, one in linkage.documents.items()},
        **{name: store.info(name).sources for name in sorted(tables)},
    }


def named(document: str) -> str:
    """What an answer calls a document."""
    return f"linkage_{document}"


def _cited(document: Document) -> Provenance:
    return Provenance(
        publisher=document.publisher,
        publication=document.title,
        release=document.release,
        published=document.published,
        retrieved=None,
        url=document.url,
        licence="quoted facts",
        sha256="",
        status="Research",
        note="",
    )
