"""The bon de commande, as the supplier receives it. Rendered on demand: it always says the present order."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from services.purchasing.commande.models import Commande
from services.purchasing.commande.rules import EtatCommande
from services.purchasing.copies.models import CopieAgence, CopieTiers
from shared.contracts.contacts import Adresse as AdresseFait
from shared.contracts.contacts import SocieteModifiee
from shared.documents.papier import Adresse, Ligne, Papier, Societe
from shared.kernel.clock import jour_paris
from shared.kernel.money import ZERO, total_ligne_ht

DOSSIER = Path(__file__).parent
GABARIT = "bon_de_commande.html"
FILIGRANES = {EtatCommande.A_APPROUVER: "À APPROUVER", EtatCommande.REFUSEE: "REFUSÉE"}


def donnees(
    commande: Commande,
    societe: SocieteModifiee | None,
    fournisseur: CopieTiers | None,
    agence: CopieAgence | None,
    emplacements: Mapping[UUID, str],
) -> dict[str, Any]:
    """What the template needs; `emplacements`: where the goods of a line are to be put down (AF-42)."""
    papier = Papier(
        genre="Bon de commande",
        numero=commande.numero,
        le=jour_paris(commande.cree_le),
        societe=emetteur(societe),
        destinataire=adresse_de(commande.fournisseur_nom, fournisseur),
        livraison=_adresse(f"{_nom(societe)} {agence.nom}", agence.adresse) if agence else None,
        reperes=_reperes(commande),
        filigrane=FILIGRANES.get(commande.etat, ""),
        lignes=tuple(
            Ligne(
                numero=str(rang),
                designation=ligne.designation,
                reference=_a_deposer(
                    references(ligne.reference_fournisseur, ligne.reference), emplacements.get(ligne.id, "")
                ),
                quantite=ligne.quantite,
                unite=ligne.unite,
                prix_ht=ligne.prix_ht,
                total_ht=total_ligne_ht(ligne.quantite, ligne.prix_ht),
            )
            for rang, ligne in enumerate(commande.lignes, 1)
        ),
    )
    total_lignes = sum((total_ligne_ht(ligne.quantite, ligne.prix_ht) for ligne in commande.lignes), ZERO)
    totaux = {"lignes_ht": total_lignes, "frais_ht": commande.frais_ht, "total_ht": total_lignes + commande.frais_ht}
    return {"papier": papier, "totaux": totaux, "note": commande.note}


def nom_fichier(commande: Commande) -> str:
    """The name the browser proposes."""
    return f"bon-de-commande-{commande.numero}.pdf"


def references(chez_lui: str, chez_nous: str) -> str:
    """The supplier reads its own reference first."""
    return " · ".join([f"Réf. {chez_lui}", f"notre réf. {chez_nous}"] if chez_lui else [f"Notre réf. {chez_nous}"])


def _a_deposer(reference: str, emplacement: str) -> str:
    return f"{reference} · À déposer : {emplacement}" if emplacement else reference


def _reperes(commande: Commande) -> tuple[tuple[str, str], ...]:
    prevue = commande.livraison_prevue
    couples = (
        ("Votre n° de commande", commande.numero_fournisseur),
        ("Livraison souhaitée", f"{prevue:%d/%m/%Y}" if prevue else ""),
        ("Suivi par", commande.passee_par),
    )
    return tuple(couple for couple in couples if couple[1])


def _nom(societe: SocieteModifiee | None) -> str:
    return societe.raison_sociale if societe else ""


def _adresse(nom: str, adresse: dict[str, Any] | None) -> Adresse:
    postale = AdresseFait.model_validate(adresse or {})
    return Adresse(nom=nom, lignes=postale.lignes, code_postal=postale.code_postal, ville=postale.ville)


def adresse_de(nom: str, fournisseur: CopieTiers | None) -> Adresse:
    """A supplier as an addressee, by the name the document keeps."""
    return _adresse(nom, fournisseur.adresse if fournisseur else None)


def emetteur(societe: SocieteModifiee | None) -> Societe:
    """Our company as the papers to suppliers print it."""
    if societe is None:
        return Societe(nom="", adresse=Adresse(nom=""))
    return Societe(
        nom=societe.raison_sociale,
        adresse=_adresse(societe.raison_sociale, societe.adresse.model_dump()),
        forme=societe.forme_juridique,
        capital=societe.capital,
        siren=societe.siren,
        siret=societe.siret,
        rcs=societe.rcs,
        naf=societe.naf,
        tva=societe.tva_intracom,
        telephone=societe.telephone,
        courriel=societe.email,
    )
