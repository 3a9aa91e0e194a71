"""States of a negociation, its split between projects, and which competitor is best. Pure."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.purchasing.errors import NegociationTransition, RepartitionTropGrande
from shared.kernel.nombre import ecrire_quantite


class EtatNegociation(StrEnum):
    """Life of a negociation."""

    OUVERTE = "ouverte"
    COMMANDEE = "commandee"
    FERMEE = "fermee"
    NON_RETENUE = "non_retenue"


class Avancement(StrEnum):
    """How the supplier is being asked, and where it stands (seed §3: mail, telephone, e-commerce basket)."""

    A_CONTACTER = "a_contacter"
    MAIL = "mail"
    TELEPHONE = "telephone"
    PANIER = "panier"
    DEVIS_RECU = "devis_recu"


LIBELLES = {
    EtatNegociation.OUVERTE: "ouverte",
    EtatNegociation.COMMANDEE: "déjà commandée",
    EtatNegociation.FERMEE: "fermée",
    EtatNegociation.NON_RETENUE: "non retenue",
}

TRANSITIONS = {
    EtatNegociation.OUVERTE: {EtatNegociation.COMMANDEE, EtatNegociation.FERMEE, EtatNegociation.NON_RETENUE},
    EtatNegociation.FERMEE: {EtatNegociation.OUVERTE},
    EtatNegociation.NON_RETENUE: {EtatNegociation.OUVERTE},
}


def passer(actuel: EtatNegociation, vise: EtatNegociation, designation: str) -> EtatNegociation:
    """The new state, or a refusal."""
    if vise not in TRANSITIONS.get(actuel, set()):
        raise NegociationTransition(designation=designation, actuel=LIBELLES[actuel], vise=LIBELLES[vise])
    return vise


def rendre(actuel: EtatNegociation, designation: str) -> EtatNegociation:
    """Pending again when its order is refused; nothing else takes it back from an order."""
    if actuel is not EtatNegociation.COMMANDEE:
        vise = LIBELLES[EtatNegociation.OUVERTE]
        raise NegociationTransition(designation=designation, actuel=LIBELLES[actuel], vise=vise)
    return EtatNegociation.OUVERTE


def est_rivale(siens: Set[UUID], commandes: Set[UUID]) -> bool:
    """Another supplier was asked for one of the needs just ordered, or for the stock as the order is (no need at all)."""
    return bool(siens & commandes) or not (siens or commandes)


def verifier_repartition(designation: str, quantite: Decimal, parts: Iterable[Decimal]) -> None:
    """The shares of the projects never exceed what is negotiated (the rest is for the stock)."""
    reparti = sum(parts, Decimal(0))
    if reparti > quantite:
        raise RepartitionTropGrande(
            designation=designation, reparti=ecrire_quantite(reparti), quantite=ecrire_quantite(quantite)
        )


@dataclass(frozen=True, slots=True)
class Offre:
    """What is compared between competitors of one product."""

    prix_ht: Decimal | None
    delai_jours: int | None


def meilleures(offres: Sequence[Offre]) -> tuple[set[int], set[int]]:
    """Indexes of the cheapest and of the quickest offers, when at least two can be compared."""
    return _minimum([o.prix_ht for o in offres]), _minimum([o.delai_jours for o in offres])


@dataclass(frozen=True, slots=True)
class Ligne:
    """What one supplier offers for one product; `total_ht` is null while the price is not known."""

    fournisseur_id: UUID
    produit_id: UUID
    total_ht: Decimal | None
    delai_jours: int | None


@dataclass(frozen=True, slots=True)
class Bilan:
    """What buying everything from one supplier would cost, and when the last product would be there."""

    fournisseur_id: UUID
    total_ht: Decimal
    delai_jours: int | None
    est_complet: bool
    est_moins_cher: bool = False
    est_plus_rapide: bool = False


def comparer(lignes: Sequence[Ligne]) -> list[Bilan]:
    """One bilan per supplier: those who price everything first, then by total; ties by the slowest product.

    The best total and the best delay are sought among those who price everything, when there are at least two.
    """
    voulus = {ligne.produit_id for ligne in lignes}
    bilans = [_bilan(siennes, voulus) for siennes in _par_fournisseur(lignes).values()]
    complets = [bilan for bilan in bilans if bilan.est_complet]
    totaux = _minimum([b.total_ht for b in complets])
    delais = _minimum([b.delai_jours for b in complets])
    juges = [replace(b, est_moins_cher=r in totaux, est_plus_rapide=r in delais) for r, b in enumerate(complets)]
    juges += [bilan for bilan in bilans if not bilan.est_complet]
    infini = float("inf")
    return sorted(
        juges,
        key=lambda b: (
            not b.est_complet,
            b.total_ht,
            infini if b.delai_jours is None else b.delai_jours,
            b.fournisseur_id,
        ),
    )


def _par_fournisseur(lignes: Sequence[Ligne]) -> dict[UUID, list[Ligne]]:
    groupes: dict[UUID, list[Ligne]] = {}
    for ligne in lignes:
        groupes.setdefault(ligne.fournisseur_id, []).append(ligne)
    return groupes


def _bilan(siennes: Sequence[Ligne], voulus: set[UUID]) -> Bilan:
    chiffrees = [ligne for ligne in siennes if ligne.total_ht is not None]
    delais = [ligne.delai_jours for ligne in chiffrees]
    connus = [delai for delai in delais if delai is not None]
    return Bilan(
        fournisseur_id=siennes[0].fournisseur_id,
        total_ht=sum((ligne.total_ht or Decimal(0) for ligne in chiffrees), Decimal(0)),
        delai_jours=max(connus) if connus and len(connus) == len(delais) else None,
        est_complet={ligne.produit_id for ligne in chiffrees} == voulus,
    )


def _minimum(valeurs: Sequence[Decimal | None] | Sequence[int | None]) -> set[int]:
    connues = [v for v in valeurs if v is not None]
    if len(connues) < 2:
        return set()
    plus_petite = min(connues)
    return {rang for rang, valeur in enumerate(valeurs) if valeur == plus_petite}
