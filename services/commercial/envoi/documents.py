"""The mail that carries a devis: what staff wrote, the figures, the file, the link to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.commercial.proposition.documents import Devis
from shared.courriel.message import Courriel, Piece, adresse_nue, message_id
from shared.courriel.redaction import Action, rediger
from shared.documents import formats
from shared.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Pli:
    """What one attempt sends: read in the first transaction, used outside any. `jetons`: the link of each address."""

    envoi_id: UUID
    demandeur: Actor
    sujet: str
    message: str
    nom: str
    devis: Devis
    jetons: Mapping[str, str]


def rediger_courriel(
    pli: Pli, destinataire: str, pieces: Sequence[Piece], *, lien: str, expediteur: str, le: datetime
) -> Courriel:
    """The message of one person; its Message-ID is that of the sending to them, the same at each attempt."""
    papier = pli.devis.papier
    total = papier.totaux.total_ttc if papier.totaux else papier.net_ttc
    salutation, *paragraphes = [texte.strip() for texte in pli.message.split("\n\n") if texte.strip()] or ["Bonjour,"]
    corps = rediger(
        paragraphes,
        societe=papier.societe.nom,
        salutation=salutation,
        action=Action("Consulter et répondre", lien),
        faits=[
            (pli.devis.titre, papier.numero),
            ("Objet", papier.objet),
            ("Montant TTC", formats.euros(total)),
            *((nom, valeur) for nom, valeur in papier.reperes if nom == "Valable jusqu’au"),
        ],
        signature=[ligne for ligne in ("Cordialement,", pli.devis.commercial, papier.societe.nom) if ligne],
        pied="Le document est joint à ce message. Le lien vous est personnel : il permet de l’accepter ou de le refuser.",
    )
    return Courriel(
        de=expediteur,
        a=(destinataire,),
        sujet=pli.sujet,
        texte=corps.texte,
        html=corps.html,
        message_id=message_id(pli.envoi_id, adresse_nue(expediteur).rpartition("@")[2], destinataire),
        pieces=tuple(pieces),
        repondre_a=pli.devis.commercial_courriel,
        le=le,
    )
