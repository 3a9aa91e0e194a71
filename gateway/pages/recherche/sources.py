"""What Ctrl+K looks through: the lists of the services, each read with `q` by who may read it."""

from dataclasses import dataclass
from typing import Any

from gateway.pages.coque.formats import telephone
from shared.kernel.text import normaliser_recherche

Ligne = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A searched list: where it is, who may read it, how an element of it is shown.

    `adresse` holds {id}; `details` are told after the title; an element one of whose `cles` is what was typed is exact.
    """

    service: str
    chemin: str
    permission: str
    groupe: str
    icone: str
    adresse: str
    titre: str
    details: tuple[str, ...]
    cles: tuple[str, ...]

    def montrer(self, lue: Ligne, q: str) -> Ligne:
        """An element as the palette shows it."""
        details = [_dit(champ, lue) for champ in self.details if lue.get(champ)]
        if lue.get("est_approche"):
            details.append("orthographe proche")
        return {
            "titre": lue[self.titre],
            "detail": " · ".join(details),
            "url": self.adresse.format(id=lue["id"]),
            "icone": self.icone,
            "groupe": self.groupe,
            "est_approche": bool(lue.get("est_approche")),
            "est_exacte": any(_plier(_dit(c, lue)) == _plier(_dit(c, {c: q})) for c in self.cles if lue.get(c)),
        }


def _dit(champ: str, lue: Ligne) -> str:
    """A field as people say it: a telephone is kept as +33450510000 and said 04 50 51 00 00."""
    return telephone(lue[champ]) if champ == "telephone" else str(lue[champ])


def _plier(texte: str) -> str:
    """Accents, cases and the signs inside a number or a telephone do not count."""
    return "".join(c for c in normaliser_recherche(texte) if c.isalnum())


SOURCES = (
    Source(
        *("contacts", "/tiers", "tiers.lire", "Contacts", "contact-round", "/contacts/{id}"),
        titre="nom",
        details=("code", "ville", "telephone"),
        cles=("nom", "code", "telephone", "email"),
    ),
    Source(
        *("demandes", "/demandes", "demande.lire", "Demandes", "ticket", "/demandes/{id}"),
        titre="objet",
        details=("numero", "tiers_nom"),
        cles=("numero",),
    ),
    Source(
        *("commercial", "/propositions", "devis.lire", "Devis", "file-pen-line", "/devis/propositions/{id}"),
        titre="objet",
        details=("numero", "tiers_nom"),
        cles=("numero",),
    ),
    Source(
        *("commercial", "/etudes", "devis.lire", "Études", "file-search", "/devis/etudes/{id}"),
        titre="objet",
        details=("numero", "tiers_nom"),
        cles=("numero",),
    ),
    Source(
        *("commercial", "/affaires", "affaire.lire", "Affaires", "folder-kanban", "/devis/affaires/{id}"),
        titre="libelle",
        details=("code", "tiers_nom"),
        cles=("code",),
    ),
    Source(
        *("purchasing", "/commandes", "achat.lire", "Commandes", "package-open", "/achats/commandes/{id}"),
        titre="numero",
        details=("fournisseur_nom", "numero_fournisseur"),
        cles=("numero", "numero_fournisseur"),
    ),
    Source(
        *("purchasing", "/receptions", "achat.lire", "Réceptions", "package-check", "/achats/receptions/{id}"),
        titre="numero",
        details=("fournisseur_nom", "facture_fournisseur", "bon_livraison"),
        cles=("numero", "facture_fournisseur", "bon_livraison"),
    ),
    Source(
        *("inventory", "/feuilles", "feuille.lire", "Feuilles de travail", "wrench", "/atelier/feuilles/{id}"),
        titre="objet",
        details=("numero", "tiers_nom"),
        cles=("numero",),
    ),
    Source(
        *("billing", "/factures", "facture.lire", "Factures", "receipt-euro", "/administratif/factures/{id}"),
        titre="numero",
        details=("tiers_nom",),
        cles=("numero",),
    ),
    Source(
        *("maintenance", "/contrats", "contrat.lire", "Contrats", "shield-check", "/parc/contrats/{id}"),
        titre="objet",
        details=("numero", "tiers_nom"),
        cles=("numero",),
    ),
    Source(
        *("inventory", "/produits", "produit.lire", "Produits", "package", "/catalogue/{id}"),
        titre="designation",
        details=("reference",),
        cles=("reference",),
    ),
    Source(
        *("maintenance", "/equipements", "parc.lire", "Parc clients", "boxes", "/parc/equipements/{id}"),
        titre="designation",
        details=("tiers_nom", "numero_serie", "etiquette"),
        cles=("numero_serie", "etiquette"),
    ),
    Source(
        *("inventory", "/historiques", "stock.lire", "Objets", "box", "/atelier/objets/{id}"),
        titre="designation",
        details=("numero_serie", "reference"),
        cles=("numero_serie", "etiquette"),
    ),
)
