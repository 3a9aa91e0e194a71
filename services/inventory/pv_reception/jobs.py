"""The job that prints a signed PV and keeps its exact file. Outside any transaction, safe to run again."""

import asyncio

from services.inventory.copies import queries as copies
from services.inventory.pv_reception import documents, queries
from services.inventory.pv_reception.models import PvReception
from shared.contracts.inventory import PvReceptionSigne
from shared.database.database import Database
from shared.documents import photo
from shared.documents.errors import PhotoIllisible
from shared.fichiers.errors import FichierIntrouvable
from shared.kernel.actor import Actor
from shared.means import Means

ATELIER = Actor.systeme("Atelier")


async def archiver(db: Database, fait: PvReceptionSigne) -> None:
    """Store the PDF, once: what was signed has one file, found by its hash."""
    async with db.read() as session:
        pv = await queries.entier(session, fait.pv_id)
        societe, client = await copies.identite(session), await copies.fiche_tiers(session, pv.tiers_id)
    if pv.document_sha256 is not None:
        return
    means = Means.of(db)
    photos = [{**p, "image": await _image(means, p["sha256"])} for p in pv.photos]
    contenu = await documents.pdf(means.renderer, pv, societe, client, photos)
    fichier = await means.stockage.poser(contenu, f"{pv.numero}.pdf", "application/pdf")
    async with db.transaction(ATELIER) as tx:
        garde = await tx.get(PvReception, fait.pv_id, with_for_update=True, populate_existing=True)
        if garde is not None and garde.document_sha256 is None:
            garde.document_sha256, garde.document_nom = fichier.sha256, fichier.nom


async def _image(means: Means, sha256: str) -> str:
    """A photo as the PDF holds it; empty when it cannot be read as one: the PV names it all the same."""
    try:
        return await asyncio.to_thread(photo.data_uri, await means.stockage.lire(sha256))
    except (FichierIntrouvable, PhotoIllisible):
        return ""
