"""Lists about labels."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from services.inventory.errors import EtiquetteInconnue, HistoriqueInconnu, LotInconnu, ObjetSansEtiquette
from services.inventory.etiquette.models import Etiquette, LotEtiquettes
from services.inventory.etiquette.schemas import VueEtiquette, VueLot
from services.inventory.historique.models import Historique
from services.inventory.historique.rules import code_etiquette
from services.inventory.produit.models import Produit
from shared.web.paging import Cle, Page, paginer


async def lister(session: AsyncSession, *, limite: int, curseur: str | None) -> Page[VueLot]:
    """The batches made, the latest first."""
    posees = (
        select(func.count())
        .where(Etiquette.lot_id == LotEtiquettes.id, Etiquette.historique_id.is_not(None))
        .scalar_subquery()
    )
    cles = [Cle(LotEtiquettes.cree_le, decroissant=True), Cle(LotEtiquettes.id, decroissant=True)]
    lignes, suite = await paginer(session, select(LotEtiquettes, posees), cles, limite=limite, curseur=curseur)
    elements = [VueLot.model_validate(lot).model_copy(update={"posees": nombre}) for lot, nombre in lignes]
    return Page(elements=elements, curseur_suivant=suite)


async def du_lot(session: AsyncSession, lot_id: UUID) -> list[tuple[str, str | None, str | None, str | None]]:
    """(code, reference, serial number, designation) of every label of a batch; the last three when it is bound."""
    requete = (
        select(Etiquette.code, Produit.reference, Historique.numero_serie, Produit.designation)
        .outerjoin(Historique, Historique.id == Etiquette.historique_id)
        .outerjoin(Produit, Produit.id == Historique.produit_id)
        .where(Etiquette.lot_id == lot_id)
        .order_by(Etiquette.rang)
    )
    lignes = (await session.execute(requete)).all()
    if not lignes:
        raise LotInconnu
    return [(x[0], x[1], x[2], x[3]) for x in lignes]


async def de_l_objet(session: AsyncSession, historique_id: UUID) -> tuple[str, str, str | None, str]:
    """(code, reference, serial number, designation) of the label of an object, to print it again."""
    objet = await session.get(Historique, historique_id, options=(joinedload(Historique.produit),))
    if objet is None:
        raise HistoriqueInconnu
    if objet.etiquette is None:
        raise ObjetSansEtiquette(objet=objet.libelle)
    return objet.etiquette, objet.produit.reference, objet.numero_serie, objet.produit.designation


async def une(session: AsyncSession, saisie: str) -> VueEtiquette:
    """A label from what was scanned or typed."""
    code = code_etiquette(saisie)
    trouvee = (await session.scalars(select(Etiquette).where(Etiquette.code == code))).one_or_none()
    if trouvee is None:
        raise EtiquetteInconnue(code=code)
    return VueEtiquette(
        code=trouvee.code,
        historique_id=trouvee.historique_id,
        posee_par=trouvee.posee_par,
        posee_le=trouvee.posee_le,
    )
