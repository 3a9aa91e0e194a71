"""Rules of a type: a coherent configuration, and which rule a fact triggers. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

from services.demandes.errors import EtatEnDouble, EtatInconnu, EtatInitialManquant


class Suivi(NamedTuple):
    """A fact as staff say it, and what a rule may ask of it: {dotted path of a yes or no: its words}."""

    libelle: str
    conditions: Mapping[str, str] = MappingProxyType({})


FAITS: Mapping[str, Suivi] = MappingProxyType(
    {
        "commercial.etude_creee.v1": Suivi("Étude ouverte"),
        "commercial.devis_envoye.v1": Suivi("Devis envoyé au client"),
        "commercial.devis_valide.v1": Suivi("Devis signé"),
        "commercial.devis_refuse.v1": Suivi("Devis écarté ou refusé", {"est_refus_client": "par le client"}),
        "commercial.affaire_creee.v1": Suivi("Affaire ouverte"),
        "commercial.affaire_modifiee.v1": Suivi("Affaire modifiée"),
        "purchasing.negociation_ouverte.v1": Suivi("Négociation ouverte"),
        "purchasing.commande_passee.v1": Suivi("Commande passée au fournisseur"),
        "purchasing.besoins_commandes.v1": Suivi("Tous les besoins commandés"),
        "purchasing.reception_validee.v1": Suivi("Réception validée"),
        "purchasing.commande_cloturee.v1": Suivi("Commande clôturée"),
        "inventory.feuille_creee.v1": Suivi("Feuille de travail ouverte", {"tout_en_stock": "tout est en stock"}),
        "inventory.feuille_approvisionnee.v1": Suivi("Feuille approvisionnée", {"complet": "complètement"}),
        "inventory.feuille_prete.v1": Suivi("Feuille prête"),
        "inventory.preparation_cloturee.v1": Suivi("Préparation clôturée"),
        "inventory.feuille_validee.v1": Suivi("Feuille de travail validée"),
        "billing.affaire_client_creee.v1": Suivi("Affaire client à facturer"),
        "billing.facture_emise.v1": Suivi("Facture émise"),
        "billing.facture_envoyee.v1": Suivi("Facture envoyée", {"est_definitive": "ni acompte ni avoir"}),
        "billing.facture_payee.v1": Suivi("Facture payée"),
        "maintenance.contrat_modifie.v1": Suivi("Contrat ouvert ou modifié"),
        "maintenance.equipement_ajoute.v1": Suivi("Objet entré au parc"),
        "maintenance.visite_due.v1": Suivi("Visite à faire"),
        "maintenance.visite_realisee.v1": Suivi("Visite réalisée"),
        "demandes.intervention_planifiee.v1": Suivi("Intervention mise au planning"),
        "demandes.intervention_demarree.v1": Suivi("Intervention commencée"),
        "demandes.intervention_terminee.v1": Suivi("Intervention terminée"),
        "demandes.intervention_annulee.v1": Suivi(
            "Intervention annulée", {"reste_planifiee": "une autre reste prévue"}
        ),
    }
)


class ModeRegle(StrEnum):
    """What a rule does when its fact arrives."""

    AUTOMATIQUE = "automatique"
    PROPOSE = "propose"
    INACTIF = "inactif"


class NatureType(StrEnum):
    """What work a type of demande is: what may be made from it, how it is planned."""

    VENTE = "vente"
    DEPANNAGE = "depannage"
    VISITE = "visite"
    AUTRE = "autre"


class Regle(Protocol):
    """What choosing needs to know of a rule. `condition_champ` is a dotted path in the payload of the fact."""

    id: Any
    type_id: Any
    de_etats: Any
    condition_champ: Any
    condition_valeur: Any


R = TypeVar("R", bound=Regle)


def valeur_de(payload: Mapping[str, Any], chemin: str) -> Any:
    """The value at a dotted path of a payload, or None."""
    valeur: Any = payload
    for cle in chemin.split("."):
        valeur = valeur.get(cle) if isinstance(valeur, Mapping) else None
    return valeur


def condition_tenue(champ: str | None, attendu: Any, payload: Mapping[str, Any]) -> bool:
    """Whether the payload holds what a rule asks; a rule without condition always applies."""
    return champ is None or valeur_de(payload, champ) == attendu


def choisir(regles: Sequence[R], type_id: UUID, etat: str, payload: Mapping[str, Any]) -> R | None:
    """The first rule, in their order, that moves a demande of that type out of `etat`.

    A late fact finds no rule whose from-states hold the present state: it never moves a demande backwards.
    """
    candidates = (r for r in regles if r.type_id == type_id and etat in r.de_etats)
    return next((r for r in candidates if condition_tenue(r.condition_champ, r.condition_valeur, payload)), None)


def verifier_configuration(
    etats: Sequence[tuple[str, bool]], transitions: Mapping[str, Iterable[str]], regles: Iterable[tuple[str, ...]]
) -> None:
    """Refuse a type whose states, moves and rules do not hold together.

    `etats`: (code, est_initial); `regles`: every state code a rule names.
    """
    codes = [code for code, _ in etats]
    for code in codes:
        if codes.count(code) > 1:
            raise EtatEnDouble(code=code)
    if sum(1 for _, initial in etats if initial) != 1:
        raise EtatInitialManquant
    cites = [*transitions, *(v for vers in transitions.values() for v in vers), *(c for regle in regles for c in regle)]
    for code in cites:
        if code not in codes:
            raise EtatInconnu(code=code)
