"""Every fact demandes reacts to."""

from uuid import UUID

from services.demandes.copies import use_cases as copies
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
from shared.contracts.demandes import InterventionDemarree, InterventionPlanifiee, InterventionTerminee
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
from shared.database.transaction import Transaction

subscriptions = Subscriptions("demandes")

CIRCUIT: tuple[type[Fact], ...] = (
    *(EtudeCreee, DevisEnvoye, DevisValide, DevisRefuse, AffaireCreee, AffaireModifiee),
    *(NegociationOuverte, CommandePassee, BesoinsCommandes, ReceptionValidee, CommandeCloturee),
    *(FeuilleCreee, FeuilleApprovisionnee, FeuillePrete, PreparationCloturee, FeuilleValidee),
    *(AffaireClientCreee, FactureEmise, FactureEnvoyee, FacturePayee),
    *(ContratModifie, EquipementAjoute, VisiteDue, VisiteRealisee),
    *(InterventionPlanifiee, InterventionDemarree, InterventionTerminee),
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


async def _concernees(tx: Transaction, fait: Fact, dit: Apport | None) -> list[UUID]:
    """The existing demandes of a fact: opened by it, named by it, or linked to its object."""
    if isinstance(fait, VisiteDue):
        ouverte = await creation.ouvrir_pour_visite(tx, fait)
        return [ouverte] if ouverte else []
    nommees = demandes_de(fait)
    if nommees:
        return await repository.existantes(tx, nommees)
    return await liens.demandes_par_objet(tx, dit.objet_id) if dit else []


@subscriptions.on(TiersCree, TiersModifie)
async def suivre_tiers(tx: Transaction, fait: TiersCree | TiersModifie) -> None:
    """The client's name on cards."""
    if await copies.garder_tiers(tx, fait.tiers_id, fait.fiche) and isinstance(fait, TiersModifie):
        ville = fait.fiche.adresse.ville if fait.fiche.adresse else ""
        await suivi.renommer_tiers(tx, fait.tiers_id, fait.fiche.nom, ville)


@subscriptions.on(TiersFusionne)
async def suivre_fusion(tx: Transaction, fait: TiersFusionne) -> None:
    """Two files were one client."""
    await suivi.suivre_fusion(tx, fait.tiers_id, fait.absorbe_id)


@subscriptions.on(CollaborateurModifie)
async def suivre_collaborateur(tx: Transaction, fait: CollaborateurModifie) -> None:
    """Who may be in charge, and the name on cards."""
    if await copies.garder_collaborateur(tx, fait):
        await suivi.renommer_responsable(tx, fait.collaborateur_id, f"{fait.prenom} {fait.nom}".strip())


@subscriptions.on(EquipeModifiee)
async def suivre_equipe(tx: Transaction, fait: EquipeModifiee) -> None:
    """Who is planned together."""
    await copies.garder_equipe(tx, fait)


@subscriptions.on(CompteModifie)
async def suivre_compte(tx: Transaction, fait: CompteModifie) -> None:
    """Which collaborator signs in with an account."""
    await copies.garder_compte(tx, fait)


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


@subscriptions.on(AccordTarifaireSigne, AccordTarifaireRefuse)
async def suivre_accord(tx: Transaction, fait: AccordTarifaireSigne | AccordTarifaireRefuse) -> None:
    """The gate of the SAV."""
    await copies.garder_accord(tx, fait)


@subscriptions.on(EquipementAjoute, EquipementModifie)
async def suivre_equipement(tx: Transaction, fait: EquipementAjoute | EquipementModifie) -> None:
    """Objects found from their label."""
    await copies.garder_equipement(tx, fait.equipement_id, fait.fiche)
