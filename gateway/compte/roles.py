"""The default roles and what each may do. Permissions are checked by the services; here they are granted."""

LECTURE = frozenset({"tiers.lire", "societe.lire", "demande.lire", "planning.lire", "produit.lire"})

ROLES: dict[str, frozenset[str]] = {
    "accueil": LECTURE
    | {"tiers.modifier", "demande.creer", "demande.modifier", "parc.lire", "contrat.lire", "devis.lire"},
    "commercial": LECTURE
    | {"tiers.modifier", "demande.*", "devis.*", "affaire.*", "couts.voir", "stock.lire", "parc.lire", "contrat.lire"}
    | {"feuille.lire", "facture.lire"},
    "achats": LECTURE
    | {
        "tiers.modifier",
        "demande.modifier",
        "achat.*",
        "reception.saisir",
        "stock.lire",
        "produit.modifier",
        "couts.voir",
    }
    | {"devis.lire", "feuille.lire"},
    "magasin": LECTURE
    | {
        "achat.lire",
        "reception.saisir",
        "stock.*",
        "feuille.lire",
        "feuille.preparer",
        "etiquette.imprimer",
        "demande.modifier",
    },
    "atelier": LECTURE
    | {"stock.lire", "feuille.*", "etiquette.imprimer", "demande.modifier", "parc.lire", "temps.saisir"},
    "planning": LECTURE
    | {"demande.creer", "demande.modifier", "planning.*", "feuille.lire", "parc.lire", "contrat.lire"}
    | {"visite.lire", "visite.realiser"},
    "technicien": LECTURE
    | {
        "demande.creer",
        "demande.modifier",
        "temps.saisir",
        "feuille.lire",
        "feuille.preparer",
        "feuille.valider",
        "stock.lire",
    }
    | {"parc.lire", "parc.modifier", "visite.lire", "visite.realiser", "etiquette.imprimer"},
    "administratif": LECTURE
    | {
        "tiers.modifier",
        "demande.creer",
        "demande.modifier",
        "facture.*",
        "reglement.*",
        "campagne.*",
        "contrat.*",
        "parc.lire",
    }
    | {"devis.lire", "affaire.lire", "achat.lire", "feuille.lire", "accord.gerer", "visite.lire", "couts.voir"},
    "direction": LECTURE
    | {"tiers.*", "societe.*", "demande.*", "planning.*", "temps.*", "devis.*", "affaire.*", "achat.*", "reception.*"}
    | {
        "produit.*",
        "stock.*",
        "feuille.*",
        "etiquette.*",
        "facture.*",
        "reglement.*",
        "campagne.*",
        "parc.*",
        "contrat.*",
    }
    | {"visite.*", "accord.*", "couts.voir"},
    "administrateur": frozenset({"*"}),
}


def permissions(roles: list[str]) -> frozenset[str]:
    """Everything the roles grant together."""
    return frozenset().union(*(ROLES.get(role, frozenset()) for role in roles))
