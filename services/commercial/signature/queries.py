"""What the client's page shows."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.copies import queries as copies
from services.commercial.proposition import documents, repository
from services.commercial.proposition.models import Signature
from services.commercial.signature.rules import EtatLien
from services.commercial.signature.schemas import Contenu, VueOffre
from services.commercial.signature.use_cases import phrase, trouver

MONTRES = frozenset({EtatLien.OUVERT, EtatLien.ACCEPTE, EtatLien.REFUSE})


async def offre(session: AsyncSession, jeton: str, *, aujourd_hui: date) -> VueOffre:
    """The offer of a link, without its lines once it was replaced, put aside or expired."""
    lien = await trouver(session, jeton)
    proposition = await repository.get(session, lien.proposition_id)
    etat = lien.etat(proposition, aujourd_hui)
    societe = await copies.societe(session)
    devis = await documents.composer(session, proposition, le=aujourd_hui) if etat in MONTRES else None
    signature = await _signature(session, proposition.id) if etat is EtatLien.ACCEPTE else None
    return VueOffre(
        etat=etat,
        phrase=phrase(etat, proposition),
        numero=proposition.numero,
        societe=societe.raison_sociale if societe else "",
        telephone=societe.telephone if societe else "",
        courriel=societe.email if societe else "",
        valide_jusqu_au=proposition.valide_jusqu_au,
        proposition_id=proposition.id,
        signe_par=signature.nom if signature else None,
        signe_le=signature.signe_le if signature else None,
        contenu=Contenu.de(devis) if devis else None,
    )


async def _signature(session: AsyncSession, proposition_id: object) -> Signature | None:
    choix = select(Signature).where(Signature.proposition_id == proposition_id)
    return (await session.scalars(choix)).one_or_none()
