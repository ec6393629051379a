"""Where the figures of Joining up come from."""

from __future__ import annotations

from sendlib.catalogue.linkage import Document, Linkage
from sendlib.provenance import Provenance
from sendlib.store import Store


def of(store: Store, linkage: Linkage, tables: set[str]) -> dict[str, tuple[Provenance, ...]]:
    """The survey, the other documents, and the tables of the store that the numbers of children are taken from."""
    others = [one for key, one in linkage.documents.items() if key != linkage.document]
    return {
        "linkage_survey": (_cited(linkage.documents[linkage.document]),),
        "linkage_documents": tuple(_cited(one) for one in others),
        **{name: store.info(name).sources for name in sorted(tables)},
    }


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
