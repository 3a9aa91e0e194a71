"""What the client's page shows, and what staff see of the answers."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.copies import queries as copies
from services.commercial.errors import DocumentAbsent
from services.commercial.proposition import documents, repository
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.models.signature import Signature
from services.commercial.proposition.rules import chiffrage
from services.commercial.signature.models import GenreReponse, ReponseClient
from services.commercial.signature.rules import EtatLien
from services.commercial.signature.schemas import Contenu, VueOffre, VueQuestion, VueReponse
from services.commercial.signature.use_cases import MONTRES, Lien, phrase, trouver, verifier_lisible
from shared.kernel.refusals import Conflict

REPONSES_MAX = 100


async def offre(
    session: AsyncSession, jeton: str, *, aujourd_hui: date, choix: Collection[UUID] | None = None
) -> VueOffre:
    """The offer of a link, without its lines once it was replaced, put aside or expired; `choix`: as the client would take it."""
    lien = await trouver(session, jeton)
    proposition = await repository.get(session, lien.proposition_id)
    etat = lien.etat(proposition, aujourd_hui)
    societe = await copies.societe(session)
    if choix is not None and etat is EtatLien.OUVERT:
        proposition.lignes = chiffrage.choisir(proposition.lignes, choix)
    devis = await documents.composer(session, proposition, le=aujourd_hui) if etat in MONTRES else None
    signature = await _signature(session, proposition.id) if etat is EtatLien.ACCEPTE else None
    return VueOffre(
        etat=etat,
        phrase=phrase(etat, proposition),
        numero=proposition.numero,
        titre=documents.titre(proposition.avenant_rang),
        amende=documents.devis_amende(proposition.numero, proposition.avenant_rang),
        societe=societe.raison_sociale if societe else "",
        telephone=societe.telephone if societe else "",
        courriel=societe.email if societe else "",
        valide_jusqu_au=proposition.valide_jusqu_au,
        proposition_id=proposition.id,
        signe_par=signature.nom if signature else None,
        signe_le=signature.signe_le if signature else None,
        est_scelle=bool(signature and signature.document_signe_sha256),
        a_document=_est_lisible(lien, proposition, aujourd_hui, signature),
        cgv_nom=devis.cgv[0] if devis and devis.cgv else "",
        questions=await _questions(session, lien.id),
        contenu=Contenu.de(devis, proposition.lignes) if devis else None,
    )


async def document(session: AsyncSession, jeton: str, *, aujourd_hui: date) -> Lien:
    """The link whose file may still be read; DocumentAbsent, LienExpire, LienRemplace or DejaRepondu otherwise."""
    lien = await trouver(session, jeton)
    proposition = await repository.get(session, lien.proposition_id)
    signature = await _signature(session, proposition.id)
    verifier_lisible(lien, proposition, aujourd_hui, est_le_sien=bool(signature and signature.lien_id == lien.id))
    if lien.document_sha256 is None:
        raise DocumentAbsent
    return lien


async def conditions(session: AsyncSession, jeton: str, *, aujourd_hui: date) -> tuple[str, str]:
    """The name and the hash of the general conditions joined to an offer that may be read; DocumentAbsent."""
    lien = await trouver(session, jeton)
    proposition = await repository.get(session, lien.proposition_id)
    if lien.etat(proposition, aujourd_hui) not in MONTRES:
        raise DocumentAbsent
    devis = await documents.composer(session, proposition, le=aujourd_hui)
    if devis.cgv is None:
        raise DocumentAbsent
    return devis.cgv


def _est_lisible(lien: Lien, proposition: Proposition, aujourd_hui: date, signature: Signature | None) -> bool:
    try:
        verifier_lisible(lien, proposition, aujourd_hui, est_le_sien=bool(signature and signature.lien_id == lien.id))
    except Conflict:
        return False
    return True


async def _signature(session: AsyncSession, proposition_id: object) -> Signature | None:
    choix = select(Signature).where(Signature.proposition_id == proposition_id)
    return (await session.scalars(choix)).one_or_none()


async def signature_du_lien(session: AsyncSession, jeton: str) -> Signature | None:
    """How the offer of a link was accepted through that very link."""
    lien = await trouver(session, jeton)
    choix = select(Signature).where(Signature.proposition_id == lien.proposition_id, Signature.lien_id == lien.id)
    return (await session.scalars(choix)).one_or_none()


async def reponses(session: AsyncSession, proposition_id: UUID) -> list[VueReponse]:
    """What the client answered about a proposition, the latest first."""
    choix = (
        select(ReponseClient)
        .where(ReponseClient.proposition_id == proposition_id)
        .order_by(ReponseClient.id.desc())
        .limit(REPONSES_MAX)
    )
    return [VueReponse.model_validate(reponse) for reponse in await session.scalars(choix)]


async def _questions(session: AsyncSession, lien_id: UUID) -> list[VueQuestion]:
    choix = (
        select(ReponseClient)
        .where(ReponseClient.lien_id == lien_id, ReponseClient.genre == GenreReponse.QUESTION)
        .order_by(ReponseClient.id)
    )
    return [VueQuestion.model_validate(question) for question in await session.scalars(choix)]
