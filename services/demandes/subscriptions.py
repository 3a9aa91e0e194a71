"""Every fact demandes reacts to."""

from uuid import UUID

from services.demandes.base import Base
from services.demandes.copies import use_cases as copies
from services.demandes.copies.models import CopieAccord, CopieCompte, CopieEquipe, CopieEquipement, CopieTiers
from services.demandes.demande import repository
from services.demandes.demande.use_cases import automatismes, creation, suivi
from services.demandes.lien import use_cases as liens
from services.demandes.lien.rules import Apport, apport, demandes_de
from shared.bus.subscriptions import Subscriptions
from shared.contracts.base import Fact
from shared.contracts.billing import AffaireClientCreee, FactureEmise, FactureEnvoyee, FacturePayee
from shared.contracts.commercial import AffaireCreee, AffaireModifiee, DevisEnvoye, DevisRefuse, DevisValide, EtudeCreee
from shared.contracts.contacts import (
    CollaborateurModifie,
    EquipeModifiee,
    TiersCree,
    TiersFusionne,
    TiersModifie,
)
from shared.contracts.demandes import (
    InterventionAnnulee,
    InterventionDemarree,
    InterventionPlanifiee,
    InterventionTerminee,
)
from shared.contracts.gateway import CompteModifie
from shared.contracts.inventory import (
    FeuilleApprovisionnee,
    FeuilleCreee,
    FeuillePrete,
    FeuilleValidee,
    PreparationCloturee,
)
from shared.contracts.maintenance import (
    AccordTarifaireRefuse,
    AccordTarifaireSigne,
    ContratModifie,
    CouvertureModifiee,
    EquipementAjoute,
    EquipementModifie,
    VisiteDue,
    VisiteRealisee,
)
from shared.contracts.purchasing import (
    BesoinsCommandes,
    CommandeCloturee,
    CommandePassee,
    NegociationOuverte,
    ReceptionValidee,
)
from shared.database import fusion
from shared.database.rows import Values
from shared.database.transaction import Transaction

subscriptions = Subscriptions("demandes")

CIRCUIT: tuple[type[Fact], ...] = (
    *(EtudeCreee, DevisEnvoye, DevisValide, DevisRefuse, AffaireCreee, AffaireModifiee),
    *(NegociationOuverte, CommandePassee, BesoinsCommandes, ReceptionValidee, CommandeCloturee),
    *(FeuilleCreee, FeuilleApprovisionnee, FeuillePrete, PreparationCloturee, FeuilleValidee),
    *(AffaireClientCreee, FactureEmise, FactureEnvoyee, FacturePayee),
    *(ContratModifie, EquipementAjoute, VisiteDue, VisiteRealisee),
    *(InterventionPlanifiee, InterventionDemarree, InterventionTerminee, InterventionAnnulee),
)


@subscriptions.on(*CIRCUIT)
async def suivre_circuit(tx: Transaction, fait: Fact) -> None:
    """A fact of the circuit: keep the object it tells of, then let the rules of the type move the demandes."""
    dit = apport(fait)
    demande_ids = await _concernees(tx, fait, dit)
    if not demande_ids:
        return
    if dit is not None:
        await liens.noter(tx, fait, dit, demande_ids)
    if dit is not None and dit.objet_type == "proposition":
        await automatismes.actualiser_montants(tx, demande_ids)
    await automatismes.appliquer(tx, fait, demande_ids, dit.phrase if dit else "")


@subscriptions.on(VisiteRealisee)
async def suivre_remarques(tx: Transaction, fait: VisiteRealisee) -> None:
    """What a visit noticed becomes demandes, linked to the visit and its objects."""
    ouvertes = await creation.ouvrir_remarques(tx, fait)
    dit = apport(fait)
    if ouvertes and dit is not None:
        await tx.flush()
        await liens.noter(tx, fait, dit, ouvertes)


async def _concernees(tx: Transaction, fait: Fact, dit: Apport | None) -> list[UUID]:
    """The existing demandes of a fact: opened by it, named by it, or linked to its object."""
    if isinstance(fait, VisiteDue):
        ouverte = await creation.ouvrir_pour_visite(tx, fait)
        return [ouverte] if ouverte else []
    nommees = demandes_de(fait)
    if nommees:
        return await repository.existantes(tx, nommees)
    return await liens.demandes_par_objet(tx, dit.objet_id) if dit else []


@subscriptions.copies(CopieTiers, TiersCree)
def decouvrir_tiers(fait: TiersCree) -> Values:
    """Who demandes are for."""
    return copies.tiers(fait.tiers_id, fait.fiche)


@subscriptions.on(TiersModifie)
async def suivre_tiers(tx: Transaction, fait: TiersModifie) -> None:
    """The client's name on cards."""
    if await copies.garder_tiers(tx, fait):
        ville = fait.fiche.adresse.ville if fait.fiche.adresse else ""
        await suivi.renommer_tiers(tx, fait.tiers_id, fait.fiche.nom, ville)


@subscriptions.on(TiersFusionne)
async def suivre_fusion(tx: Transaction, fait: TiersFusionne) -> None:
    """Two files were one client."""
    await fusion.rattacher(tx, Base.metadata, fait)
    await suivi.marquer_contrat(tx, fait.tiers_id)


@subscriptions.on(CollaborateurModifie)
async def suivre_collaborateur(tx: Transaction, fait: CollaborateurModifie) -> None:
    """Who may be in charge, and the name on cards."""
    if await copies.garder_collaborateur(tx, fait):
        await suivi.renommer_responsable(tx, fait.collaborateur_id, f"{fait.prenom} {fait.nom}".strip())


@subscriptions.copies(CopieEquipe, EquipeModifiee)
def suivre_equipe(fait: EquipeModifiee) -> Values:
    """Who is planned together."""
    return copies.equipe(fait)


@subscriptions.copies(CopieCompte, CompteModifie)
def suivre_compte(fait: CompteModifie) -> Values:
    """Which collaborator signs in with an account."""
    return copies.compte(fait)


@subscriptions.on(CouvertureModifiee)
async def suivre_couverture(tx: Transaction, fait: CouvertureModifiee) -> None:
    """The gate of the SAV, and the contract sign on cards."""
    await copies.garder_couverture(tx, fait)
    await suivi.marquer_contrat(tx, fait.tiers_id)


@subscriptions.on(ContratModifie)
async def suivre_contrat(tx: Transaction, fait: ContratModifie) -> None:
    """The gate of the SAV, and the contract sign on cards."""
    await copies.garder_contrat(tx, fait)
    await suivi.marquer_contrat(tx, fait.tiers_id)


@subscriptions.copies(CopieAccord, AccordTarifaireSigne, AccordTarifaireRefuse)
def suivre_accord(fait: AccordTarifaireSigne | AccordTarifaireRefuse) -> Values:
    """The gate of the SAV."""
    return copies.accord(fait)


@subscriptions.copies(CopieEquipement, EquipementAjoute, EquipementModifie)
def suivre_equipement(fait: EquipementAjoute | EquipementModifie) -> Values:
    """Objects found from their label."""
    return copies.equipement(fait)
