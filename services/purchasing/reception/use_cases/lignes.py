"""Typing what came: quantities, surplus, substitutes, serial numbers."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import bindparam, func, select, update

from services.purchasing.copies import queries as copies
from services.purchasing.copies.rules import numero_serie
from services.purchasing.errors import (
    LigneInconnue,
    LigneNonRetirable,
    ProduitInconnu,
    QuantiteEnTrop,
    SerieEnDouble,
    SerieInutile,
    SeriesEnTrop,
    SubstitutionImpossible,
    UniteParUniteTropGrande,
)
from services.purchasing.reception import repository
from services.purchasing.reception.models import RIEN, Lecture, LigneReception, Reception
from services.purchasing.reception.rules import UNITES_AU_PLUS, plage
from services.purchasing.reception.schemas import SaisieLigne, SaisieQuantite, SaisieSeries
from services.purchasing.reception.use_cases import surplus
from shared.database.statements import once
from shared.database.transaction import Transaction
from shared.kernel.nombre import ecrire_quantite

RANG_SUIVANT = once(
    select(func.coalesce(func.max(LigneReception.rang), -1) + 1).where(
        LigneReception.reception_id == bindparam("reception_id")
    )
)


async def saisir(tx: Transaction, reception_id: UUID, ligne_id: UUID, saisie: SaisieQuantite) -> Reception:
    """Count a line by hand; the price changes only for those who see costs."""
    reception, ligne = await _ligne(tx, reception_id, ligne_id)
    if saisie.quantite < len(ligne.series):
        quantite = ecrire_quantite(saisie.quantite)
        raise SeriesEnTrop(designation=ligne.designation, series=len(ligne.series), quantite=quantite)
    if not ligne.est_surplus and saisie.quantite > ligne.attendue:
        await _deborder(tx, reception, ligne, saisie.quantite, accepter=saisie.accepter)
    else:
        ligne.quantite = saisie.quantite
        await surplus.exiger(tx, reception, ligne)
    await exiger_borne(tx, ligne)
    _fixer_prix(tx, ligne, saisie.prix_ht)
    tx.touch(reception)
    return reception


async def _deborder(
    tx: Transaction, reception: Reception, ligne: LigneReception, quantite: Decimal, *, accepter: bool
) -> LigneReception:
    """More was typed than the order says: the line is complete, the rest is a surplus if it is tolerated or accepted."""
    exces = quantite - ligne.attendue
    ligne.quantite = ligne.attendue
    motif = await surplus.juger(tx, reception, ligne.produit_id, exces, accepter=accepter)
    if motif is None:
        raise QuantiteEnTrop(
            designation=ligne.designation,
            quantite=ecrire_quantite(quantite),
            attendue=ecrire_quantite(ligne.attendue),
        )
    en_trop = await ligne_en_surplus(tx, reception, ligne.produit_id)
    en_trop.quantite += exces
    await surplus.exiger(tx, reception, en_trop)
    await exiger_borne(tx, en_trop)
    return en_trop


async def ajouter(tx: Transaction, reception_id: UUID, saisie: SaisieLigne) -> Reception:
    """A product nobody expected: in surplus, or in place of an expected one."""
    reception = await repository.get_for_update(tx, reception_id)
    reception.exiger_ouverte()
    if saisie.remplace_ligne_id is None:
        ligne = await ligne_en_surplus(tx, reception, saisie.produit_id)
        ligne.quantite += saisie.quantite
        await surplus.exiger(tx, reception, ligne)
    else:
        ligne = await _substituer(tx, reception, saisie, saisie.remplace_ligne_id)
    await exiger_borne(tx, ligne)
    _fixer_prix(tx, ligne, saisie.prix_ht)
    tx.touch(reception)
    return reception


async def retirer(tx: Transaction, reception_id: UUID, ligne_id: UUID) -> Reception:
    """Undo a surplus or a substitution; what was substituted is expected again."""
    reception, ligne = await _ligne(tx, reception_id, ligne_id)
    if not ligne.est_surplus and ligne.remplace_produit_id is None:
        raise LigneNonRetirable(designation=ligne.designation)
    for autre in reception.lignes:
        if autre.ligne_commande_id == ligne.ligne_commande_id and autre.remplace_produit_id is None:
            autre.attendue += ligne.attendue
    if ligne.series:
        await repository.retirer_series(tx, ligne)
    await oublier(tx, reception, ligne)
    tx.touch(reception)
    return reception


async def oublier(tx: Transaction, reception: Reception, ligne: LigneReception) -> None:
    """A line of which nothing came leaves the reception; what was read for it stays, undone."""
    await tx.execute(update(Lecture).where(Lecture.ligne_id == ligne.id).values(est_annulee=True, ligne_id=None))
    reception.lignes.remove(ligne)


async def exiger_borne(tx: Transaction, ligne: LigneReception) -> None:
    """A product followed unit by unit becomes as many objects: UniteParUniteTropGrande beyond what one line makes."""
    if ligne.quantite <= UNITES_AU_PLUS:
        return
    produit = await copies.produit(tx.session, ligne.produit_id)
    if ligne.politique_serie != "aucune" or (produit is not None and produit.est_unitaire):
        raise UniteParUniteTropGrande(
            designation=ligne.designation,
            quantite=ecrire_quantite(ligne.quantite),
            maximum=ecrire_quantite(Decimal(UNITES_AU_PLUS)),
        )


async def poser_series(tx: Transaction, reception_id: UUID, ligne_id: UUID, saisie: SaisieSeries) -> Reception:
    """Serial numbers typed by list or by range; objects beyond those counted are added while expected, then in surplus."""
    reception, ligne = await _ligne(tx, reception_id, ligne_id)
    if ligne.politique_serie == "aucune":
        raise SerieInutile(designation=ligne.designation)
    numeros = [numero_serie(numero) for numero in saisie.numeros]
    if saisie.debut is not None or saisie.fin is not None:
        numeros += plage(saisie.debut or "", saisie.fin or "")
    deja = set(ligne.numeros_serie)
    for numero in numeros:
        if numero in deja or numeros.count(numero) > 1:
            ou = f"dans la réception {reception.numero}" if numero in deja else "dans cette saisie"
            raise SerieEnDouble(numero=numero, ou=ou)
    for cible, siens in await _repartir(tx, reception, ligne, numeros, accepter=saisie.accepter):
        await exiger_borne(tx, cible)
        if siens:
            await repository.poser_series(tx, cible, reception.fournisseur_id, siens)
            await tx.session.refresh(cible, ["series"])
    tx.touch(reception)
    return reception


async def _repartir(
    tx: Transaction, reception: Reception, ligne: LigneReception, numeros: list[str], *, accepter: bool
) -> list[tuple[LigneReception, list[str]]]:
    """Which numbers go on the line, and which on the surplus of its product; both count them."""
    total = Decimal(len(ligne.series) + len(numeros))
    if not ligne.est_surplus and total > ligne.attendue:
        attendus = max(0, int(ligne.attendue) - len(ligne.series))
        en_trop = await _deborder(tx, reception, ligne, total, accepter=accepter)
        return [(ligne, numeros[:attendus]), (en_trop, numeros[attendus:])]
    if total > ligne.quantite:
        ligne.quantite = total
        await surplus.exiger(tx, reception, ligne)
    return [(ligne, numeros)]


async def annoncer_series(tx: Transaction, reception_id: UUID, ligne_id: UUID, numeros: list[str]) -> Reception:
    """The supplier's list of serial numbers: each one read is compared with it."""
    reception, ligne = await _ligne(tx, reception_id, ligne_id)
    if ligne.politique_serie == "aucune":
        raise SerieInutile(designation=ligne.designation)
    await repository.annoncer_series(tx, ligne, [numero_serie(numero) for numero in numeros])
    tx.touch(reception)
    return reception


async def retirer_series(tx: Transaction, reception_id: UUID, ligne_id: UUID, numeros: list[str]) -> Reception:
    """Remove serial numbers typed by mistake; the quantity stays."""
    reception, ligne = await _ligne(tx, reception_id, ligne_id)
    await repository.retirer_series(tx, ligne, [numero_serie(numero) for numero in numeros])
    tx.touch(reception)
    return reception


async def ligne_en_surplus(tx: Transaction, reception: Reception, produit_id: UUID) -> LigneReception:
    """The surplus line of a product, created at the first unexpected unit with the supplier's known price."""
    deja = next((li for li in reception.lignes if li.est_surplus and li.produit_id == produit_id), None)
    if deja is not None:
        return deja
    ligne = await _ligne_de_produit(tx, reception, produit_id)
    await _ranger(tx, reception, ligne)
    return ligne


async def _substituer(
    tx: Transaction, reception: Reception, saisie: SaisieLigne, remplace_ligne_id: UUID
) -> LigneReception:
    """The supplier sent Y for X: Y is counted on the order line of X, and the trace of X is kept (PU-25)."""
    attendue = _trouver(reception, remplace_ligne_id)
    impossible = attendue.est_surplus or saisie.quantite > attendue.restante or attendue.produit_id == saisie.produit_id
    if impossible or attendue.remplace_produit_id is not None:
        raise SubstitutionImpossible(designation=attendue.designation, attendue=ecrire_quantite(attendue.restante))
    ligne = await _ligne_de_produit(tx, reception, saisie.produit_id)
    ligne.ligne_commande_id = attendue.ligne_commande_id
    ligne.commande_id, ligne.commande_numero = attendue.commande_id, attendue.commande_numero
    ligne.remplace_produit_id = attendue.produit_id
    ligne.attendue = ligne.quantite = saisie.quantite
    ligne.prix_ht = attendue.prix_ht
    ligne.natures_stock = list(attendue.natures_stock)
    attendue.attendue -= saisie.quantite
    await _ranger(tx, reception, ligne)
    return ligne


async def _ligne_de_produit(tx: Transaction, reception: Reception, produit_id: UUID) -> LigneReception:
    produit = await copies.produit(tx.session, produit_id)
    if produit is None:
        raise ProduitInconnu
    chez_lui = await copies.reference_chez(tx.session, produit_id, reception.fournisseur_id)
    memes = [li.prix_ht for li in reception.lignes if li.produit_id == produit_id]
    connu = chez_lui.prix_ht if chez_lui else None
    return LigneReception(
        rang=await tx.scalar(RANG_SUIVANT, {"reception_id": reception.id}),
        produit_id=produit_id,
        reference=produit.reference,
        reference_fournisseur=chez_lui.reference if chez_lui else "",
        designation=produit.designation,
        unite=produit.unite,
        politique_serie=produit.politique_serie,
        attendue=RIEN,
        quantite=RIEN,
        prix_ht=next(iter(memes), connu if connu is not None else produit.prix_achat_ht),
    )


async def _ranger(tx: Transaction, reception: Reception, ligne: LigneReception) -> None:
    reception.lignes.append(ligne)
    await tx.flush()
    await tx.session.refresh(ligne, ["series"])


def _fixer_prix(tx: Transaction, ligne: LigneReception, prix_ht: Decimal | None) -> None:
    if prix_ht is not None and tx.actor.may("couts.voir"):
        ligne.prix_ht = prix_ht


async def _ligne(tx: Transaction, reception_id: UUID, ligne_id: UUID) -> tuple[Reception, LigneReception]:
    reception = await repository.get_for_update(tx, reception_id)
    reception.exiger_ouverte()
    return reception, _trouver(reception, ligne_id)


def _trouver(reception: Reception, ligne_id: UUID) -> LigneReception:
    ligne = next((candidate for candidate in reception.lignes if candidate.id == ligne_id), None)
    if ligne is None:
        raise LigneInconnue
    return ligne
