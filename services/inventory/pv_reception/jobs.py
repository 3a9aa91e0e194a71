"""The job that prints a signed PV and keeps its exact file. Outside any transaction, safe to run again."""

from services.inventory.copies import queries as copies
from services.inventory.pv_reception import documents, queries
from services.inventory.pv_reception.models import PvReception
from shared.contracts.inventory import PvReceptionSigne
from shared.database.database import Database
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
    contenu = await documents.pdf(means.renderer, pv, societe, client)
    fichier = await means.stockage.poser(contenu, f"{pv.numero}.pdf", "application/pdf")
    async with db.transaction(ATELIER) as tx:
        garde = await tx.get(PvReception, fait.pv_id, with_for_update=True, populate_existing=True)
        if garde is not None and garde.document_sha256 is None:
            garde.document_sha256, garde.document_nom = fichier.sha256, fichier.nom
