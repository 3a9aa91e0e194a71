"""Every right a role may hold, as administrators read them, and what rights mean together. Pure.

A right is "object.verb"; "object.*" is the whole family, present and to come, and "*" is everything.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shared.kernel.actor import Actor
from shared.kernel.etendue import LARGEUR, Etendue

TOUT = "*"
DROIT_DIT = re.compile(r"(le droit «\s)([a-z_]+(?:\.[a-z_]+)?)(\s»)")
ADMINISTRER = "administration"


@dataclass(frozen=True, slots=True)
class Droit:
    """One thing a role allows."""

    cle: str
    libelle: str


@dataclass(frozen=True, slots=True)
class Rubrique:
    """A line of the grid: what `libelle` names, and who may read it, change it, decide on it.

    `genre` is the kind of records whose reach may be narrowed on this line.
    """

    libelle: str
    lire: Droit | None = None
    modifier: tuple[Droit, ...] = ()
    decider: tuple[Droit, ...] = ()
    genre: str = ""

    def droits(self) -> Iterator[Droit]:
        """Every right of the line."""
        if self.lire:
            yield self.lire
        yield from (*self.modifier, *self.decider)


def _lire(cle: str) -> Droit:
    return Droit(cle, "Consulter")


GRILLE: tuple[tuple[str, tuple[Rubrique, ...]], ...] = (
    (
        "Carnet d’adresses et société",
        (
            Rubrique(
                "Contacts",
                _lire("tiers.lire"),
                (Droit("tiers.modifier", "Créer et modifier"),),
                (Droit("tiers.fusionner", "Fusionner les doublons"), Droit("tiers.importer", "Importer un fichier")),
                genre="tiers",
            ),
            Rubrique(
                "Coordonnées bancaires des contacts",
                _lire("rib.lire"),
                (Droit("rib.modifier", "Ajouter, modifier et retirer"),),
            ),
            Rubrique(
                "Société, agences et équipes",
                Droit("societe.lire", "Consulter l’historique"),
                (Droit("societe.modifier", "Modifier"),),
            ),
        ),
    ),
    (
        "Demandes et planning",
        (
            Rubrique(
                "Demandes",
                _lire("demande.lire"),
                (Droit("demande.creer", "Ouvrir"), Droit("demande.modifier", "Modifier et faire avancer")),
                (Droit("demande.configurer", "Configurer types, états et tableaux"),),
                genre="demande",
            ),
            Rubrique("Planning", _lire("planning.lire"), (Droit("planning.modifier", "Planifier"),)),
            Rubrique("Temps passés", None, (Droit("temps.saisir", "Saisir et intervenir"),)),
        ),
    ),
    (
        "Devis",
        (
            Rubrique(
                "Études et devis",
                _lire("devis.lire"),
                (Droit("devis.modifier", "Créer et modifier"),),
                (Droit("devis.envoyer", "Envoyer au client"), Droit("devis.valider", "Valider la signature")),
                genre="devis",
            ),
            Rubrique(
                "Affaires", _lire("affaire.lire"), (Droit("affaire.modifier", "Créer et modifier"),), genre="affaire"
            ),
            Rubrique("Tarifs de vente", None, (Droit("tarif.modifier", "Fixer les tarifs"),)),
            Rubrique(
                "Coûts et marges",
                Droit("couts.voir", "Voir partout"),
                (),
                (Droit("marge.approuver", "Approuver sous la marge"),),
            ),
            Rubrique("Encours des clients", None, (), (Droit("encours.approuver", "Approuver au-delà du plafond"),)),
        ),
    ),
    (
        "Achats",
        (
            Rubrique(
                "Besoins et commandes",
                _lire("achat.lire"),
                (Droit("achat.modifier", "Négocier et commander"),),
                (Droit("commande.approuver", "Approuver les commandes"),),
            ),
            Rubrique("Réceptions", None, (Droit("reception.saisir", "Réceptionner"),)),
        ),
    ),
    (
        "Atelier et stock",
        (
            Rubrique(
                "Feuilles de travail",
                _lire("feuille.lire"),
                (Droit("feuille.preparer", "Préparer et configurer"),),
                (Droit("feuille.valider", "Clôturer et valider"),),
            ),
            Rubrique("Stock et objets", _lire("stock.lire"), (Droit("stock.modifier", "Mouvementer et compter"),)),
            Rubrique("Étiquettes", None, (Droit("etiquette.imprimer", "Attribuer et imprimer"),)),
            Rubrique("Produits", _lire("produit.lire"), (Droit("produit.modifier", "Créer et modifier"),)),
        ),
    ),
    (
        "Parc et contrats",
        (
            Rubrique("Parc des clients", _lire("parc.lire"), (Droit("parc.modifier", "Modifier"),)),
            Rubrique(
                "Contrats", _lire("contrat.lire"), (Droit("contrat.modifier", "Créer et modifier"),), genre="contrat"
            ),
            Rubrique("Visites", _lire("visite.lire"), (Droit("visite.realiser", "Préparer et réaliser"),)),
            Rubrique("Accords tarifaires", None, (), (Droit("accord.gerer", "Consulter et gérer"),)),
        ),
    ),
    (
        "Administratif",
        (
            Rubrique(
                "Factures",
                _lire("facture.lire"),
                (Droit("facture.modifier", "Préparer et corriger"),),
                (Droit("facture.emettre", "Émettre et envoyer"),),
                genre="facture",
            ),
            Rubrique(
                "Factures des fournisseurs",
                None,
                (),
                (Droit("facture_fournisseur.liberer", "Libérer celles qui sont bloquées"),),
            ),
            Rubrique("Règlements", None, (Droit("reglement.saisir", "Saisir et rapprocher"),)),
            Rubrique("Facturation des contrats", None, (), (Droit("campagne.lancer", "Lancer la campagne"),)),
        ),
    ),
    (
        "Administration",
        (
            Rubrique(
                "Données personnelles",
                Droit("rgpd.exporter", "Rechercher et exporter"),
                (),
                (Droit("rgpd.anonymiser", "Anonymiser"),),
            ),
            Rubrique("Comptes, rôles et journal", None, (), (Droit(ADMINISTRER, "Administrer"),)),
        ),
    ),
)
DROITS = {droit.cle: droit for _, rubriques in GRILLE for rubrique in rubriques for droit in rubrique.droits()}

GENRES = {
    rubrique.genre: rubrique.lire.cle
    for _, rubriques in GRILLE
    for rubrique in rubriques
    if rubrique.genre and rubrique.lire
}
ETENDUES = {Etendue.TOUT: "Tout", Etendue.AGENCE: "Ceux de son agence", Etendue.SIENS: "Les siens seulement"}

# The jobs of the company: what people of a role look at first, and what late things they are told of.
METIERS = {
    "accueil": "Accueil",
    "commercial": "Commercial",
    "achats": "Achats",
    "magasin": "Magasin",
    "atelier": "Atelier",
    "planning": "Planning",
    "technicien": "Technicien",
    "administratif": "Administratif",
    "direction": "Direction",
    "administrateur": "Administrateur",
}


def famille(droit: str) -> str:
    """The family a right belongs to: "devis.*"."""
    return f"{droit.partition('.')[0]}.*"


def peut(permissions: Iterable[str], droit: str) -> bool:
    """Whether these permissions hold a right, by its name or by its family."""
    return Actor(nom="", permissions=frozenset(permissions)).may(droit)


def cochees(permissions: Collection[str]) -> frozenset[str]:
    """The single rights these permissions hold: what the grid shows ticked."""
    return frozenset(droit for droit in DROITS if peut(permissions, droit))


def ranger(droits: Collection[str]) -> list[str]:
    """The permissions to store for the rights ticked: a family ticked whole is stored as a family."""
    gardes = frozenset(droits) & DROITS.keys()
    entieres = {f for f in map(famille, gardes) if len(_membres(f)) > 1 and _membres(f) <= gardes}
    return sorted(entieres | {droit for droit in gardes if famille(droit) not in entieres})


def _membres(famille_: str) -> frozenset[str]:
    return frozenset(droit for droit in DROITS if famille(droit) == famille_)


def etendues(roles: Iterable[Mapping[str, Any]]) -> frozenset[tuple[str, str]]:
    """What these roles together narrow: of each kind, the widest reach among the roles that may read it."""
    trouvees: dict[str, Etendue] = {}
    for role in roles:
        for genre, lecture in GENRES.items():
            if peut(role["permissions"], lecture):
                etendue = Etendue(role["etendues"].get(genre, Etendue.TOUT))
                trouvees[genre] = max(etendue, trouvees.get(genre, etendue), key=LARGEUR.__getitem__)
    return frozenset((genre, etendue.value) for genre, etendue in trouvees.items() if etendue is not Etendue.TOUT)


def rubriques_de(permissions: Collection[str]) -> list[tuple[str, list[Droit]]]:
    """The lines of the grid with the rights held on each: what a token is narrowed to, in the words of the grid."""
    lignes = ((r.libelle, [d for d in r.droits() if peut(permissions, d.cle)]) for _, rs in GRILLE for r in rs)
    return [(libelle, droits) for libelle, droits in lignes if droits]


def dire(portee: str) -> str:
    """A right or a family in words: "Contacts : consulter"; as it is when nobody knows it any more."""
    cles = _membres(portee) if portee.endswith(".*") else {portee}
    lignes = [(r.libelle, d.libelle) for _, rs in GRILLE for r in rs for d in r.droits() if d.cle in cles]
    if not lignes:
        return portee
    rubrique, libelle = lignes[0]
    return f"{rubrique} : {'tout' if portee.endswith('.*') else libelle[:1].lower() + libelle[1:]}"


def en_mots(phrase: str) -> str:
    """A sentence that names a right, with the words of the grid in the place of its code."""
    return DROIT_DIT.sub(lambda dit: f"{dit[1]}{dire(dit[2])}{dit[3]}", phrase)


def portees_de(permissions: Collection[str]) -> list[str]:
    """What a token of who holds them may be narrowed to: whole families ("facture.*") and single rights."""
    toutes = set(DROITS) | {famille(droit) for droit in DROITS if "." in droit}
    return sorted(droit for droit in toutes if peut(permissions, droit))


def restreindre(permissions: Collection[str], portees: Iterable[str]) -> frozenset[str]:
    """What a token narrowed to `portees` may still do: of a family, the rights its owner holds today."""
    gardees: set[str] = set()
    for portee in portees:
        if peut(permissions, portee):
            gardees.add(portee)
        elif portee.endswith(".*"):
            gardees |= {droit for droit in _membres(portee) if peut(permissions, droit)}
    return frozenset(gardees)
