"""The figures of the dashboard: data, so that a new one is one line here. Each opens the list it counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from gateway.clients.services import Indisponible
from gateway.pages.coque.formats import euros, pluriel, pourcent
from gateway.session.dependances import Utilisateur

Json = dict[str, Any]
Montre = tuple[str, str]  # a figure, and what it counts


@dataclass(frozen=True, slots=True)
class Chiffre:
    """Read at `chemin` of a service; `montre` turns the answer into words, `alarme` says whether it asks for somebody.

    `permissions`: one of them is enough.
    """

    chemin: str
    icone: str
    lien: str
    montre: Callable[[Json], Montre]
    params: Json = field(default_factory=dict)
    permissions: tuple[str, ...] = ()
    alarme: Callable[[Json], bool] = lambda _: False


@dataclass(frozen=True, slots=True)
class Rubrique:
    """The figures of one service, for those who have `permission`."""

    titre: str
    service: str
    permission: str
    chiffres: tuple[Chiffre, ...]


@dataclass(frozen=True, slots=True)
class Tuile:
    """A figure as shown; `valeur` is Indisponible when its service does not answer."""

    valeur: str
    libelle: str
    icone: str
    lien: str
    ton: str | None


@dataclass(frozen=True, slots=True)
class Panneau:
    """A rubric as shown."""

    titre: str
    tuiles: list[Tuile]
    indisponible: Indisponible | None


def _compte(cle: str, un: str, plusieurs: str) -> Callable[[Json], Montre]:
    return lambda lu: (str(lu[cle]), un if lu[cle] < 2 else plusieurs)


def _total(un: str, plusieurs: str, cle: str = "total_ht") -> Callable[[Json], Montre]:
    """An amount and how many; the count alone for who may not see the amount."""

    def montre(lu: Json) -> Montre:
        if lu[cle] is None:
            return str(lu["nombre"]), un if lu["nombre"] < 2 else plusieurs
        return euros(lu[cle], 0), pluriel(lu["nombre"], un, plusieurs)

    return montre


def _en_a(cle: str) -> Callable[[Json], bool]:
    return lambda lu: bool(lu[cle])


RUBRIQUES: tuple[Rubrique, ...] = (
    Rubrique(
        "Demandes",
        "demandes",
        "demande.lire",
        (
            Chiffre(
                "/demandes/compteurs", "user-round", "/demandes/mes-demandes",
                _compte("miennes", "demande à moi", "demandes à moi"),
            ),
            Chiffre(
                "/demandes/compteurs", "alarm-clock", "/demandes/liste?en_retard=true",
                _compte("en_retard", "en retard", "en retard"), alarme=_en_a("en_retard"),
            ),
            Chiffre(
                "/demandes/compteurs", "phone-outgoing", "/demandes/liste?a_relancer=true",
                _compte("a_relancer", "à relancer", "à relancer"), alarme=_en_a("a_relancer"),
            ),
            Chiffre(
                "/demandes/compteurs", "flame", "/demandes/liste?urgence=urgente&ouvertes=true",
                _compte("urgentes", "urgente", "urgentes"),
            ),
            Chiffre(
                "/demandes/compteurs", "square-kanban", "/demandes/liste?ouvertes=true",
                _compte("ouvertes", "ouverte", "ouvertes"),
            ),
        ),
    ),
    Rubrique(
        "Ventes",
        "commercial",
        "devis.lire",
        (
            Chiffre(
                "/pilotage", "trending-up", "/devis/pilotage", params={"mois": 3},
                montre=lambda lu: (euros(lu["ensemble"]["pondere_ht"], 0), "prévu, pondéré par les chances"),
            ),
            Chiffre(
                "/pilotage", "signature", "/devis/pilotage?mois=3", params={"mois": 3},
                montre=lambda lu: (euros(lu["ensemble"]["signe_ht"], 0), "signé en trois mois"),
            ),
            Chiffre(
                "/pilotage", "target", "/devis/pilotage?mois=3", params={"mois": 3},
                montre=lambda lu: (
                    "–" if lu["ensemble"]["conversion"] is None else pourcent(lu["ensemble"]["conversion"], 0),
                    "des devis gagnés en trois mois",
                ),
            ),
            Chiffre(
                "/propositions/totaux", "send", "/devis/propositions?statut=envoye", params={"statut": "envoye"},
                montre=_total("devis attend le client", "devis attendent le client"),
            ),
            Chiffre(
                "/propositions/totaux", "shield-alert", "/devis/propositions?a_approuver=1", params={"a_approuver": True},
                montre=_total("devis à approuver", "devis à approuver"), permissions=("marge.approuver", "encours.approuver"),
                alarme=_en_a("nombre"),
            ),
        ),
    ),
    Rubrique(
        "Achats",
        "purchasing",
        "achat.lire",
        (
            Chiffre(
                "/commandes/totaux", "alarm-clock", "/achats/commandes?situation=retard", params={"retard": True},
                montre=_total("commande en retard", "commandes en retard"), alarme=_en_a("nombre"),
            ),
            Chiffre(
                "/commandes/totaux", "truck", "/achats/commandes", params={"en_cours": True},
                montre=_total("commande en cours", "commandes en cours"),
            ),
        ),
    ),
    Rubrique(
        "Facturation",
        "billing",
        "facture.lire",
        (
            Chiffre(
                "/factures/totaux", "wallet", "/administratif?situation=non_payee", params={"situation": "non_payee"},
                montre=_total("facture à encaisser", "factures à encaisser", "reste_du_ttc"),
            ),
            Chiffre(
                "/factures/totaux", "alarm-clock", "/administratif?situation=en_retard", params={"situation": "en_retard"},
                montre=_total("facture échue", "factures échues", "reste_du_ttc"), alarme=_en_a("nombre"),
            ),
            Chiffre(
                "/factures/totaux", "send", "/administratif?situation=a_envoyer", params={"situation": "a_envoyer"},
                montre=_total("facture à envoyer", "factures à envoyer", "total_ttc"), alarme=_en_a("nombre"),
            ),
        ),
    ),
    Rubrique(
        "Contrats",
        "maintenance",
        "contrat.lire",
        (
            Chiffre(
                "/contrats/totaux", "calendar-sync", "/parc/contrats", params={"etat": "actif"},
                montre=_total("contrat actif, par an", "contrats actifs, par an", "annuel_ht"),
            ),
        ),
    ),
)  # fmt: skip


async def lire(user: Utilisateur, rubriques: Iterable[Rubrique] = RUBRIQUES) -> list[Panneau]:
    """What this person may see, every service asked at once and each address once."""
    permises = [
        (r, [c for c in r.chiffres if not c.permissions or any(user.may(p) for p in c.permissions)])
        for r in rubriques
        if user.may(r.permission)
    ]
    demandes = {_cle(r, c): (r.service, c.chemin, c.params) for r, chiffres in permises for c in chiffres}
    reponses = dict(zip(demandes, await user.services.panneaux(*demandes.values()), strict=True))
    return [_panneau(r, [(c, reponses[_cle(r, c)]) for c in chiffres]) for r, chiffres in permises]


def _cle(rubrique: Rubrique, chiffre: Chiffre) -> tuple[str, str, str]:
    return rubrique.service, chiffre.chemin, str(sorted(chiffre.params.items()))


def _panneau(rubrique: Rubrique, lus: list[tuple[Chiffre, Any]]) -> Panneau:
    muet = next((lu for _, lu in lus if isinstance(lu, Indisponible)), None)
    tuiles = [_tuile(chiffre, lu) for chiffre, lu in lus if not isinstance(lu, Indisponible)]
    return Panneau(rubrique.titre, tuiles, muet)


def _tuile(chiffre: Chiffre, lu: Json) -> Tuile:
    valeur, libelle = chiffre.montre(lu)
    return Tuile(valeur, libelle, chiffre.icone, chiffre.lien, "danger" if chiffre.alarme(lu) else None)
