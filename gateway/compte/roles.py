"""The default roles and what each may do. Permissions are checked by the services; here they are granted."""

from shared.kernel.actor import Actor

LECTURE = frozenset({"tiers.lire", "societe.lire", "demande.lire", "planning.lire", "produit.lire"})

ROLES: dict[str, frozenset[str]] = {
    "accueil": LECTURE
    | {"tiers.modifier", "demande.creer", "demande.modifier", "parc.lire", "contrat.lire", "devis.lire"},
    "commercial": LECTURE
    | {"tiers.modifier", "demande.*", "devis.*", "tarif.modifier", "affaire.*", "couts.voir", "stock.lire"}
    | {"feuille.lire", "facture.lire", "parc.lire", "contrat.lire"},
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
        "tiers.fusionner",
        "tiers.importer",
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
    | {"tiers.*", "societe.*", "demande.*", "planning.*", "temps.*", "devis.*", "tarif.*", "affaire.*", "achat.*"}
    | {"reception.*"}
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
    | {"visite.*", "accord.*", "couts.voir", "marge.approuver", "commande.approuver"},
    "administrateur": frozenset({"*"}),
}


def permissions(roles: list[str]) -> frozenset[str]:
    """Everything the roles grant together."""
    return frozenset().union(*(ROLES.get(role, frozenset()) for role in roles))


def peut(roles: list[str], droit: str) -> bool:
    """Whether these roles grant a right, by its name or by its family."""
    return Actor(nom="", permissions=permissions(roles)).may(droit)


def portees_de(roles: list[str]) -> list[str]:
    """What a token of these roles may be narrowed to: whole families ("facture.*") and single rights."""
    possedees = permissions(roles)
    connues = frozenset().union(*ROLES.values()) - {"*"}
    toutes = connues | {f"{droit.partition('.')[0]}.*" for droit in connues}
    acteur = Actor(nom="", permissions=possedees)
    return sorted(droit for droit in toutes if acteur.may(droit))
