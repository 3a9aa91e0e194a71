"""How the copies follow the facts of their owners."""

from uuid import UUID

from services.inventory.copies.models import CopieAffaire, CopieSociete
from services.inventory.depot.rules import Nature
from shared.contracts.commercial import FicheAffaire
from shared.contracts.contacts import SocieteModifiee, TiersCree, TiersModifie
from shared.database.copies import Values, keep
from shared.database.transaction import Transaction


def tiers(fait: TiersCree | TiersModifie) -> Values:
    """The name of a tiers."""
    fiche = fait.fiche.model_dump(mode="json")
    return {"tiers_id": fait.tiers_id, "code": fait.fiche.code, "nom": fait.fiche.nom, "fiche": fiche}


async def retenir_affaire(tx: Transaction, affaire_id: UUID, fiche: FicheAffaire) -> bool:
    """Keep an affaire; whether its priority is another than the one we knew. An older fact changes nothing."""
    connue = await tx.get(CopieAffaire, affaire_id)
    avant = None if connue is None else connue.priorite
    ecrite = await keep(
        tx,
        CopieAffaire,
        affaire_id=affaire_id,
        code=fiche.code,
        libelle=fiche.libelle,
        priorite=fiche.priorite,
        agence_id=fiche.depot_agence_id,
        nature=Nature(fiche.nature_stock),
        emplacement=fiche.emplacement,
    )
    return ecrite and avant != fiche.priorite


async def retenir_societe(tx: Transaction, fait: SocieteModifiee) -> None:
    """Keep the name of the company, unless a newer fact was already applied."""
    identite = {
        "raison_sociale": fait.raison_sociale,
        "telephone": fait.telephone,
        "identite": fait.model_dump(mode="json"),
    }
    await keep(tx, CopieSociete, societe_id=fait.societe_id, **identite)
