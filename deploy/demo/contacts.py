"""Clients, prospects and suppliers of the demo company: invented names of real towns."""

from uuid import UUID

from services.contacts.tiers import use_cases
from services.contacts.tiers.schemas import SaisieAdresse, SaisieInterlocuteur, SaisieTiers
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.text import sans_accents

FOURNISSEURS = (
    ("Elecdis", "69800", "Saint-Priest"),
    ("Also Distribution France", "92230", "Gennevilliers"),
    ("Téléphonie Plus", "31000", "Toulouse"),
    ("Sécurité Diffusion", "69100", "Villeurbanne"),
    ("Bureautique Grossiste", "38000", "Grenoble"),
    ("Câbles du Rhône", "26000", "Valence"),
)

# (name, first name and name of the person, street, postcode, town, is public, is a prospect at first)
CLIENTS = (
    ("Cabinet dentaire Martin-Lefèvre", "Zoé Lefèvre", "12 rue du Lac", "74000", "Annecy", False, False),
    ("Mairie de Sévrier", "Paul Ducret", "2000 route d’Albertville", "74320", "Sévrier", True, False),
    ("Agence immobilière Bouvet", "Inès Bouvet", "4 place Notre-Dame", "74000", "Annecy", False, False),
    ("Camping La Ravoire", "Luc Ravoire", "950 route de la Ravoire", "74210", "Doussard", False, False),
    ("Pharmacie du Lac", "Anne Perrin", "27 avenue d’Albigny", "74000", "Annecy", False, False),
    ("Plasti-Alpes Industrie", "Marc Gaillard", "ZI des Césardes", "74600", "Seynod", False, False),
    ("Communauté de communes des Aravis", "Sylvie Missillier", "4 avenue du Parmelan", "74230", "Thônes", True, False),
    ("Architectes Atelier 74", "Hugo Blanc", "18 rue Sommeiller", "74000", "Annecy", False, False),
    ("EHPAD Les Cèdres", "Odile Fontana", "35 chemin des Cèdres", "74940", "Annecy-le-Vieux", True, False),
    ("Garage des Alpes", "Denis Favre", "110 avenue de Genève", "74000", "Annecy", False, False),
    ("Supermarché du Fier", "Karine Thevenet", "Route du Fier", "74230", "Thônes", False, False),
    ("Lycée Gabriel-Fauré", "Michel Arnaud", "2 avenue du Rhône", "74000", "Annecy", True, False),
    ("Menuiserie Delavay", "Serge Delavay", "15 route des Artisans", "74150", "Rumilly", False, False),
    ("Vétérinaires du Semnoz", "Claire Métral", "8 rue du Semnoz", "74540", "Alby-sur-Chéran", False, False),
    ("Hôtel des Trésoms", "Pascal Droux", "15 boulevard de la Corniche", "74000", "Annecy", False, False),
    ("Notaires Rey et Associés", "Élise Rey", "3 rue Vaugelas", "74000", "Annecy", False, False),
    ("Transports Bianco", "Fabio Bianco", "ZA de la Caille", "74350", "Cruseilles", False, False),
    ("Fromagerie Pochat", "Jeanne Pochat", "45 rue des Fromagers", "74230", "Manigod", False, False),
    ("Clinique Générale", "Dr Alain Roche", "4 chemin de la Tour", "74000", "Annecy", False, False),
    ("Office notarial Grésivaudan", "Louis Meunier", "6 place de la Mairie", "38190", "Bernin", False, False),
    ("Mairie de Meylan", "Nathalie Brun", "4 avenue du Vercors", "38240", "Meylan", True, False),
    ("Isère Logistique", "Yann Colin", "12 rue de l’Industrie", "38120", "Saint-Égrève", False, False),
    ("Cabinet comptable Vial", "Sandrine Vial", "21 boulevard Gambetta", "38000", "Grenoble", False, False),
    ("Collège Stendhal", "Régis Tournier", "1 rue Raoul-Blanchard", "38000", "Grenoble", True, False),
    ("Boulangerie Aux Blés d’Or", "Émilie Rossat", "9 rue Royale", "74000", "Annecy", False, True),
    ("Crèche Les Petits Loups", "Maud Sage", "14 rue des Écoles", "74960", "Meythet", False, True),
    ("Salle de sport Altitude", "Kevin Duret", "60 avenue de Chambéry", "74000", "Annecy", False, True),
    ("Résidence Le Belvédère", "Gérard Lamy", "Chemin du Belvédère", "74290", "Veyrier-du-Lac", False, True),
    ("Scierie Burnet", "Éric Burnet", "Route de Serraval", "74230", "Serraval", False, True),
    ("Studio photo Lumen", "Alix Carret", "5 rue Filaterie", "74000", "Annecy", False, True),
)


async def installer_fournisseurs(database: Database, actor: Actor) -> list[UUID]:
    """The suppliers; their ids in order."""
    ids = []
    async with database.transaction(actor) as tx:
        for rang, (nom, code_postal, ville) in enumerate(FOURNISSEURS):
            saisie = SaisieTiers(
                nom=nom,
                roles=["fournisseur"],
                email=f"commandes@{_domaine(nom)}",
                telephone=f"04 72 10 {rang + 10} 00",
                adresses=[SaisieAdresse(lignes=[f"{rang + 3} rue du Commerce"], code_postal=code_postal, ville=ville)],
            )
            ids.append((await use_cases.creer(tx, saisie)).id)
    return ids


async def inscrire(database: Database, actor: Actor, rang: int) -> tuple[UUID, str]:
    """The client of that rank, as reception types it during the first call; (id, name)."""
    nom, personne, rue, code_postal, ville, est_public, est_prospect = CLIENTS[rang]
    prenom, _, famille = personne.rpartition(" ")
    saisie = SaisieTiers(
        nom=nom,
        roles=["prospect" if est_prospect else "client"],
        email=f"contact@{_domaine(nom)}",
        email_facturation=f"compta@{_domaine(nom)}",
        telephone=f"04 50 {51 + rang % 20} {10 + rang} {rang * 3 % 90 + 10}",
        est_public=est_public,
        canal_envoi="chorus" if est_public else "mail",
        service_chorus="SERVICE-TECH" if est_public else None,
        siren=_siren(rang),
        adresses=[SaisieAdresse(lignes=[rue], code_postal=code_postal, ville=ville)],
        interlocuteurs=[SaisieInterlocuteur(prenom=prenom, nom=famille, telephone=f"06 12 {10 + rang} 45 {50 + rang}")],
    )
    async with database.transaction(actor) as tx:
        tiers = await use_cases.creer(tx, saisie)
    return tiers.id, tiers.nom


def _domaine(nom: str) -> str:
    mots = "".join(c if c.isalnum() else "-" for c in sans_accents(nom).lower())
    return "-".join(filter(None, mots.split("-")))[:40].strip("-") + ".example"


def _siren(rang: int) -> str:
    """An invented SIREN whose check digit is right."""
    debut = f"{50_000_000 + rang * 7919:08d}"
    for cle in range(10):
        chiffres = [int(c) for c in f"{debut}{cle}"]
        if sum(sum(divmod(c * (1 + rang_ % 2), 10)) for rang_, c in enumerate(chiffres)) % 10 == 0:
            return f"{debut}{cle}"
    raise AssertionError("a check digit always exists")


def courriel(rang: int) -> str:
    """Where devis are mailed to the client of that rank."""
    return f"contact@{_domaine(CLIENTS[rang][0])}"
