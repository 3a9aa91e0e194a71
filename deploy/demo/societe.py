"""The demo company: a mid-sized installer of the Alps, two agencies, twelve people, their logins."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update

from deploy.platform import Platform
from gateway.compte import use_cases as comptes
from gateway.compte.schemas import NouveauCompte
from gateway.notification import rules
from gateway.notification import use_cases as notifications
from gateway.notification.models import Notification
from gateway.notification.rules import Canal
from services.contacts.collaborateur import use_cases as collaborateurs
from services.contacts.collaborateur.schemas import SaisieCollaborateur
from services.contacts.equipe import use_cases as equipes
from services.contacts.equipe.schemas import SaisieEquipe
from services.contacts.societe import use_cases as societes
from services.contacts.societe.schemas import SaisieAgence, SaisieSociete
from shared.contracts.contacts import Adresse
from shared.kernel.actor import Actor
from shared.kernel.text import sans_accents

MOT_DE_PASSE = "demo-amanela"
DOMAINE = "alpes-reseaux.example"
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60" width="200" height="60">'
    '<path d="M8 50 34 12l14 20 8-11 20 29z" fill="#0b6e7a"/><path d="M34 12 24 27l10 6 8-9z" fill="#e2f2f3"/>'
    '<text x="84" y="30" font-family="Inter, sans-serif" font-size="19" font-weight="700" fill="#14262b">Alpes</text>'
    '<text x="84" y="50" font-family="Inter, sans-serif" font-size="19" font-weight="400" fill="#14262b">Réseaux</text></svg>'
)


@dataclass(frozen=True, slots=True)
class Personne:
    """Somebody of the company: `roles` are those of his account, `entree` the page he lands on."""

    prenom: str
    nom: str
    fonction: str
    agence: str
    roles: tuple[str, ...]
    entree: str

    @property
    def identifiant(self) -> str:
        """His login: his first name."""
        return sans_accents(self.prenom).lower()


PERSONNES = (
    Personne("Claire", "Fontaine", "Accueil", "ANN", ("accueil",), "/contacts"),
    Personne("Manon", "Leclerc", "Commerciale", "ANN", ("commercial",), "/demandes"),
    Personne("Julien", "Pradel", "Commercial", "GRE", ("commercial",), "/demandes"),
    Personne("Thomas", "Berger", "Acheteur", "ANN", ("achats",), "/achats"),
    Personne("Sonia", "Diallo", "Magasinière", "ANN", ("magasin",), "/achats/receptions"),
    Personne("Karim", "Amrani", "Technicien atelier", "ANN", ("atelier",), "/atelier"),
    Personne("Nadia", "Rossi", "Planification", "ANN", ("planning",), "/planning"),
    Personne("Nicolas", "Mercier", "Technicien", "ANN", ("technicien",), "/planning"),
    Personne("Antoine", "Faure", "Technicien", "GRE", ("technicien",), "/planning"),
    Personne("Céline", "Garnier", "Administratif", "ANN", ("administratif",), "/administratif"),
    Personne("Hélène", "Morel", "Directrice", "ANN", ("direction",), "/demandes"),
    Personne("Admin", "Amanela", "Administrateur", "ANN", ("administrateur",), "/demandes"),
)

SOCIETE = SaisieSociete(
    raison_sociale="Alpes Réseaux",
    forme_juridique="SAS",
    capital="120 000 €",
    siren="732829320",
    siret="73282932000074",
    rcs="Annecy",
    naf="4321A",
    tva_intracom="FR44732829320",
    adresse=Adresse(code="SIEGE", lignes=("14 avenue de la Mandallaz",), code_postal="74000", ville="Annecy"),
    telephone="04 50 51 00 00",
    email=f"contact@{DOMAINE}",
    iban="FR7630006000011234567890189",
    bic="AGRIFRPP",
    option_debits=True,
    logo_svg=LOGO,
    agences=[
        SaisieAgence(
            code="ANN",
            nom="Annecy",
            adresse=Adresse(lignes=("14 avenue de la Mandallaz",), code_postal="74000", ville="Annecy"),
            telephone="04 50 51 00 00",
        ),
        SaisieAgence(
            code="GRE",
            nom="Grenoble",
            adresse=Adresse(lignes=("8 rue des Alliés",), code_postal="38100", ville="Grenoble"),
            telephone="04 76 48 10 10",
        ),
    ],
)
EQUIPES = (("Installation Annecy", "ANN", ("nicolas", "karim")), ("Installation Grenoble", "GRE", ("antoine",)))


async def installer(platform: Platform) -> dict[str, Actor]:
    """Company, people, teams and accounts; returns each person as an actor, by login."""
    fondateur = Actor.systeme("Installation")
    async with platform.database("contacts").transaction(fondateur) as tx:
        societe = await societes.enregistrer(tx, SOCIETE, None)
        agences = {agence.code: agence.id for agence in societe.agences}
        gens = {
            p.identifiant: await collaborateurs.creer(
                tx,
                SaisieCollaborateur(
                    nom=p.nom,
                    prenom=p.prenom,
                    email=f"{p.identifiant}@{DOMAINE}",
                    fonction=p.fonction,
                    agence_id=agences[p.agence],
                ),
            )
            for p in PERSONNES
        }
        for nom, agence, membres in EQUIPES:
            membre_ids = [gens[m].id for m in membres]
            await equipes.creer(tx, SaisieEquipe(nom=nom, agence_id=agences[agence], membre_ids=membre_ids))
    return {p.identifiant: await _compte(platform, p, gens[p.identifiant].id, agences[p.agence]) for p in PERSONNES}


async def _compte(platform: Platform, personne: Personne, collaborateur_id: object, agence_id: object) -> Actor:
    saisie = NouveauCompte.model_validate(
        {
            "identifiant": personne.identifiant,
            "nom": f"{personne.prenom} {personne.nom}",
            "email": f"{personne.identifiant}@{DOMAINE}",
            "fonction": personne.fonction,
            "roles": list(personne.roles),
            "collaborateur_id": collaborateur_id,
            "agence_id": agence_id,
            "page_entree": personne.entree,
            "mot_de_passe": MOT_DE_PASSE,
        }
    )
    async with platform.database("gateway").transaction(Actor.systeme("Installation")) as tx:
        compte = await comptes.creer(tx, saisie)
        # eighteen months told in a minute: on screen only, or the local mailbox would hold nothing else
        await notifications.regler(tx, compte.id, {rules.cle(genre): Canal.ECRAN for genre in rules.GENRES})
    return compte.acteur("page")


async def notifications_lues(platform: Platform, avant: datetime) -> None:
    """What people were told before is read; the last days wait for them."""
    async with platform.database("gateway").transaction(Actor.systeme("Installation")) as tx:
        lues = update(Notification).where(Notification.cree_le < avant, Notification.lue_le.is_(None))
        await tx.execute(lues.values(lue_le=avant))
