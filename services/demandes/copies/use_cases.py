"""Keep what others announce; an older fact than the one kept changes nothing."""

from uuid import UUID

from services.demandes.copies.models import (
    CopieCollaborateur,
    CopieContrat,
    CopieCouverture,
    CopieTiers,
)
from shared.contracts.contacts import Adresse, CollaborateurModifie, EquipeModifiee, FicheTiers, TiersModifie
from shared.contracts.gateway import CompteModifie
from shared.contracts.maintenance import (
    AccordTarifaireRefuse,
    AccordTarifaireSigne,
    ContratModifie,
    CouvertureModifiee,
    EquipementAjoute,
    EquipementModifie,
)
from shared.database.copies import keep
from shared.database.rows import Values
from shared.database.transaction import Transaction


def tiers(tiers_id: UUID, fiche: FicheTiers) -> Values:
    """A tiers as it stands."""
    return {
        "tiers_id": tiers_id,
        "code": fiche.code,
        "nom": fiche.nom,
        "ville": fiche.adresse.ville if fiche.adresse else "",
        "adresse": _une_ligne(fiche.adresse) if fiche.adresse else "",
        "telephone": fiche.telephone,
        "email": fiche.email,
    }


def _une_ligne(adresse: Adresse) -> str:
    lieu = f"{adresse.code_postal} {adresse.ville}".strip()
    return ", ".join(filter(None, (*adresse.lignes, lieu)))


async def garder_tiers(tx: Transaction, fait: TiersModifie) -> bool:
    """A tiers as it stands; tells whether this was news."""
    return await keep(tx, CopieTiers, **tiers(fait.tiers_id, fait.fiche))


async def garder_collaborateur(tx: Transaction, fait: CollaborateurModifie) -> bool:
    """A member of staff as they stand; tells whether this was news."""
    nom = f"{fait.prenom} {fait.nom}".strip()
    valeurs = {"nom": nom, "fonction": fait.fonction, "est_actif": fait.est_actif}
    valeurs["demi_journees"] = list(fait.demi_journees)
    return await keep(tx, CopieCollaborateur, collaborateur_id=fait.collaborateur_id, **valeurs)


def equipe(fait: EquipeModifiee) -> Values:
    """A team as it stands."""
    valeurs = {"nom": fait.nom, "membre_ids": list(fait.membre_ids), "est_active": fait.est_active}
    return valeurs | {"equipe_id": fait.equipe_id}


def compte(fait: CompteModifie) -> Values:
    """Who signs in with that account."""
    return {"compte_id": fait.compte_id, "collaborateur_id": fait.collaborateur_id}


async def garder_couverture(tx: Transaction, fait: CouvertureModifiee) -> None:
    """What of a client is covered."""
    await keep(
        tx,
        CopieCouverture,
        tiers_id=fait.tiers_id,
        contrat_ids=list(fait.contrat_ids),
        equipement_ids=list(fait.equipement_ids),
        accord_id=fait.accord_id,
    )


async def garder_contrat(tx: Transaction, fait: ContratModifie) -> None:
    """A contract as it stands."""
    couverts = {equipement for ligne in fait.lignes for equipement in ligne.equipement_ids}
    await keep(
        tx,
        CopieContrat,
        contrat_id=fait.contrat_id,
        tiers_id=fait.tiers_id,
        numero=fait.numero,
        etat=fait.etat,
        debut=fait.debut,
        fin=fait.fin,
        equipement_ids=sorted(couverts),
    )


def accord(fait: AccordTarifaireSigne | AccordTarifaireRefuse) -> Values:
    """Tariffs signed or refused."""
    signe = isinstance(fait, AccordTarifaireSigne)
    return {
        "accord_id": fait.accord_id,
        "tiers_id": fait.tiers_id,
        "equipement_id": fait.equipement_id if isinstance(fait, AccordTarifaireSigne) else None,
        "etat": "signe" if signe else "refuse",
    }


def equipement(fait: EquipementAjoute | EquipementModifie) -> Values:
    """An object at a client's, with its label."""
    fiche = fait.fiche
    return {
        "equipement_id": fait.equipement_id,
        "tiers_id": fiche.tiers_id,
        "designation": fiche.designation,
        "numero_serie": fiche.numero_serie,
        "etiquette": fiche.etiquette,
    }
