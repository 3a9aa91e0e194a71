"""Facts announced by demandes: the life of the unit of work, planning and time."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from shared.contracts.base import Cout, Fact

Urgence = Literal["basse", "normale", "haute", "urgente"]


class DemandeCreee(Fact, type="demandes.demande_creee.v1", key="demande_id"):
    """A demande was opened, by a person or by a fact (`origine_fait`)."""

    demande_id: UUID
    numero: str
    type_code: str
    etat_code: str
    etat_libelle: str
    tiers_id: UUID
    tiers_nom: str
    objet: str
    description: str = ""
    urgence: Urgence = "normale"
    agence_id: UUID | None = None
    responsable_id: UUID | None = None
    echeance: date | None = None
    affaire_id: UUID | None = None
    parent_id: UUID | None = None
    equipement_id: UUID | None = None
    visite_id: UUID | None = None


class DemandeModifiee(Fact, type="demandes.demande_modifiee.v1", key="demande_id"):
    """Something other than the state changed: object, urgency, person in charge, due date."""

    demande_id: UUID
    numero: str
    objet: str
    urgence: Urgence
    responsable_id: UUID | None = None
    responsable_nom: str | None = None
    echeance: date | None = None


class AbonnesModifies(Fact, type="demandes.abonnes_modifies.v1", key="demande_id"):
    """Who follows a demande now; they are told when it moves or is written on."""

    demande_id: UUID
    numero: str
    objet: str
    abonne_ids: tuple[UUID, ...]


class FichiersModifies(Fact, type="demandes.fichiers_modifies.v1", key="demande_id"):
    """A file was attached to a demande, taken off or put back: who looks at it reads them again, or at its contact's."""

    demande_id: UUID
    tiers_id: UUID | None = None


class NoteAjoutee(Fact, type="demandes.note_ajoutee.v1", key="demande_id"):
    """Somebody wrote on a demande; `mention_ids` are the colleagues he named with @. `extrait` holds 300 characters.

    `est_du_client`: it is a mail of the client.
    """

    note_id: UUID
    demande_id: UUID
    numero: str
    objet: str
    extrait: str
    mention_ids: tuple[UUID, ...] = ()
    est_du_client: bool = False
    tiers_id: UUID | None = None


class EtatChange(Fact, type="demandes.etat_change.v1", key="demande_id"):
    """A demande passed from one state to another; `regle` names the rule of an automatic move."""

    demande_id: UUID
    numero: str
    type_code: str
    tiers_id: UUID
    de: str
    vers: str
    vers_libelle: str
    est_automatique: bool
    regle: str | None = None
    fait_type: str | None = None
    est_terminal: bool = False


class InterventionPlanifiee(Fact, type="demandes.intervention_planifiee.v1", key="intervention_id"):
    """An intervention has a date and people; moved, it says who was to go (`precedents`) and when it was to begin."""

    intervention_id: UUID
    demande_id: UUID
    tiers_id: UUID
    debut: datetime
    fin: datetime
    collaborateur_ids: tuple[UUID, ...] = ()
    equipe_id: UUID | None = None
    nature: str = "installation"
    tiers_nom: str = ""
    objet: str = ""
    precedents: tuple[UUID, ...] = ()
    debut_precedent: datetime | None = None


class InterventionAnnulee(Fact, type="demandes.intervention_annulee.v1", key="intervention_id"):
    """An intervention will not take place; `reste_planifiee`: its demande has another one planned or begun."""

    intervention_id: UUID
    demande_id: UUID
    tiers_id: UUID
    tiers_nom: str
    objet: str
    debut: datetime
    collaborateur_ids: tuple[UUID, ...] = ()
    motif: str = ""
    reste_planifiee: bool = False


class InterventionDemarree(Fact, type="demandes.intervention_demarree.v1", key="intervention_id"):
    """The technician is on his way or at work."""

    intervention_id: UUID
    demande_id: UUID
    demarre_le: datetime


class InterventionTerminee(Fact, type="demandes.intervention_terminee.v1", key="intervention_id"):
    """The intervention ended."""

    intervention_id: UUID
    demande_id: UUID
    termine_le: datetime
    compte_rendu: str = ""


class TempsSaisi(Fact, type="demandes.temps_saisi.v1", key="demande_id"):
    """Time and work were recorded on a demande. `minutes` > 0; `cout_horaire_ht` is what an hour of that person costs us."""

    temps_id: UUID
    demande_id: UUID
    tiers_id: UUID
    type_code: str
    collaborateur_id: UUID | None
    collaborateur_nom: str
    jour: date
    minutes: int
    travaux: str
    equipement_id: UUID | None = None
    affaire_id: UUID | None = None
    contrat_id: UUID | None = None
    accord_id: UUID | None = None
    cout_horaire_ht: Cout | None = None


class TempsCorrige(Fact, type="demandes.temps_corrige.v1", key="demande_id"):
    """Whoever worked corrected what was recorded, before it was billed. `minutes` > 0."""

    temps_id: UUID
    demande_id: UUID
    tiers_id: UUID
    jour: date
    minutes: int
    travaux: str


class TempsRetire(Fact, type="demandes.temps_retire.v1", key="demande_id"):
    """Time recorded by mistake does not count any more."""

    temps_id: UUID
    demande_id: UUID
    tiers_id: UUID


class SavOuvert(Fact, type="demandes.sav_ouvert.v1", key="demande_id"):
    """A SAV demande passed the gate: covered by a contract, or tariffs signed."""

    demande_id: UUID
    tiers_id: UUID
    equipement_id: UUID | None = None
    contrat_id: UUID | None = None
    accord_id: UUID | None = None


class SavRefuse(Fact, type="demandes.sav_refuse.v1", key="tiers_id"):
    """A SAV request was stopped at the gate; no intervention may start."""

    tiers_id: UUID
    equipement_id: UUID | None = None
    motif: str


class CourrielNonRemis(Fact, type="demandes.courriel_non_remis.v1", key="courriel_id"):
    """A mail server told the mailbox that a message of ours will not reach somebody. `courriel_id` begins its Message-ID."""

    courriel_id: UUID
    destinataire: str
    raison: str
