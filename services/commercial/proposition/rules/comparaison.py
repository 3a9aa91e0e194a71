"""What changed between two versions of a proposition, line by line. Pure.

Copies keep where they come from (`Ligne.lignee`); lines that share none are matched by their words, in their order:
two propositions typed apart, or copied before lineage was kept, still compare.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.commercial.proposition.rules.chiffrage import Convention, Ligne, ProduitCache, chiffrer_ligne
from shared.kernel.money import ZERO, arrondi

CHAMPS = (
    *("genre", "designation", "description", "quantite", "unite", "remise", "taux_tva", "nature"),
    *("deee_ht", "copie_privee_ht"),
    *("maintenance_souhaitee", "est_option", "variante", "est_retenue"),
)


class Etat(StrEnum):
    """What became of a line or of a hidden product."""

    AJOUTEE = "ajoutee"
    RETIREE = "retiree"
    MODIFIEE = "modifiee"
    INCHANGEE = "inchangee"


@dataclass(frozen=True, slots=True)
class Version:
    """One side of the comparison."""

    lignes: Sequence[Ligne]
    convention: Convention


@dataclass(frozen=True, slots=True)
class Besoin:
    """What a line needs of one product, whatever the number of its rows; `cout_ht` is for all of them."""

    reference: str
    designation: str
    quantite: Decimal
    notes: tuple[str, ...]
    cout_ht: Decimal


@dataclass(frozen=True, slots=True)
class ProduitCompare:
    """A hidden product of a line in both versions, None where it is absent."""

    produit_id: UUID
    avant: Besoin | None
    apres: Besoin | None


@dataclass(frozen=True, slots=True)
class LigneComparee:
    """A line in both versions, None where it is absent; `champs` are those that differ, `produits` too."""

    etat: Etat
    est_deplacee: bool
    avant: Ligne | None
    apres: Ligne | None
    champs: tuple[str, ...] = ()
    produits: tuple[ProduitCompare, ...] = ()


def comparer(avant: Version, apres: Version, *, couts: bool) -> list[LigneComparee]:
    """Every line in the order of `apres`, those removed where they stood. Without `couts`, a cost changes nothing."""
    paires = _apparier(avant.lignes, apres.lignes)
    rangs = {ligne.id: rang for rang, ligne in enumerate(avant.lignes)}
    communes = [rangs[paires[ligne.id].id] for ligne in apres.lignes if ligne.id in paires]
    en_place = _plus_longue_croissante(communes)
    retirees = _retirees(avant.lignes, {ancienne.id for ancienne in paires.values()}, en_place, couts)
    sorties = list(retirees.get(None, ()))
    for ligne in apres.lignes:
        ancienne = paires.get(ligne.id)
        if ancienne is None:
            sorties.append(
                LigneComparee(Etat.AJOUTEE, False, None, ligne, produits=_produits((), ligne.produits, couts=couts))
            )
            continue
        champs = _champs(ancienne, ligne, (avant.convention, apres.convention), couts)
        produits = _produits(ancienne.produits, ligne.produits, couts=couts)
        etat = Etat.MODIFIEE if champs or produits else Etat.INCHANGEE
        deplacee = rangs[ancienne.id] not in en_place
        sorties.append(LigneComparee(etat, deplacee, ancienne, ligne, champs, produits))
        sorties += retirees.get(ancienne.id, ())
    return sorties


def _apparier(avant: Sequence[Ligne], apres: Sequence[Ligne]) -> dict[UUID, Ligne]:
    """The line of `avant` each line of `apres` stands for, by the id of the latter."""
    paires = _par_cle(((ligne.lignee, ligne) for ligne in avant), ((ligne.lignee, ligne) for ligne in apres))
    prises = {ancienne.id for ancienne in paires.values()}
    restes = (ligne for ligne in avant if ligne.id not in prises)
    nouvelles = (ligne for ligne in apres if ligne.id not in paires)
    return paires | _par_cle(
        (((ligne.genre, ligne.designation.casefold()), ligne) for ligne in restes),
        (((ligne.genre, ligne.designation.casefold()), ligne) for ligne in nouvelles),
    )


def _par_cle(avant: Iterable[tuple[object, Ligne]], apres: Iterable[tuple[object, Ligne]]) -> dict[UUID, Ligne]:
    """Those of one key, the first with the first."""
    attendent: dict[object, list[Ligne]] = {}
    for cle, ligne in avant:
        attendent.setdefault(cle, []).append(ligne)
    return {ligne.id: attendent[cle].pop(0) for cle, ligne in apres if attendent.get(cle)}


def _plus_longue_croissante(rangs: Sequence[int]) -> set[int]:
    """The most ranks that are still in order: the lines that did not move."""
    fins: list[int] = []
    precedent: dict[int, int | None] = {}
    for rang in rangs:
        place = bisect_left(fins, rang)
        precedent[rang] = fins[place - 1] if place else None
        fins[place : place + 1] = [rang]
    gardes: set[int] = set()
    courant = fins[-1] if fins else None
    while courant is not None:
        gardes.add(courant)
        courant = precedent[courant]
    return gardes


def _retirees(
    avant: Sequence[Ligne], gardees: set[UUID], en_place: set[int], couts: bool
) -> dict[UUID | None, list[LigneComparee]]:
    """The lines removed, by the line that did not move before them: None at the top."""
    suites: dict[UUID | None, list[LigneComparee]] = {}
    ancre: UUID | None = None
    for rang, ligne in enumerate(avant):
        if rang in en_place:
            ancre = ligne.id
        elif ligne.id not in gardees:
            retiree = LigneComparee(
                Etat.RETIREE, False, ligne, None, produits=_produits(ligne.produits, (), couts=couts)
            )
            suites.setdefault(ancre, []).append(retiree)
    return suites


def _champs(avant: Ligne, apres: Ligne, conventions: tuple[Convention, Convention], couts: bool) -> tuple[str, ...]:
    """The names of what differs, prices as they are read; a line without price has only words."""
    changes = [champ for champ in CHAMPS if getattr(avant, champ) != getattr(apres, champ)]
    ancien, nouveau = chiffrer_ligne(avant, conventions[0]), chiffrer_ligne(apres, conventions[1])
    changes += [champ for champ in ("prix_ht", "total_ht") if getattr(ancien, champ) != getattr(nouveau, champ)]
    if couts and avant.cout_ht != apres.cout_ht:
        changes.append("cout_ht")
    return tuple(changes)


def _produits(
    avant: Iterable[ProduitCache], apres: Iterable[ProduitCache], *, couts: bool
) -> tuple[ProduitCompare, ...]:
    """The hidden products that are not the same on both sides."""
    anciens, nouveaux = _besoins(avant), _besoins(apres)
    compares = (ProduitCompare(id_, anciens.get(id_), nouveaux.get(id_)) for id_ in {**anciens, **nouveaux})
    return tuple(c for c in compares if _lu(c.avant, couts) != _lu(c.apres, couts))


def _lu(besoin: Besoin | None, couts: bool) -> tuple[object, ...]:
    if besoin is None:
        return ()
    return (besoin.quantite, besoin.notes, besoin.cout_ht if couts else None)


def _besoins(produits: Iterable[ProduitCache]) -> dict[UUID, Besoin]:
    besoins: dict[UUID, Besoin] = {}
    for p in produits:
        deja = besoins.get(p.produit_id, Besoin(p.reference, p.designation, ZERO, (), ZERO))
        besoins[p.produit_id] = replace(
            deja,
            quantite=deja.quantite + p.quantite,
            notes=(*deja.notes, p.note) if p.note else deja.notes,
            cout_ht=arrondi(deja.cout_ht + p.quantite * p.cout_ht),
        )
    return besoins
