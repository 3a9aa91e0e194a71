"""The applications of the top bar and the tabs of each: data, so that a new screen is one line here."""

from dataclasses import dataclass

from gateway.pages.coque.contexte import Session


@dataclass(frozen=True, slots=True)
class Onglet:
    """A module of an application. `permissions`: any one of them opens it; none means everybody."""

    cle: str
    libelle: str
    url: str
    permissions: tuple[str, ...] = ()

    def ouvert_a(self, session: Session) -> bool:
        return not self.permissions or any(session.may(p) for p in self.permissions)


@dataclass(frozen=True, slots=True)
class Application:
    """An entry of the top bar; `touche` is the letter after G on the keyboard."""

    cle: str
    libelle: str
    url: str
    icone: str
    touche: str
    onglets: tuple[Onglet, ...]
    telephone: bool = False

    def onglets_de(self, session: Session) -> tuple[Onglet, ...]:
        return tuple(onglet for onglet in self.onglets if onglet.ouvert_a(session))


APPLICATIONS: tuple[Application, ...] = (
    Application(
        "contacts",
        "Carnet d’adresses",
        "/contacts",
        "contact-round",
        "c",
        (
            Onglet("contacts", "Contacts", "/contacts", ("tiers.lire",)),
            Onglet("clients", "Clients", "/contacts/clients", ("tiers.lire",)),
            Onglet("fournisseurs", "Fournisseurs", "/contacts/fournisseurs", ("tiers.lire",)),
        ),
        telephone=True,
    ),
    Application(
        "demandes",
        "Demandes",
        "/demandes",
        "square-kanban",
        "d",
        (
            Onglet("tableaux", "Tableaux", "/demandes", ("demande.lire",)),
            Onglet("mes-demandes", "Mes demandes", "/demandes/mes-demandes", ("demande.lire",)),
            Onglet("liste", "Liste", "/demandes/liste", ("demande.lire",)),
            Onglet("courriers", "Courriers", "/demandes/courriers", ("demande.creer",)),
            Onglet("configuration", "Types et états", "/demandes/configuration", ("demande.configurer",)),
        ),
        telephone=True,
    ),
    Application(
        "devis",
        "Devis",
        "/devis",
        "file-pen-line",
        "v",
        (
            Onglet("etudes", "Études", "/devis", ("devis.lire",)),
            Onglet("propositions", "Propositions", "/devis/propositions", ("devis.lire",)),
            Onglet("relances", "Relances", "/devis/relances", ("devis.modifier",)),
            Onglet("pilotage", "Pilotage", "/devis/pilotage", ("devis.lire",)),
            Onglet("affaires", "Affaires", "/devis/affaires", ("affaire.lire",)),
            Onglet("modeles", "Modèles", "/devis/modeles", ("devis.modifier",)),
            Onglet("rayons", "Rayons fréquents", "/devis/rayons", ("devis.modifier",)),
            Onglet("tarifs", "Tarifs", "/devis/tarifs", ("devis.modifier",)),
        ),
        telephone=True,
    ),
    Application(
        "achats",
        "Achats",
        "/achats",
        "package-open",
        "a",
        (
            Onglet("besoins", "Besoins", "/achats", ("achat.lire",)),
            Onglet("negociations", "Négociations", "/achats/negociations", ("achat.lire",)),
            Onglet("commandes", "Commandes", "/achats/commandes", ("achat.lire",)),
            Onglet("receptions", "Réceptions", "/achats/receptions", ("achat.lire", "reception.saisir")),
            Onglet("catalogues", "Catalogues", "/achats/catalogues", ("achat.modifier",)),
        ),
    ),
    Application(
        "atelier",
        "Atelier",
        "/atelier",
        "wrench",
        "t",
        (
            Onglet("feuilles", "Feuilles de travail", "/atelier", ("feuille.lire",)),
            Onglet("superviseur", "Superviseur", "/atelier/superviseur", ("stock.lire",)),
            Onglet("stock", "Stock", "/atelier/stock", ("stock.lire",)),
            Onglet("objets", "Objets", "/atelier/objets", ("stock.lire",)),
            Onglet("etiquettes", "Étiquettes", "/atelier/etiquettes", ("etiquette.imprimer",)),
        ),
    ),
    Application(
        "catalogue",
        "Produits",
        "/catalogue",
        "package-search",
        "o",
        (
            Onglet("produits", "Produits", "/catalogue", ("produit.lire",)),
            Onglet("types", "Types de produit", "/catalogue/types", ("produit.modifier",)),
        ),
    ),
    Application(
        "parc",
        "Parc clients",
        "/parc",
        "boxes",
        "p",
        (
            Onglet("parcs", "Parcs", "/parc", ("parc.lire",)),
            Onglet("contrats", "Contrats", "/parc/contrats", ("contrat.lire",)),
            Onglet("visites", "Visites", "/parc/visites", ("contrat.lire", "visite.realiser")),
            Onglet("accords", "Accords tarifaires", "/parc/accords", ("accord.gerer",)),
        ),
    ),
    Application(
        "planning",
        "Planning",
        "/planning",
        "calendar-days",
        "l",
        (
            Onglet("equipes", "Équipes", "/planning", ("planning.lire",)),
            Onglet("ma-journee", "Ma journée", "/planning/ma-journee", ("planning.lire",)),
            Onglet("interventions", "Interventions", "/planning/interventions", ("planning.lire",)),
            Onglet("absences", "Absences", "/planning/absences", ("planning.lire",)),
            Onglet("temps", "Temps passés", "/planning/temps", ("temps.saisir", "planning.lire")),
        ),
        telephone=True,
    ),
    Application(
        "administratif",
        "Administratif",
        "/administratif",
        "receipt-euro",
        "m",
        (
            Onglet("factures", "Factures clients", "/administratif", ("facture.lire",)),
            Onglet("a-facturer", "À facturer", "/administratif/a-facturer", ("facture.lire",)),
            Onglet("fournisseurs", "Factures fournisseurs", "/administratif/fournisseurs", ("facture.lire",)),
            Onglet("rapprochement", "Rapprochement bancaire", "/administratif/rapprochement", ("facture.lire",)),
            Onglet("recurrents", "Contrats récurrents", "/administratif/contrats", ("facture.lire",)),
            Onglet("campagnes", "Facturation des contrats", "/administratif/campagnes", ("campagne.lancer",)),
        ),
    ),
    Application(
        "administration",
        "Administration",
        "/administration",
        "settings",
        "r",
        (
            Onglet("comptes", "Comptes", "/administration", ("administration",)),
            Onglet("societe", "Société", "/administration/societe", ("societe.modifier", "administration")),
            Onglet("effectif", "Équipes et agences", "/administration/effectif", ("societe.modifier",)),
            Onglet("journal", "Journal", "/administration/journal", ("administration",)),
            Onglet("rgpd", "Données personnelles", "/administration/rgpd", ("rgpd.exporter",)),
            Onglet("api", "API", "/administration/api", ("administration",)),
        ),
    ),
)


def applications_de(session: Session) -> tuple[Application, ...]:
    """The applications in which the person may open at least one tab."""
    return tuple(app for app in APPLICATIONS if app.onglets_de(session))


def situer(chemin: str, onglet: str | None = None) -> tuple[Application | None, Onglet | None]:
    """The application and tab a path belongs to: the longest url that starts it, or the tab named `onglet`."""
    racine = "/" + chemin.strip("/").partition("/")[0]
    application = next((app for app in APPLICATIONS if app.url == racine), None)
    if application is None:
        return None, None
    if onglet is not None:
        return application, next((o for o in application.onglets if o.cle == onglet), None)
    candidats = [o for o in application.onglets if (chemin + "/").startswith(o.url + "/")]
    return application, max(candidats, key=lambda o: len(o.url), default=None)
