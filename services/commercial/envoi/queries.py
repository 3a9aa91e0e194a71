"""What was sent, and what the sending dialog starts from."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.copies import queries as copies
from services.commercial.envoi.models import Envoi
from services.commercial.envoi.schemas import ProjetEnvoi, VueEnvoi
from services.commercial.errors import PropositionInconnue
from services.commercial.proposition import documents
from services.commercial.proposition.models import Proposition
from shared.courriel.envoi import EtatEnvoi
from shared.documents import formats

ENVOIS_MAX = 50


async def lister(session: AsyncSession, proposition_id: UUID) -> list[VueEnvoi]:
    """The last sendings of a proposition, the latest first."""
    choix = select(Envoi).where(Envoi.proposition_id == proposition_id).order_by(Envoi.id.desc()).limit(ENVOIS_MAX)
    return [VueEnvoi.model_validate(envoi) for envoi in await session.scalars(choix)]


async def dernier_abouti(session: AsyncSession, proposition_id: UUID) -> Envoi | None:
    """The last mail that left."""
    choix = (
        select(Envoi)
        .where(Envoi.proposition_id == proposition_id, Envoi.etat == EtatEnvoi.ENVOYE)
        .order_by(Envoi.id.desc())
        .limit(1)
    )
    return (await session.scalars(choix)).one_or_none()


async def projet(session: AsyncSession, proposition_id: UUID) -> ProjetEnvoi:
    """A polite message ready to be corrected."""
    proposition = await session.get(Proposition, proposition_id)
    if proposition is None:
        raise PropositionInconnue
    tiers = await copies.tiers(session, proposition.tiers_id)
    nom = "notre avenant" if proposition.avenant_rang else "notre devis"
    texte = (
        "Bonjour,\n\n"
        f"Veuillez trouver ci-joint {nom} {proposition.numero} : {proposition.objet}.\n\n"
        f"Il est valable jusqu’au {formats.date_longue(proposition.valide_jusqu_au)}. "
        "Vous pouvez l’accepter en ligne ou nous le retourner signé. Nous restons à votre disposition."
    )
    return ProjetEnvoi(
        destinataires=[tiers.email] if tiers and tiers.email else [],
        sujet=f"{documents.titre(proposition.avenant_rang)} {proposition.numero} : {proposition.objet}"[:200],
        message=texte,
    )
