"""The applications of the top bar and the tabs of each: data, so that a new screen is one line here."""

from dataclasses import dataclass

from gateway.pages.coque.contexte import Session


@dataclass(frozen=True, slots=True)
class Onglet:
    """A module of an application. `permissions`: any one of them opens it; none means everybody."""

    cle: str
    libelle: str
    url: str
    icone: str
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
        "bord",
        "Tableau de bord",
        "/bord",
        "gauge",
        "b",
        (
            Onglet(
                "bord",
                "Aujourd’hui",
                "/bord",
                "gauge",
                ("demande.lire", "devis.lire", "achat.lire", "facture.lire", "contrat.lire"),
            ),
        ),
    ),
    Application(
        "contacts",
        "Carnet d’adresses",
        "/contacts",
        "contact-round",
        "c",
        (
            Onglet("contacts", "Contacts", "/contacts", "contact-round", ("tiers.lire",)),
            Onglet("clients", "Clients", "/contacts/clients", "building-2", ("tiers.lire",)),
            Onglet("fournisseurs", "Fournisseurs", "/contacts/fournisseurs", "truck", ("tiers.lire",)),
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
            Onglet("tableaux", "Tableaux", "/demandes", "square-kanban", ("demande.lire",)),
            Onglet("mes-demandes", "Mes demandes", "/demandes/mes-demandes", "user-round", ("demande.lire",)),
            Onglet("liste", "Liste", "/demandes/liste", "rows-3", ("demande.lire",)),
            Onglet("courriers", "Courriers", "/demandes/courriers", "mail", ("demande.creer",)),
            Onglet("configuration", "Types et états", "/demandes/configuration", "workflow", ("demande.configurer",)),
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
            Onglet("etudes", "Études", "/devis", "file-search", ("devis.lire",)),
            Onglet("propositions", "Propositions", "/devis/propositions", "file-pen-line", ("devis.lire",)),
            Onglet("relances", "Relances", "/devis/relances", "phone-outgoing", ("devis.modifier",)),
            Onglet("pilotage", "Pilotage", "/devis/pilotage", "trending-up", ("devis.lire",)),
            Onglet("affaires", "Affaires", "/devis/affaires", "briefcase-business", ("affaire.lire",)),
            Onglet("modeles", "Modèles", "/devis/modeles", "layout-template", ("devis.modifier",)),
            Onglet("rayons", "Rayons fréquents", "/devis/rayons", "bookmark", ("devis.modifier",)),
            Onglet("tarifs", "Tarifs", "/devis/tarifs", "tags", ("devis.modifier",)),
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
            Onglet("besoins", "Besoins", "/achats", "list-checks", ("achat.lire",)),
            Onglet("negociations", "Négociations", "/achats/negociations", "messages-square", ("achat.lire",)),
            Onglet("commandes", "Commandes", "/achats/commandes", "truck", ("achat.lire",)),
            Onglet(
                "receptions", "Réceptions", "/achats/receptions", "package-check", ("achat.lire", "reception.saisir")
            ),
            Onglet("catalogues", "Catalogues", "/achats/catalogues", "book-open", ("achat.modifier",)),
        ),
    ),
    Application(
        "atelier",
        "Atelier",
        "/atelier",
        "wrench",
        "t",
        (
            Onglet("feuilles", "Feuilles de travail", "/atelier", "wrench", ("feuille.lire",)),
            Onglet("superviseur", "Superviseur", "/atelier/superviseur", "layout-dashboard", ("stock.lire",)),
            Onglet("stock", "Stock", "/atelier/stock", "warehouse", ("stock.lire",)),
            Onglet("objets", "Objets", "/atelier/objets", "package", ("stock.lire",)),
            Onglet("etiquettes", "Étiquettes", "/atelier/etiquettes", "qr-code", ("etiquette.imprimer",)),
        ),
    ),
    Application(
        "catalogue",
        "Produits",
        "/catalogue",
        "package-search",
        "o",
        (
            Onglet("produits", "Produits", "/catalogue", "package-search", ("produit.lire",)),
            Onglet("types", "Types de produit", "/catalogue/types", "layers", ("produit.modifier",)),
        ),
    ),
    Application(
        "parc",
        "Parc clients",
        "/parc",
        "boxes",
        "p",
        (
            Onglet("parcs", "Parcs", "/parc", "boxes", ("parc.lire",)),
            Onglet("contrats", "Contrats", "/parc/contrats", "file-signature", ("contrat.lire",)),
            Onglet("visites", "Visites", "/parc/visites", "calendar-check", ("contrat.lire", "visite.realiser")),
            Onglet("accords", "Accords tarifaires", "/parc/accords", "handshake", ("accord.gerer",)),
        ),
    ),
    Application(
        "planning",
        "Planning",
        "/planning",
        "calendar-days",
        "l",
        (
            Onglet("equipes", "Équipes", "/planning", "users-round", ("planning.lire",)),
            Onglet("charge", "Plan de charge", "/planning/charge", "chart-column", ("planning.lire",)),
            Onglet("ma-journee", "Ma journée", "/planning/ma-journee", "sun", ("planning.lire",)),
            Onglet("interventions", "Interventions", "/planning/interventions", "calendar-days", ("planning.lire",)),
            Onglet("absences", "Absences", "/planning/absences", "coffee", ("planning.lire",)),
            Onglet("temps", "Temps passés", "/planning/temps", "clock", ("temps.saisir", "planning.lire")),
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
            Onglet("factures", "Factures clients", "/administratif", "receipt-euro", ("facture.lire",)),
            Onglet("a-facturer", "À facturer", "/administratif/a-facturer", "file-clock", ("facture.lire",)),
            Onglet(
                "fournisseurs",
                "Factures fournisseurs",
                "/administratif/fournisseurs",
                "receipt-text",
                ("facture.lire",),
            ),
            Onglet(
                "rapprochement", "Rapprochement bancaire", "/administratif/rapprochement", "landmark", ("facture.lire",)
            ),
            Onglet("recurrents", "Contrats récurrents", "/administratif/contrats", "calendar-sync", ("facture.lire",)),
            Onglet(
                "campagnes",
                "Facturation des contrats",
                "/administratif/campagnes",
                "calendar-clock",
                ("campagne.lancer",),
            ),
        ),
    ),
    Application(
        "administration",
        "Administration",
        "/administration",
        "settings",
        "r",
        (
            Onglet("comptes", "Comptes", "/administration", "users", ("administration",)),
            Onglet("roles", "Rôles", "/administration/roles", "shield-check", ("administration",)),
            Onglet("societe", "Société", "/administration/societe", "building", ("societe.modifier", "administration")),
            Onglet("effectif", "Équipes et agences", "/administration/effectif", "network", ("societe.modifier",)),
            Onglet("journal", "Journal", "/administration/journal", "history", ("administration",)),
            Onglet("rgpd", "Données personnelles", "/administration/rgpd", "lock", ("rgpd.exporter",)),
            Onglet("api", "API", "/administration/api", "code", ("administration",)),
            Onglet("webhooks", "Webhooks", "/administration/webhooks", "webhook", ("administration",)),
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
