"""Serial numbers read one by one: of which line, before or after their product, and never twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import bindparam, select

from services.purchasing.copies.rules import numero_serie
from services.purchasing.reception import repository
from services.purchasing.reception.models import RIEN, Lecture, LigneReception, Reception
from services.purchasing.reception.rules import UN, Apercu, est_un_ean
from services.purchasing.reception.schemas import Motif, Resultat, SaisieLecture
from services.purchasing.reception.use_cases import lignes as saisies
from services.purchasing.reception.use_cases import surplus
from shared.database.statements import once
from shared.database.transaction import Transaction
from shared.kernel.nombre import ecrire_quantite

EN_ATTENTE: Motif = "serie_en_attente"
LIGNE_COMPTEE = once(
    select(Lecture.ligne_id)
    .where(
        Lecture.reception_id == bindparam("reception_id"), Lecture.ligne_id.is_not(None), Lecture.est_annulee.is_(False)
    )
    .order_by(Lecture.id.desc())
    .limit(1)
)
DERNIERE = select(Lecture).where(Lecture.reception_id == bindparam("reception_id")).order_by(Lecture.id.desc()).limit(1)
EN_SURPLUS: tuple[Motif, ...] = ("surplus_accepte", "surplus_tolere")


@dataclass(slots=True)
class Verdict:
    """What a code means for the reception."""

    resultat: Resultat
    motif: Motif
    libelle: str
    detail: str = ""
    ligne: LigneReception | None = None
    quantite: Decimal = RIEN
    numero_serie: str | None = None
    produit_id: UUID | None = None


async def lire(tx: Transaction, reception: Reception, apercus: Sequence[Apercu], saisie: SaisieLecture) -> Verdict:
    """The code names no product: it is the serial number of a unit counted, or of one more unit expected."""
    suivies = [ligne for ligne in apercus if ligne.politique_serie != "aucune"]
    numero = numero_serie(saisie.code)
    series, nommees, avec_liste = await repository.situer(tx, suivies, numero)
    visee = next((li for li in suivies if li.id in nommees and _attend(li, series)), None)
    if visee is None:
        courante = await _ligne_courante(tx, reception, suivies, saisie.ligne_id)
        visee = _destinataire(suivies, courante, series, saisie.code)
    if visee is None:
        return _a_rattacher(suivies, saisie.code)
    await repository.charger(tx, reception, apercus, [visee.produit_id])
    ligne = next(li for li in reception.lignes if li.id == visee.id)
    deja = await repository.ou_est(tx, ligne, numero)
    if deja:
        detail = f"{ligne.designation} : {numero} est déjà {deja}."
        return Verdict("en_trop", "serie_en_double", "Numéro de série déjà reçu", detail, produit_id=ligne.produit_id)
    if ligne.id in avec_liste - nommees and not saisie.accepter:
        detail = f"{numero} n’est pas dans la liste annoncée par le fournisseur. Acceptez-le ou laissez de côté."
        return Verdict("en_trop", "serie_non_annoncee", ligne.designation, detail, produit_id=ligne.produit_id)
    motif: Motif = "serie"
    if not _attend(ligne, series):
        decide = await _decider(tx, reception, ligne, accepter=saisie.accepter)
        if isinstance(decide, Verdict):
            return decide
        ligne, motif = await saisies.ligne_en_surplus(tx, reception, ligne.produit_id), decide
    ajoutee = RIEN
    if series.get(ligne.id, 0) >= ligne.quantite:
        ajoutee = UN
        ligne.quantite += ajoutee
        await saisies.exiger_borne(tx, ligne)
    await repository.poser_series(tx, ligne, reception.fournisseur_id, [numero], sont_libres=True)
    detail = f"N° de série {numero}. {await reste(tx, ligne, series.get(ligne.id, 0) + 1)}"
    return Verdict("attendu", motif, ligne.designation, detail, ligne, ajoutee, numero, ligne.produit_id)


async def refuser(tx: Transaction, lignes: Sequence[LigneReception], brut: str, *, accepter: bool) -> Verdict | None:
    """Why a serial number read with its product cannot be taken on these lines; None when it can."""
    if not lignes:
        return None
    ligne, numero = lignes[0], numero_serie(brut)
    deja = await repository.ou_est(tx, ligne, numero)
    if deja:
        detail = f"{ligne.designation} : {numero} est déjà {deja}."
        return Verdict("en_trop", "serie_en_double", "Numéro de série déjà reçu", detail, produit_id=ligne.produit_id)
    situation = await repository.situer(tx, lignes, numero)
    if situation.avec_liste and not situation.nommees and not accepter:
        detail = f"{numero} n’est pas dans la liste annoncée par le fournisseur. Acceptez-le ou laissez de côté."
        return Verdict("en_trop", "serie_non_annoncee", ligne.designation, detail, produit_id=ligne.produit_id)
    return None


async def poser(tx: Transaction, reception: Reception, verdict: Verdict, brut: str, *, lot: str | None) -> Verdict:
    """The unit just counted takes the serial number its own code says."""
    ligne = verdict.ligne
    if ligne is None or ligne.politique_serie == "aucune":
        return verdict
    numero = numero_serie(brut)
    await repository.poser_series(tx, ligne, reception.fournisseur_id, [numero])
    verdict.motif = verdict.motif if verdict.motif in EN_SURPLUS else "serie"
    verdict.numero_serie = numero
    verdict.detail = f"N° de série {numero}{f', lot {lot}' if lot else ''}. {await reste(tx, ligne)}"
    return verdict


async def rattacher(tx: Transaction, reception: Reception, verdict: Verdict) -> Verdict:
    """The product just counted takes the serial number read right before it, if one waits."""
    ligne = verdict.ligne
    if ligne is None or ligne.politique_serie == "aucune" or verdict.quantite != UN:
        return verdict
    derniere = await _derniere(tx, reception)
    if derniere is None or derniere.motif != EN_ATTENTE or derniere.est_annulee or derniere.lue_par != tx.actor.nom:
        return verdict
    numero = numero_serie(derniere.code)
    deja = await repository.ou_est(tx, ligne, numero)
    if deja:
        verdict.detail = f"{verdict.detail} Le numéro {numero}, lu avant, est déjà {deja}."
        return verdict
    await repository.poser_series(tx, ligne, reception.fournisseur_id, [numero], sont_libres=True)
    derniere.est_annulee = True
    verdict.motif, verdict.numero_serie = "serie", numero
    verdict.detail = f"N° de série {numero}, lu juste avant. {await reste(tx, ligne)}"
    return verdict


async def reste(tx: Transaction, ligne: LigneReception, nb_series: int | None = None) -> str:
    """« 2 sur 5 reçus »; `nb_series` when the caller already counted them."""
    compte = f"{ecrire_quantite(ligne.quantite)} sur {ecrire_quantite(ligne.attendue)} reçus"
    if ligne.politique_serie == "obligatoire":
        if nb_series is None:
            nb_series = await repository.compter_series(tx, ligne)
        if nb_series < ligne.quantite:
            return f"{compte}. Lisez le numéro de série."
    return f"{compte}."


def _destinataire(
    suivies: Sequence[Apercu], courante: Apercu | None, series: dict[UUID, int], code: str
) -> Apercu | None:
    """The line a serial number belongs to: a unit that waits for its own, then a unit expected, else the current line.

    Out of the product being counted, only when a single product still expects one. A barcode is no serial number,
    except of a unit that waits for its own.
    """
    memes = []
    if courante is not None:
        memes = [courante, *(li for li in suivies if li.produit_id == courante.produit_id and li is not courante)]
    sans_numero = [ligne for ligne in memes if series[ligne.id] < ligne.quantite]
    if sans_numero or est_un_ean(code):
        return next(iter(sans_numero), None)
    attendues = [ligne for ligne in suivies if _attend(ligne, series)]
    choix = [ligne for ligne in memes if _attend(ligne, series)]
    if not choix and len({ligne.produit_id for ligne in attendues}) == 1:
        choix = attendues
    return next(iter(choix or memes), None)


def _attend(ligne: LigneReception | Apercu, series: dict[UUID, int]) -> bool:
    return ligne.restante >= UN or series[ligne.id] < ligne.quantite


def _a_rattacher(suivies: Sequence[Apercu], code: str) -> Verdict:
    if est_un_ean(code) or not suivies:
        detail = "Ni code-barres, ni référence connue. Vérifiez le code ou cherchez le produit par son nom."
        return Verdict("inconnu", "code_inconnu", "Code inconnu", detail)
    detail = "Lisez maintenant le code de son produit : ce numéro de série lui sera rattaché."
    return Verdict("inconnu", EN_ATTENTE, "Produit inconnu", detail)


async def _decider(tx: Transaction, reception: Reception, ligne: LigneReception, *, accepter: bool) -> Verdict | Motif:
    """How one more object than expected is taken; a verdict when it is not."""
    decide = await surplus.juger(tx, reception, ligne.produit_id, UN, accepter=accepter)
    if decide is None:
        return _complet(ligne)
    if decide == "surplus_refuse":
        return await a_rendre(tx, reception, ligne.produit_id, ligne.designation)
    return decide


async def a_rendre(tx: Transaction, reception: Reception, produit_id: UUID, libelle: str) -> Verdict:
    """Beyond what its supplier may deliver: nobody accepts it here."""
    detail = await surplus.refus(tx, reception)
    return Verdict("en_trop", "surplus_refuse", libelle, detail, produit_id=produit_id)


def _complet(ligne: LigneReception) -> Verdict:
    if ligne.est_surplus:
        detail = "Les objets acceptés en surplus ont déjà leur numéro de série."
    elif ligne.attendue < 2:
        detail = "L’objet attendu a déjà son numéro de série."
    else:
        detail = f"Les {ecrire_quantite(ligne.attendue)} objets attendus ont déjà leur numéro de série."
    detail = f"{detail} Acceptez le surplus ou laissez de côté."
    return Verdict("en_trop", "surplus", ligne.designation, detail, produit_id=ligne.produit_id)


async def _ligne_courante(
    tx: Transaction, reception: Reception, suivies: Sequence[Apercu], ligne_id: UUID | None
) -> Apercu | None:
    """The line named, else that of the last reading that counted something, when it has serial numbers."""
    if ligne_id is None:
        ligne_id = await tx.scalar(LIGNE_COMPTEE, {"reception_id": reception.id})
    return next((ligne for ligne in suivies if ligne.id == ligne_id), None)


async def _derniere(tx: Transaction, reception: Reception) -> Lecture | None:
    derniere: Lecture | None = (await tx.scalars(DERNIERE, {"reception_id": reception.id})).one_or_none()
    return derniere
