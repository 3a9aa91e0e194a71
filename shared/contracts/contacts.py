"""Facts announced by contacts: tiers, collaborators, teams, the company itself."""

from decimal import Decimal
from typing import Literal
from uuid import UUID

from shared.contracts.base import Fact, Part

CanalEnvoi = Literal["mail", "chorus", "papier"]
DemiJournee = Literal[
    "lundi_matin",
    "lundi_apres_midi",
    "mardi_matin",
    "mardi_apres_midi",
    "mercredi_matin",
    "mercredi_apres_midi",
    "jeudi_matin",
    "jeudi_apres_midi",
    "vendredi_matin",
    "vendredi_apres_midi",
    "samedi_matin",
    "samedi_apres_midi",
    "dimanche_matin",
    "dimanche_apres_midi",
]
SEMAINE_ORDINAIRE: tuple[DemiJournee, ...] = (
    *("lundi_matin", "lundi_apres_midi", "mardi_matin", "mardi_apres_midi", "mercredi_matin", "mercredi_apres_midi"),
    *("jeudi_matin", "jeudi_apres_midi", "vendredi_matin", "vendredi_apres_midi"),
)


class Adresse(Part):
    """A postal address, structured as SEPA and e-invoices want it."""

    code: str = "PRINCIPALE"
    lignes: tuple[str, ...] = ()
    code_postal: str = ""
    ville: str = ""
    pays: str = "FR"


class PersonneTiers(Part):
    """Somebody at a tiers', who can lead a project on the client's side."""

    interlocuteur_id: UUID
    nom: str
    fonction: str = ""
    email: str | None = None
    telephone: str | None = None


class SiteTiers(Part):
    """A place of a tiers; `rappels` are the (label, value) pairs its settings ask to recall."""

    code: str
    libelle: str
    adresse_code: str = ""
    rappels: tuple[tuple[str, str], ...] = ()


class FicheTiers(Part):
    """All that other services keep of a tiers. Amounts in euros. `roles`: client, prospect, fournisseur, or a kind of the company."""

    code: str
    nom: str
    roles: tuple[str, ...]
    siren: str | None = None
    siret: str | None = None
    tva_intracom: str | None = None
    regime_tva: str = "france"
    email: str | None = None
    email_facturation: str | None = None
    telephone: str | None = None
    adresse: Adresse | None = None
    adresses: tuple[Adresse, ...] = ()
    est_public: bool = False
    service_chorus: str | None = None
    canal_envoi: CanalEnvoi = "mail"
    plafond_encours_ht: Decimal | None = None
    delai_paiement_jours: int = 30
    commercial_id: UUID | None = None
    commercial_ids: tuple[UUID, ...] = ()
    groupe_commercial_ids: tuple[UUID, ...] = ()
    interlocuteurs: tuple[PersonneTiers, ...] = ()
    sites: tuple[SiteTiers, ...] = ()


class TiersCree(Fact, type="contacts.tiers_cree.v1", key="tiers_id"):
    """A tiers entered the directory."""

    tiers_id: UUID
    fiche: FicheTiers


class TiersModifie(Fact, type="contacts.tiers_modifie.v1", key="tiers_id"):
    """A tiers changed; the whole file travels."""

    tiers_id: UUID
    fiche: FicheTiers


class NoteTiersAjoutee(Fact, type="contacts.note_tiers_ajoutee.v1", key="tiers_id"):
    """Somebody wrote on a contact: a call, a mail, a visit, a note. `extrait` holds 300 characters; `mention_ids` are the
    colleagues named with @.
    """

    note_id: UUID
    tiers_id: UUID
    tiers_nom: str
    genre: str
    extrait: str
    mention_ids: tuple[UUID, ...] = ()


class FichiersTiersModifies(Fact, type="contacts.fichiers_tiers_modifies.v1", key="tiers_id"):
    """A file was attached to a tiers, taken off or put back: who looks at them reads them again."""

    tiers_id: UUID


class TiersFusionne(Fact, type="contacts.tiers_fusionne.v1", key="tiers_id"):
    """`absorbe_id` was a double of `tiers_id`: everything follows the one kept."""

    tiers_id: UUID
    absorbe_id: UUID
    nom: str = ""


class ProspectConverti(Fact, type="contacts.prospect_converti.v1", key="tiers_id"):
    """A prospect became a client, with its client code."""

    tiers_id: UUID
    code_client: str


class EncoursModifie(Fact, type="contacts.encours_modifie.v1", key="tiers_id"):
    """What a client owes and will owe moved: unpaid invoices and work in progress, HT, to compare with its limit."""

    tiers_id: UUID
    encours_ht: Decimal


class ImportDemande(Fact, type="contacts.import_demande.v1", key="import_id"):
    """Staff asked for a file of tiers to be tried or applied: work for contacts itself."""

    import_id: UUID
    est_essai: bool


class CollaborateurModifie(Fact, type="contacts.collaborateur_modifie.v1", key="collaborateur_id"):
    """A member of staff was added or changed."""

    collaborateur_id: UUID
    nom: str
    prenom: str
    email: str
    fonction: str
    telephone: str | None = None
    agence_id: UUID | None = None
    est_actif: bool = True
    demi_journees: tuple[DemiJournee, ...] = SEMAINE_ORDINAIRE


class EquipeModifiee(Fact, type="contacts.equipe_modifiee.v1", key="equipe_id"):
    """A team was added or its members changed."""

    equipe_id: UUID
    nom: str
    agence_id: UUID | None = None
    membre_ids: tuple[UUID, ...] = ()
    est_active: bool = True


class Agence(Part):
    """An agency of the company."""

    agence_id: UUID
    code: str
    nom: str
    adresse: Adresse | None = None
    telephone: str | None = None


class SocieteModifiee(Fact, type="contacts.societe_modifiee.v1", key="societe_id"):
    """The company's own identity, agencies and general settings."""

    societe_id: UUID
    raison_sociale: str
    forme_juridique: str
    capital: str
    siren: str
    siret: str
    rcs: str
    naf: str
    tva_intracom: str
    adresse: Adresse
    telephone: str
    email: str
    iban: str = ""
    bic: str = ""
    option_debits: bool = False
    convention_marge: Literal["marge", "marque"] = "marge"
    acompte_pourcent: Decimal = Decimal(0)
    logo_svg: str = ""
    agences: tuple[Agence, ...] = ()
