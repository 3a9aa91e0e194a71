"""Facts announced by maintenance: the client's parc, contracts, visits, tariff agreements."""

from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from shared.contracts.base import Fact, Part


class FicheEquipement(Part):
    """What other services keep of an object at a client's."""

    tiers_id: UUID
    tiers_nom: str
    designation: str
    historique_id: UUID | None = None
    produit_id: UUID | None = None
    type_code: str | None = None
    numero_serie: str | None = None
    etiquette: str | None = None
    lieu: str = ""
    groupe: str = ""
    contrat_id: UUID | None = None
    contrat_numero: str | None = None
    est_retire: bool = False


class EquipementAjoute(Fact, type="maintenance.equipement_ajoute.v1", key="equipement_id"):
    """An object entered a client's parc."""

    equipement_id: UUID
    fiche: FicheEquipement
    demande_id: UUID | None = None


class EquipementModifie(Fact, type="maintenance.equipement_modifie.v1", key="equipement_id"):
    """An object of a parc changed."""

    equipement_id: UUID
    fiche: FicheEquipement


class LigneContrat(Part):
    """A line of a contract; `montant_ht` per billing period, euros."""

    ligne_id: UUID
    designation: str
    montant_ht: Decimal
    taux_tva: Decimal
    equipement_ids: tuple[UUID, ...] = ()


class ContratModifie(Fact, type="maintenance.contrat_modifie.v1", key="contrat_id"):
    """A contract was created or changed; the whole contract travels."""

    contrat_id: UUID
    numero: str
    tiers_id: UUID
    tiers_nom: str
    objet: str
    etat: Literal["brouillon", "actif", "resilie", "termine"]
    debut: date
    fin: date | None = None
    periodicite_mois: int
    est_a_echoir: bool = True
    lignes: tuple[LigneContrat, ...]
    demande_id: UUID | None = None
    affaire_id: UUID | None = None
    visites_par_an: int = 0


class FichiersContratModifies(Fact, type="maintenance.fichiers_contrat_modifies.v1", key="contrat_id"):
    """A file was attached to a contract, taken off or put back: who looks at them reads them again, or at its client's."""

    contrat_id: UUID
    demande_id: UUID | None = None
    tiers_id: UUID


class VisiteDue(Fact, type="maintenance.visite_due.v1", key="visite_id"):
    """A preventive visit must be planned; exactly one per contract and period."""

    visite_id: UUID
    contrat_id: UUID
    contrat_numero: str
    tiers_id: UUID
    tiers_nom: str
    periode: str
    date_prevue: date
    objet: str
    agence_id: UUID | None = None


class RemarqueVisite(Part):
    """What a visit noticed on an object and somebody must act on."""

    equipement_id: UUID
    designation: str
    genre: Literal["sav", "commercial"]
    texte: str


class VisiteRealisee(Fact, type="maintenance.visite_realisee.v1", key="visite_id"):
    """A preventive visit was carried out."""

    visite_id: UUID
    contrat_id: UUID
    tiers_id: UUID
    realisee_le: date
    demande_id: UUID | None = None
    tiers_nom: str = ""
    remarques: tuple[RemarqueVisite, ...] = ()


class CouvertureModifiee(Fact, type="maintenance.couverture_modifiee.v1", key="tiers_id"):
    """Which objects of a client are under contract, and whether tariffs are signed."""

    tiers_id: UUID
    contrat_ids: tuple[UUID, ...] = ()
    equipement_ids: tuple[UUID, ...] = ()
    accord_id: UUID | None = None


class EnvoiAccordDemande(Fact, type="maintenance.envoi_accord_demande.v1", key="accord_id"):
    """Intervention tariffs must be mailed to a client: work for maintenance itself."""

    accord_id: UUID
    tiers_id: UUID


class AccordTarifaireSigne(Fact, type="maintenance.accord_tarifaire_signe.v1", key="accord_id"):
    """A client without contract accepted the intervention tariffs. Rates in euros."""

    accord_id: UUID
    tiers_id: UUID
    taux_horaire_ht: Decimal
    deplacement_ht: Decimal
    signe_par: str
    signe_le: date
    equipement_id: UUID | None = None


class AccordTarifaireRefuse(Fact, type="maintenance.accord_tarifaire_refuse.v1", key="accord_id"):
    """A client refused the intervention tariffs: no intervention."""

    accord_id: UUID
    tiers_id: UUID
    motif: str = ""
