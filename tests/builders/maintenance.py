"""What maintenance hears and is asked, with defaults: `un_client()`, `un_objet()`, `une_feuille()`, `un_contrat(...)`."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx

from shared.contracts.contacts import Adresse, FicheTiers, SocieteModifiee, TiersCree
from shared.contracts.demandes import DemandeCreee
from shared.contracts.inventory import FeuilleValidee, LigneRealisee, ObjetInstalle
from shared.kernel.ids import new_id

CLIENT = UUID("01900000-0000-7000-8000-000000000001")
AUTRE_CLIENT = UUID("01900000-0000-7000-8000-000000000002")
NOM = "Cabinet dentaire Martin-Lefèvre"
ANNECY = Adresse(lignes=("12 rue du Lac",), code_postal="74000", ville="Annecy")
VALIDE_LE = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)


def un_client(tiers_id: UUID = CLIENT, **fiche: Any) -> TiersCree:
    """A professional client of Annecy with a phone and an e-mail."""
    base: dict[str, Any] = {
        "code": "C00001",
        "nom": NOM,
        "roles": ("client",),
        "email": "contact@martin-lefevre.example",
        "telephone": "+33450510001",
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


def un_objet(ligne_id: UUID | None = None, **valeurs: Any) -> ObjetInstalle:
    """A configured printer with its serial and the invoice it came with."""
    base: dict[str, Any] = {
        "historique_id": new_id(),
        "ligne_id": ligne_id or new_id(),
        "produit_id": UUID(int=42),
        "reference": "KM-C257",
        "designation": "Copieur couleur C257i",
        "type_code": "copieur",
        "type_libelle": "Copieur",
        "numero_serie": "A1B2-00417",
        "configuration": {"adresse_ip": "192.168.1.40", "scan_vers_mail": True},
        "est_visible_parc": True,
        "cout_ht": Decimal("1200.00"),
        "reception_numero": "REC-2026-00007",
        "facture_fournisseur": "F-88123",
        "fournisseur_nom": "Bureautique Distribution",
    }
    return ObjetInstalle(**base | valeurs)


def une_ligne(**valeurs: Any) -> LigneRealisee:
    """A sold copier, without maintenance."""
    base: dict[str, Any] = {
        "ligne_id": new_id(),
        "position": 0,
        "designation": "Copieur couleur C257i",
        "quantite": Decimal(1),
        "prix_ht": Decimal(2400),
        "taux_tva": Decimal(20),
        "total_ht": Decimal(2400),
    }
    return LigneRealisee(**base | valeurs)


def une_feuille(*objets: ObjetInstalle, lignes: tuple[LigneRealisee, ...] = (), **valeurs: Any) -> FeuilleValidee:
    """A validated preparation sheet; without line, one is made for each object."""
    faites = lignes or tuple(une_ligne(ligne_id=o.ligne_id, designation=o.designation) for o in objets)
    base: dict[str, Any] = {
        "feuille_id": new_id(),
        "demande_id": new_id(),
        "numero": "FT-2026-00001",
        "proposition_id": new_id(),
        "devis_numero": "DEV-2026-00042",
        "tiers_id": CLIENT,
        "tiers_nom": NOM,
        "objet": "Copieurs",
        "lignes": faites,
        "objets": objets,
        "valide_le": VALIDE_LE,
    }
    return FeuilleValidee(**base | valeurs)


def une_demande_de_visite(visite_id: UUID, **valeurs: Any) -> DemandeCreee:
    """The demande opened for a due visit."""
    base: dict[str, Any] = {
        "demande_id": new_id(),
        "numero": "D-2233",
        "type_code": "visite",
        "etat_code": "a_planifier",
        "etat_libelle": "À planifier",
        "tiers_id": CLIENT,
        "tiers_nom": NOM,
        "objet": "Visite préventive",
        "visite_id": visite_id,
    }
    return DemandeCreee(**base | valeurs)


def un_contrat(**valeurs: Any) -> dict[str, Any]:
    """What staff type: two visits a year from March 31, billed yearly in advance."""
    base: dict[str, Any] = {
        "tiers_id": str(CLIENT),
        "objet": "Maintenance des copieurs",
        "debut": "2026-03-01",
        "periodicite_mois": 12,
        "visites_par_an": 2,
        "premiere_visite_le": "2026-03-31",
        "lignes": [{"designation": "Forfait", "montant_ht": "480.00", "equipement_ids": []}],
    }
    return base | valeurs


async def equipement(client: httpx.AsyncClient, **valeurs: Any) -> dict[str, Any]:
    """An object added by hand through the API."""
    base: dict[str, Any] = {"tiers_id": str(CLIENT), "designation": "Copieur tiers"}
    return await _cree(client, "/equipements", base | valeurs)


async def contrat_actif(client: httpx.AsyncClient, **valeurs: Any) -> dict[str, Any]:
    """A contract written then activated through the API."""
    contrat = await _cree(client, "/contrats", un_contrat(**valeurs))
    reponse = await client.post(f"/contrats/{contrat['id']}/activer")
    assert reponse.status_code == 200, reponse.text
    actif: dict[str, Any] = reponse.json()
    return actif


async def _cree(client: httpx.AsyncClient, chemin: str, corps: dict[str, Any]) -> dict[str, Any]:
    reponse = await client.post(chemin, json=corps)
    assert reponse.status_code == 201, reponse.text
    cree: dict[str, Any] = reponse.json()
    return cree
