"""The invoice on paper, from its frozen content only."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from services.billing.facture.documents import structuree
from services.billing.facture.models import Facture
from shared.contracts.contacts import FicheTiers, SocieteModifiee
from shared.documents import identites
from shared.documents.formats import date_courte
from shared.documents.papier import Adresse, Echeance, Ligne, Papier, Texte, Titre, contributions
from shared.documents.renderer import Renderer
from shared.kernel.money import ZERO, GroupeTva, Totaux

DOSSIER = Path(__file__).parent
GENRES = {"facture": "Facture", "acompte": "Facture d’acompte", "avoir": "Avoir"}


async def pdf(renderer: Renderer, facture: Facture) -> bytes:
    """The PDF, that holds the structured invoice too; the same invoice gives the same bytes."""
    donnees = {"papier": papier(facture)}
    return await renderer.pdf(
        template="facture.html", donnees=donnees, dossier=DOSSIER, facturx=structuree.xml(facture)
    )


def papier(facture: Facture) -> Papier:
    """What the invoice prints."""
    contenu = facture.contenu
    client = FicheTiers.model_validate(contenu["client"])
    reperes = [("Échéance", date_courte(facture.echeance)), ("Client", client.code)]
    if contenu.get("reference"):
        reperes.insert(0, ("Facture corrigée" if facture.nature == "avoir" else "Référence", contenu["reference"]))
    if contenu.get("periode"):
        reperes.append(("Période", contenu["periode"]))
    ailleurs = contenu.get("destinataire")
    if ailleurs:
        reperes.append(("Client facturé", identites.en_une_ligne(client)))
    return Papier(
        genre=GENRES[facture.nature],
        numero=facture.numero,
        le=facture.emise_le,
        societe=identites.societe(SocieteModifiee.model_validate(contenu["societe"])),
        destinataire=_destinataire(ailleurs) if ailleurs else identites.destinataire(client),
        objet=contenu["objet"],
        reperes=tuple(reperes),
        lignes=tuple(_lignes(contenu["lignes"])),
        totaux=_totaux(facture, contenu),
        net_libelle="Net à déduire" if facture.nature == "avoir" else "Net à payer",
        echeances=_echeances(facture),
        mentions=tuple(contenu["mentions"]),
    )


def _destinataire(ailleurs: dict[str, Any]) -> Adresse:
    """The window of an invoice that goes elsewhere than to its client: the client's numbers stand among the landmarks."""
    fiche = FicheTiers(code="", nom=ailleurs["nom"], roles=(), adresse=ailleurs["adresse"])
    return identites.destinataire(fiche)


def _lignes(lignes: list[dict[str, Any]]) -> list[Ligne | Titre | Texte]:
    imprimees: list[Ligne | Titre | Texte] = []
    section = ""
    for numero, ligne in enumerate(lignes, 1):
        if ligne["section"] != section:
            section = ligne["section"]
            imprimees.append(Titre(texte=section))
        quantite = Decimal(ligne["quantite"])
        unitaires = (Decimal(ligne.get(nom, "0")) for nom in ("deee_ht", "copie_privee_ht"))  # older ones bear none
        bornes = contributions(quantite, *unitaires)
        imprimees.append(
            Ligne(
                numero=str(numero),
                designation=ligne["designation"],
                detail=ligne["description"],
                quantite=quantite,
                unite=ligne["unite"],
                prix_ht=Decimal(ligne["prix_ht"]),
                remise=Decimal(ligne["remise"]),
                total_ht=Decimal(ligne["total_ht"]) - sum((c.total_ht for c in bornes), ZERO),
                tva=Decimal(ligne["taux_tva"]),
                contributions=bornes,
                series=tuple(ligne.get("series", ())),
                garantie=ligne.get("garantie", ""),
            )
        )
    return imprimees


def _totaux(facture: Facture, contenu: dict[str, Any]) -> Totaux:
    groupes = tuple(
        GroupeTva(Decimal(g["taux"]), Decimal(g["base_ht"]), Decimal(g["montant_tva"])) for g in contenu["groupes"]
    )
    return Totaux(facture.total_ht, facture.total_tva, facture.total_ttc, groupes)


def _echeances(facture: Facture) -> tuple[Echeance, ...]:
    if facture.nature == "avoir":
        return ()
    due: date = facture.echeance
    return (Echeance(libelle="À régler", le=due, montant_ttc=facture.total_ttc),)
