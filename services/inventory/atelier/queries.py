"""What the configuration window reads beside the object itself."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.inventory.atelier.rules import a_reprendre
from services.inventory.atelier.schemas import VueConsultation, VueJumeau
from services.inventory.errors import HistoriqueInconnu
from services.inventory.historique.models import ConsultationSecret, Historique
from services.inventory.historique.repository import ENTIER
from services.inventory.produit.models import Produit

CONSULTATIONS_MONTREES = 20


async def consultations(session: AsyncSession, historique_id: UUID) -> list[VueConsultation]:
    """Who read the secrets of an object in clear, the last first."""
    lues = select(ConsultationSecret).where(ConsultationSecret.historique_id == historique_id)
    dernieres = await session.scalars(lues.order_by(ConsultationSecret.id.desc()).limit(CONSULTATIONS_MONTREES))
    return [VueConsultation.model_validate(lue) for lue in dernieres]


async def jumeau(session: AsyncSession, historique_id: UUID) -> VueJumeau | None:
    """The object of the same type on the same feuille that lends this one the most: its very product first, then the latest
    configured. None when nothing is left to take over.
    """
    objet = await session.get(Historique, historique_id, options=ENTIER)
    if objet is None:
        raise HistoriqueInconnu
    du_type = objet.produit.type
    if du_type is None or objet.feuille_id is None:
        return None
    freres = (
        select(Historique)
        .join(Produit, Produit.id == Historique.produit_id)
        .where(Historique.feuille_id == objet.feuille_id, Historique.id != historique_id, Produit.type_id == du_type.id)
        .options(*ENTIER)
    )
    remplis = [v.cle for v in objet.actuelles if v.est_remplie]
    choix = []
    for frere in await session.scalars(freres):
        valeurs = {v.cle: v for v in frere.actuelles if v.est_remplie}
        if cles := a_reprendre(du_type.formulaire, remplis, valeurs):
            rang = (frere.produit_id == objet.produit_id, len(cles), max(valeurs[c].le for c in cles), frere.id)
            choix.append((rang, frere, [valeurs[c] for c in cles]))
    if not choix:
        return None
    _, frere, pretees = max(choix, key=lambda c: c[0])
    return VueJumeau(
        id=frere.id,
        designation=frere.produit.designation,
        numero_serie=frere.numero_serie,
        valeurs={v.cle: v.contenu for v in pretees if not v.est_secrete},
        secrets=[v.cle for v in pretees if v.est_secrete],
    )
