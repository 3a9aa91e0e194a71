"""What was sent, and what the sending dialog starts from."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.affaire.models import Affaire
from services.commercial.copies import queries as copies
from services.commercial.envoi.models import Envoi, LienSignature
from services.commercial.envoi.schemas import ProjetEnvoi, VueEnvoi, VueSuivi
from services.commercial.errors import PropositionInconnue
from services.commercial.proposition import documents
from services.commercial.proposition.models.proposition import Proposition
from shared.courriel.envoi import EtatEnvoi
from shared.documents import formats

ENVOIS_MAX = 50


async def lister(session: AsyncSession, proposition_id: UUID) -> list[VueEnvoi]:
    """The last sendings of a proposition, the latest first."""
    choix = select(Envoi).where(Envoi.proposition_id == proposition_id).order_by(Envoi.id.desc()).limit(ENVOIS_MAX)
    envois = list(await session.scalars(choix))
    actes = await _actes(session, [envoi.id for envoi in envois])
    return [
        VueEnvoi.model_validate(envoi).model_copy(update={"suivis": _suivis(envoi, actes.get(envoi.id, {}))})
        for envoi in envois
    ]


def _suivis(envoi: Envoi, actes: dict[str, dict[str, Any]]) -> list[VueSuivi]:
    """One by person, in the order of the mail; what older links did is nobody's in particular."""
    refuses = dict(refus.split(" : ", 1) for refus in envoi.refus if " : " in refus)
    suivis = [
        VueSuivi(**{"adresse": adresse, "refuse": refuses.get(adresse, "")} | actes.get(adresse, {}))
        for adresse in envoi.destinataires
    ]
    return suivis if envoi.etat is EtatEnvoi.ENVOYE else []


async def _actes(session: AsyncSession, envoi_ids: Sequence[UUID]) -> dict[UUID, dict[str, dict[str, Any]]]:
    """By sending and address: openings of all their links, and the last answer given by one of them."""
    lien = LienSignature
    choix = (
        select(
            lien.envoi_id,
            lien.destinataire,
            func.min(lien.ouvert_le).label("ouvert_le"),
            func.max(lien.vu_le).label("vu_le"),
            func.sum(lien.ouvertures).label("ouvertures"),
            func.min(lien.telecharge_le).label("telecharge_le"),
            func.max(lien.rejet).label("rejet"),
        )
        .where(lien.envoi_id.in_(envoi_ids))
        .group_by(lien.envoi_id, lien.destinataire)
    )
    actes: dict[UUID, dict[str, dict[str, Any]]] = {}
    for envoi_id, adresse, *valeurs, rejet in await session.execute(choix):
        noms = ("ouvert_le", "vu_le", "ouvertures", "telecharge_le")
        acte = dict(zip(noms, valeurs, strict=True)) | ({"refuse": rejet} if rejet else {})
        actes.setdefault(envoi_id, {})[adresse] = acte
    reponses = text(
        "SELECT l.envoi_id, l.destinataire, r.genre, r.recue_le, r.nom FROM reponse_client r"
        " JOIN lien_signature l ON l.id = r.lien_id WHERE l.envoi_id = ANY(:ids) ORDER BY r.id"
    )
    for envoi_id, adresse, genre, le, nom in await session.execute(reponses, {"ids": list(envoi_ids)}):
        acte = actes.setdefault(envoi_id, {}).setdefault(adresse, {})
        acte |= {"reponse": genre, "repondu_le": le, "repondu_par": nom}
    return actes


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
    destinataire = await _destinataire(session, proposition)
    nom = "notre avenant" if proposition.avenant_rang else "notre devis"
    texte = (
        "Bonjour,\n\n"
        f"Veuillez trouver ci-joint {nom} {proposition.numero} : {proposition.objet}.\n\n"
        f"Il est valable jusqu’au {formats.date_longue(proposition.valide_jusqu_au)}. "
        "Vous pouvez l’accepter en ligne ou nous le retourner signé. Nous restons à votre disposition."
    )
    return ProjetEnvoi(
        destinataires=[destinataire] if destinataire else [],
        sujet=f"{documents.titre(proposition.avenant_rang)} {proposition.numero} : {proposition.objet}"[:200],
        message=texte,
    )


async def _destinataire(session: AsyncSession, proposition: Proposition) -> str | None:
    """The tiers that receives the papers in place of the client, else the client's project head, else the client."""
    client = await copies.tiers(session, proposition.tiers_id)
    if proposition.tiers_secondaire_id:
        secondaire = await copies.tiers(session, proposition.tiers_secondaire_id)
        return secondaire.email if secondaire else None
    affaire = await session.get(Affaire, proposition.affaire_id) if proposition.affaire_id else None
    chef_id = affaire.chef_projet_client_id if affaire else None
    gens = client.interlocuteurs if client else ()
    chef = next((p.email for p in gens if p.interlocuteur_id == chef_id), None)
    return chef or (client.email if client else None)
