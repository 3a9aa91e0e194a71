"""The list of a request for prices, and the mail around it. Neither has a place for a client or a price."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from services.purchasing.commande import documents as commandes
from services.purchasing.copies.models import CopieTiers
from services.purchasing.negociation.models import Negociation
from shared.contracts.contacts import SocieteModifiee
from shared.courriel.message import Courriel, Piece, adresse_nue, message_id
from shared.courriel.redaction import rediger
from shared.documents.papier import Ligne, Papier

DOSSIER = Path(__file__).parent
GABARIT = "demande_de_prix.html"


@dataclass(frozen=True, slots=True)
class Pli:
    """What one attempt sends: read in the first transaction, used outside any."""

    envoi_id: UUID
    negociation_ids: tuple[UUID, ...]
    demandeur_id: UUID | None
    demandeur_nom: str
    destinataires: tuple[str, ...]
    sujet: str
    message: str
    nom: str
    gabarit: str
    dossier: Path
    donnees: dict[str, Any]
    societe: str
    repondre_a: str


def liste_de_prix(
    numero: str,
    le: date,
    negociations: Sequence[Negociation],
    societe: SocieteModifiee | None,
    fournisseur: CopieTiers | None,
    suivi_par: str,
) -> dict[str, Any]:
    """What the template needs: references, names and quantities, nothing of the projects nor of the prices known."""
    return {
        "papier": Papier(
            genre="Demande de prix",
            numero=numero,
            le=le,
            societe=commandes.emetteur(societe),
            destinataire=commandes.adresse_de(negociations[0].fournisseur_nom, fournisseur),
            reperes=(("Suivi par", suivi_par),),
            lignes=tuple(
                Ligne(
                    numero=str(rang),
                    designation=n.designation,
                    reference=commandes.references(n.reference_fournisseur, n.reference),
                    quantite=n.quantite,
                    unite=n.unite,
                )
                for rang, n in enumerate(negociations, 1)
            ),
        )
    }


def rediger_courriel(pli: Pli, pdf: bytes, *, expediteur: str, le: datetime) -> Courriel:
    """The message; its Message-ID is that of the sending, the same at each attempt."""
    salutation, *paragraphes = [texte.strip() for texte in pli.message.split("\n\n") if texte.strip()] or ["Bonjour,"]
    signature = [ligne for ligne in ("Cordialement,", pli.demandeur_nom, pli.societe) if ligne]
    corps = rediger(paragraphes, societe=pli.societe, salutation=salutation, signature=signature)
    return Courriel(
        de=expediteur,
        a=pli.destinataires,
        sujet=pli.sujet,
        texte=corps.texte,
        html=corps.html,
        message_id=message_id(pli.envoi_id, adresse_nue(expediteur).rpartition("@")[2]),
        pieces=(Piece(pli.nom, pdf),),
        repondre_a=pli.repondre_a,
        le=le,
    )
