"""The mail that reminds a client of a devis."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from shared.courriel.message import Courriel, Piece, adresse_nue, message_id
from shared.courriel.redaction import Action, rediger


@dataclass(frozen=True, slots=True, kw_only=True)
class Rappel:
    """What one attempt sends: read in the first transaction, used outside any."""

    relance_id: UUID
    sujet: str
    message: str
    titre: str
    numero: str
    objet: str
    validite: str
    societe: str
    commercial: str
    repondre_a: str
    document_sha256: str
    document_nom: str
    jetons: Mapping[str, str]
    le: datetime


def rediger_courriel(rappel: Rappel, destinataire: str, pdf: bytes, *, lien: str, expediteur: str) -> Courriel:
    """The message of one person; its Message-ID is that of the reminder to them, the same at each attempt."""
    paragraphes = [texte.strip() for texte in rappel.message.split("\n\n") if texte.strip()]
    salutation, *suite = paragraphes if paragraphes[0].endswith(",") else ["Bonjour,", *paragraphes]
    corps = rediger(
        suite,
        societe=rappel.societe,
        salutation=salutation,
        action=Action("Consulter et répondre", lien),
        faits=[(rappel.titre, rappel.numero), ("Objet", rappel.objet), ("Valable jusqu’au", rappel.validite)],
        signature=[ligne for ligne in ("Cordialement,", rappel.commercial, rappel.societe) if ligne],
        pied="Le document est joint à ce message. Le lien vous est personnel : il permet de l’accepter ou de le refuser.",
    )
    return Courriel(
        de=expediteur,
        a=(destinataire,),
        sujet=rappel.sujet,
        texte=corps.texte,
        html=corps.html,
        message_id=message_id(rappel.relance_id, adresse_nue(expediteur).rpartition("@")[2], destinataire),
        pieces=(Piece(rappel.document_nom, pdf),),
        repondre_a=rappel.repondre_a,
        le=rappel.le,
    )
