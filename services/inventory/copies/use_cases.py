"""How the copies follow the facts of their owners."""

from dataclasses import dataclass
from uuid import UUID

from services.inventory.copies.models import CopieAffaire, CopieSociete
from shared.contracts.commercial import FicheAffaire
from shared.contracts.contacts import SocieteModifiee, TiersCree, TiersModifie
from shared.contracts.demandes import DemandeCreee
from shared.database.copies import keep
from shared.database.rows import Values
from shared.database.transaction import Transaction
from shared.kernel.search import texte_recherche


@dataclass(frozen=True, slots=True)
class Desserte:
    """How an affaire wants its feuilles served: its priority, the depot of an agency, a nature of stock, a place.

    `nature` is None while nothing is known of the affaire.
    """

    priorite: int | None = None
    agence_id: UUID | None = None
    nature: str | None = None
    emplacement: str = ""


@dataclass(frozen=True, slots=True)
class Changement:
    """What an affaire said before, and says now."""

    avant: Desserte
    apres: Desserte


def tiers(fait: TiersCree | TiersModifie) -> Values:
    """The name of a tiers."""
    return {
        "tiers_id": fait.tiers_id,
        "code": fait.fiche.code,
        "nom": fait.fiche.nom,
        "recherche_texte": texte_recherche(fait.fiche.code, fait.fiche.nom),
        "fiche": fait.fiche.model_dump(mode="json"),
    }


def demande(fait: DemandeCreee) -> Values:
    """Whose a demande is."""
    return {
        "demande_id": fait.demande_id,
        "numero": fait.numero,
        "tiers_id": fait.tiers_id,
        "tiers_nom": fait.tiers_nom,
        "affaire_id": fait.affaire_id,
    }


async def retenir_affaire(tx: Transaction, affaire_id: UUID, fiche: FicheAffaire) -> Changement | None:
    """Keep an affaire; what it changes for its feuilles, if anything. An older fact changes nothing."""
    connue = await tx.get(CopieAffaire, affaire_id)
    avant = (
        Desserte() if connue is None else Desserte(connue.priorite, connue.agence_id, connue.nature, connue.emplacement)
    )
    apres = Desserte(fiche.priorite, fiche.depot_agence_id, fiche.nature_stock, fiche.emplacement)
    ecrite = await keep(
        tx,
        CopieAffaire,
        affaire_id=affaire_id,
        code=fiche.code,
        libelle=fiche.libelle,
        priorite=fiche.priorite,
        agence_id=fiche.depot_agence_id,
        nature=fiche.nature_stock,
        emplacement=fiche.emplacement,
    )
    return Changement(avant, apres) if ecrite and avant != apres else None


async def retenir_societe(tx: Transaction, fait: SocieteModifiee) -> None:
    """Keep the name of the company, unless a newer fact was already applied."""
    identite = {
        "raison_sociale": fait.raison_sociale,
        "telephone": fait.telephone,
        "identite": fait.model_dump(mode="json"),
    }
    await keep(tx, CopieSociete, societe_id=fait.societe_id, **identite)
