"""Keep what others announce; an older fact than the one kept changes nothing."""

from uuid import UUID

from services.demandes.copies.models import (
    CopieAccord,
    CopieCollaborateur,
    CopieCompte,
    CopieContrat,
    CopieCouverture,
    CopieEquipe,
    CopieEquipement,
    CopieTiers,
)
from shared.contracts.contacts import CollaborateurModifie, EquipeModifiee, FicheTiers
from shared.contracts.gateway import CompteModifie
from shared.contracts.maintenance import (
    AccordTarifaireRefuse,
    AccordTarifaireSigne,
    ContratModifie,
    CouvertureModifiee,
    FicheEquipement,
)
from shared.database.copies import keep
from shared.database.transaction import Transaction


async def garder_tiers(tx: Transaction, tiers_id: UUID, fiche: FicheTiers) -> bool:
    """A tiers as it stands; tells whether this was news."""
    ville = fiche.adresse.ville if fiche.adresse else ""
    return await keep(
        tx,
        CopieTiers,
        tiers_id=tiers_id,
        code=fiche.code,
        nom=fiche.nom,
        ville=ville,
        telephone=fiche.telephone,
        email=fiche.email,
    )


async def garder_collaborateur(tx: Transaction, fait: CollaborateurModifie) -> bool:
    """A member of staff as they stand."""
    nom = f"{fait.prenom} {fait.nom}".strip()
    return await keep(
        tx,
        CopieCollaborateur,
        collaborateur_id=fait.collaborateur_id,
        nom=nom,
        fonction=fait.fonction,
        est_actif=fait.est_actif,
    )


async def garder_equipe(tx: Transaction, fait: EquipeModifiee) -> None:
    """A team as it stands."""
    await keep(
        tx,
        CopieEquipe,
        equipe_id=fait.equipe_id,
        nom=fait.nom,
        membre_ids=list(fait.membre_ids),
        est_active=fait.est_active,
    )


async def garder_compte(tx: Transaction, fait: CompteModifie) -> None:
    """Who signs in with that account."""
    await keep(tx, CopieCompte, compte_id=fait.compte_id, collaborateur_id=fait.collaborateur_id)


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


async def garder_accord(tx: Transaction, fait: AccordTarifaireSigne | AccordTarifaireRefuse) -> None:
    """Tariffs signed or refused."""
    signe = isinstance(fait, AccordTarifaireSigne)
    await keep(
        tx,
        CopieAccord,
        accord_id=fait.accord_id,
        tiers_id=fait.tiers_id,
        equipement_id=fait.equipement_id if isinstance(fait, AccordTarifaireSigne) else None,
        etat="signe" if signe else "refuse",
    )


async def garder_equipement(tx: Transaction, equipement_id: UUID, fiche: FicheEquipement) -> None:
    """An object at a client's, with its label."""
    await keep(
        tx,
        CopieEquipement,
        equipement_id=equipement_id,
        tiers_id=fiche.tiers_id,
        designation=fiche.designation,
        numero_serie=fiche.numero_serie,
        etiquette=fiche.etiquette,
    )
