"""What billing hears, with defaults: `un_client()`, `une_reception()`, `une_societe()`, `une_feuille_validee()`, `un_contrat()`."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from shared.contracts.contacts import Adresse, FicheTiers, SocieteModifiee, TiersCree
from shared.contracts.inventory import FeuilleValidee, LigneRealisee
from shared.contracts.maintenance import ContratModifie, LigneContrat
from shared.contracts.purchasing import LigneRecue, ReceptionValidee
from shared.kernel.ids import new_id
from shared.kernel.money import total_ligne_ht

CLIENT = UUID("01900000-0000-7000-8000-000000000001")
ANNECY = Adresse(lignes=("12 rue du Lac",), code_postal="74000", ville="Annecy")


def un_client(tiers_id: UUID = CLIENT, **fiche: Any) -> TiersCree:
    """A private professional client of Annecy, invoiced by mail at 30 days."""
    base: dict[str, Any] = {
        "code": "C00001",
        "nom": "Cabinet dentaire Martin-Lefèvre",
        "roles": ("client",),
        "siren": "732829320",
        "email": "contact@martin-lefevre.example",
        "adresse": ANNECY,
        "adresses": (ANNECY,),
    }
    return TiersCree(tiers_id=tiers_id, fiche=FicheTiers(**base | fiche))


def une_societe() -> SocieteModifiee:
    """Us."""
    return SocieteModifiee(
        societe_id=UUID(int=7),
        raison_sociale="Alpes Réseaux",
        forme_juridique="SAS",
        capital="120 000 €",
        siren="732829320",
        siret="73282932000074",
        rcs="Annecy",
        naf="4321A",
        tva_intracom="FR44732829320",
        adresse=ANNECY,
        telephone="04 50 51 00 00",
        email="contact@alpes-reseaux.example",
    )


def une_ligne(**valeurs: Any) -> LigneRealisee:
    """One camera at 162,40 €."""
    base: dict[str, Any] = {
        "ligne_id": new_id(),
        "position": 0,
        "designation": "Caméra dôme 4 Mpx antivandale",
        "quantite": Decimal(4),
        "prix_ht": Decimal("162.40"),
        "remise": Decimal(5),
        "taux_tva": Decimal(20),
    }
    base |= valeurs
    base.setdefault("total_ht", total_ligne_ht(base["quantite"], base["prix_ht"], base["remise"]))
    return LigneRealisee(**base)


def une_feuille_validee(*lignes: LigneRealisee, **valeurs: Any) -> FeuilleValidee:
    """A validated preparation sheet of one line."""
    base: dict[str, Any] = {
        "feuille_id": new_id(),
        "demande_id": new_id(),
        "numero": "FT-2026-00001",
        "proposition_id": new_id(),
        "devis_numero": "DEV-2026-00042",
        "tiers_id": CLIENT,
        "tiers_nom": "Cabinet dentaire Martin-Lefèvre",
        "objet": "Vidéosurveillance",
        "lignes": lignes or (une_ligne(),),
        "objets": (),
        "valide_le": datetime(2026, 3, 16, 9, 0, tzinfo=UTC),
    }
    return FeuilleValidee(**base | valeurs)


def un_contrat(**valeurs: Any) -> ContratModifie:
    """A monthly maintenance contract of 120 € since January."""
    base: dict[str, Any] = {
        "contrat_id": new_id(),
        "numero": "CT-2026-00001",
        "tiers_id": CLIENT,
        "tiers_nom": "Cabinet dentaire Martin-Lefèvre",
        "objet": "Maintenance vidéosurveillance",
        "etat": "actif",
        "debut": date(2026, 3, 1),
        "periodicite_mois": 1,
        "lignes": (
            LigneContrat(ligne_id=new_id(), designation="Maintenance", montant_ht=Decimal(120), taux_tva=Decimal(20)),
        ),
    }
    return ContratModifie(**base | valeurs)


def une_reception(numero: str, total_ht: str, **valeurs: Any) -> ReceptionValidee:
    """Goods received from a supplier."""
    prix = Decimal(total_ht)
    ligne = LigneRecue(
        ligne_id=new_id(),
        produit_id=new_id(),
        reference="CAM",
        designation="Caméra",
        quantite=Decimal(1),
        prix_ht=prix,
        cout_unitaire_ht=prix,
    )
    base: dict[str, Any] = {
        "reception_id": new_id(),
        "numero": numero,
        "fournisseur_id": new_id(),
        "fournisseur_nom": "Elecdis",
        "agence_id": new_id(),
        "recu_le": datetime(2026, 3, 2, tzinfo=UTC),
        "facture_fournisseur": f"F-{numero}",
        "total_ht": prix,
        "lignes": (ligne,),
    }
    return ReceptionValidee(**base | valeurs)
