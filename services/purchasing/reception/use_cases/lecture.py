"""Reading codes, one after another: what is it, is it expected, who waits for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import bindparam, select

from services.purchasing.copies import queries as copies
from services.purchasing.copies.models import CopieProduit
from services.purchasing.copies.rules import cle, variantes
from services.purchasing.errors import CleDejaLue, LectureDejaAnnulee, LectureInconnue
from services.purchasing.reception import repository
from services.purchasing.reception.models import RIEN, Lecture, LigneReception, Reception
from services.purchasing.reception.rules import UN, Apercu, CodeGs1, code_lu, lire_gs1, pluriel
from services.purchasing.reception.schemas import SaisieLecture
from services.purchasing.reception.use_cases import lignes as saisies
from services.purchasing.reception.use_cases import series, surplus
from services.purchasing.reception.use_cases.series import Verdict
from shared.database.statements import among
from shared.database.transaction import Transaction
from shared.kernel.nombre import ecrire_quantite
from shared.kernel.refusals import Refusal

DEJA_LUES = select(Lecture).where(Lecture.reception_id == bindparam("reception_id"), among(Lecture.cle, "cles"))


@dataclass(slots=True)
class Salve:
    """A reception locked for codes read together: its lines as each is compared with them, the codes already answered."""

    reception: Reception
    apercus: list[Apercu]
    deja: dict[str, Lecture]
    a_change: bool = False


async def ouvrir(tx: Transaction, reception_id: UUID, saisies: Sequence[SaisieLecture]) -> Salve:
    """Lock the reception, and find which of these codes a former request already answered."""
    reception, apercus = await repository.get_for_scan(tx, reception_id)
    cles = [saisie.cle for saisie in saisies if saisie.cle]
    deja = await tx.scalars(DEJA_LUES, {"reception_id": reception.id, "cles": cles}) if cles else ()
    return Salve(reception, apercus, {lecture.cle: lecture for lecture in deja})


async def lire(tx: Transaction, salve: Salve, saisie: SaisieLecture) -> Lecture:
    """Answer a code and count it when it is expected (or accepted); a refusal undoes this code alone."""
    deja = salve.deja.get(saisie.cle)
    if deja is not None:
        if deja.code != code_lu(saisie.code):
            raise CleDejaLue(code=deja.code)
        if deja.produit_id is not None:
            await repository.charger(tx, salve.reception, salve.apercus, [deja.produit_id])
        return deja
    reception_id = salve.reception.id
    try:
        async with tx.session.begin_nested():
            lecture = await _lire(tx, salve.reception, salve.apercus, saisie)
    except Refusal:
        salve.reception, salve.apercus = await repository.get_for_scan(tx, reception_id)
        raise
    salve.apercus = _actualiser(salve.apercus, salve.reception.lignes)
    salve.a_change = True
    if saisie.cle:
        salve.deja[saisie.cle] = lecture
    return lecture


def clore(tx: Transaction, salve: Salve) -> None:
    """The reception moved once, whatever the number of codes."""
    if salve.a_change:
        tx.touch(salve.reception)


def _actualiser(apercus: Sequence[Apercu], lignes: Sequence[LigneReception]) -> list[Apercu]:
    """The lines as this code leaves them: those it loaded are read again, a new surplus comes last."""
    lues = {ligne.id: Apercu._make(getattr(ligne, champ) for champ in Apercu._fields) for ligne in lignes}
    return [*(lues.pop(apercu.id, apercu) for apercu in apercus), *lues.values()]


async def _lire(tx: Transaction, reception: Reception, apercus: Sequence[Apercu], saisie: SaisieLecture) -> Lecture:
    reception.exiger_ouverte()
    gs1 = lire_gs1(saisie.code)
    saisie = saisie.model_copy(update={"code": code_lu(saisie.code)})
    produit_ids = await _reconnaitre(tx, reception, apercus, gs1.gtin if gs1 else saisie.code)
    if gs1 is None and not produit_ids:
        verdict = await series.lire(tx, reception, apercus, saisie)
    else:
        await repository.charger(tx, reception, apercus, produit_ids)
        verdict = await _lire_produit(tx, reception, produit_ids, saisie, gs1)
    lecture = Lecture(
        reception_id=reception.id,
        cle=saisie.cle,
        ligne_id=verdict.ligne.id if verdict.ligne else None,
        produit_id=verdict.produit_id,
        code=saisie.code,
        resultat=verdict.resultat,
        motif=verdict.motif,
        libelle=verdict.libelle,
        detail=verdict.detail,
        quantite=verdict.quantite,
        numero_serie=verdict.numero_serie,
        lue_le=tx.now,
        lue_par=tx.actor.nom,
        est_annulee=False,
    )
    tx.add(lecture)
    return lecture


async def _lire_produit(
    tx: Transaction, reception: Reception, produit_ids: list[UUID], saisie: SaisieLecture, gs1: CodeGs1 | None
) -> Verdict:
    if gs1 is not None:
        return await _lire_gs1(tx, reception, produit_ids, saisie, gs1)
    return await series.rattacher(tx, reception, await _compter(tx, reception, produit_ids, saisie))


async def _lire_gs1(
    tx: Transaction, reception: Reception, produit_ids: list[UUID], saisie: SaisieLecture, gs1: CodeGs1
) -> Verdict:
    """Product, serial number and quantity at once; a serial number already known is refused before anything is counted."""
    if not produit_ids:
        detail = (
            f"Le GTIN {gs1.gtin} n’est celui d’aucun produit. Cherchez le produit par son nom, ou complétez sa fiche."
        )
        return Verdict("inconnu", "code_inconnu", "Code inconnu", detail)
    if gs1.serie is None:
        if gs1.quantite is not None and saisie.quantite == UN:
            saisie = saisie.model_copy(update={"quantite": gs1.quantite})
        return await series.rattacher(tx, reception, await _compter(tx, reception, produit_ids, saisie))
    suivies = [li for li in reception.lignes if li.produit_id in produit_ids and li.politique_serie != "aucune"]
    refus = await series.refuser(tx, suivies, gs1.serie, accepter=saisie.accepter)
    if refus is not None:
        return refus
    verdict = await _compter(tx, reception, produit_ids, saisie.model_copy(update={"quantite": UN}))
    return await series.poser(tx, reception, verdict, gs1.serie, lot=gs1.lot)


async def annuler(tx: Transaction, reception_id: UUID, lecture_id: UUID) -> Lecture:
    """Undo a reading: its units and its serial number leave the line."""
    reception = await repository.get_for_update(tx, reception_id)
    reception.exiger_ouverte()
    lecture = await tx.get(Lecture, lecture_id)
    if lecture is None or lecture.reception_id != reception.id:
        raise LectureInconnue
    if lecture.est_annulee:
        raise LectureDejaAnnulee
    lecture.est_annulee = True
    ligne = next((candidate for candidate in reception.lignes if candidate.id == lecture.ligne_id), None)
    if ligne is not None:
        if lecture.numero_serie:
            await repository.retirer_series(tx, ligne, [lecture.numero_serie])
        await _decompter(tx, ligne, lecture.quantite)
        if ligne.est_surplus and not ligne.quantite:
            await saisies.oublier(tx, reception, ligne)
    tx.touch(reception)
    return lecture


async def _decompter(tx: Transaction, ligne: LigneReception, quantite: Decimal) -> None:
    """Take units off a line; those whose serial number was read stay, counted from now on by that reading."""
    ligne.quantite = max(RIEN, ligne.quantite - quantite)
    restees = Decimal(len(ligne.series)) - ligne.quantite
    if restees <= 0:
        return
    ligne.quantite += restees
    requete = (
        select(Lecture)
        .where(
            Lecture.ligne_id == ligne.id,
            Lecture.est_annulee.is_(False),
            Lecture.numero_serie.is_not(None),
            Lecture.quantite == 0,
        )
        .order_by(Lecture.id)
        .limit(int(restees))
    )
    for lecture in await tx.scalars(requete):
        lecture.quantite = UN


async def _reconnaitre(tx: Transaction, reception: Reception, apercus: Sequence[Apercu], code: str) -> list[UUID]:
    """The products a code names, those expected here first."""
    cles = variantes(code)
    ici = [
        ligne.produit_id
        for ligne in apercus
        if cle(ligne.reference) in cles or (ligne.reference_fournisseur and cle(ligne.reference_fournisseur) in cles)
    ]
    connus = await copies.produits_du_code(tx.session, reception.fournisseur_id, cles)
    attendus = {ligne.produit_id for ligne in apercus}
    return list(dict.fromkeys([*ici, *sorted(connus, key=lambda produit_id: (produit_id not in attendus, produit_id))]))


async def _compter(tx: Transaction, reception: Reception, produit_ids: list[UUID], saisie: SaisieLecture) -> Verdict:
    """The code names a product: take it on the first line that still expects it."""
    candidates = [ligne for ligne in reception.lignes if ligne.produit_id in produit_ids]
    libres = [ligne for ligne in candidates if ligne.restante >= saisie.quantite]
    if libres:
        ligne = libres[0]
        verdict = Verdict("attendu", "attendu", ligne.designation)
    else:
        produit_id = candidates[0].produit_id if candidates else produit_ids[0]
        motif = await surplus.juger(tx, reception, produit_id, saisie.quantite, accepter=saisie.accepter)
        if motif is None:
            return await _refuser(tx, candidates, produit_ids)
        if motif == "surplus_refuse":
            produit = await tx.get(CopieProduit, produit_id)
            return await series.a_rendre(tx, reception, produit_id, produit.designation if produit else "Produit")
        ligne = await saisies.ligne_en_surplus(tx, reception, produit_id)
        verdict = Verdict("attendu", motif, ligne.designation)
    ligne.quantite += saisie.quantite
    await saisies.exiger_borne(tx, ligne)
    verdict.ligne, verdict.quantite, verdict.produit_id = ligne, saisie.quantite, ligne.produit_id
    verdict.detail = await series.reste(tx, ligne) if libres else surplus.dire(verdict.motif, ligne)
    return verdict


async def _refuser(tx: Transaction, candidates: list[LigneReception], produit_ids: list[UUID]) -> Verdict:
    """Known product, but not expected: nothing is counted, staff choose."""
    if candidates:
        reste = sum((ligne.restante for ligne in candidates), RIEN)
        attendue = sum((ligne.attendue for ligne in candidates), RIEN)
        deja = f"Il en reste {ecrire_quantite(reste)} à recevoir" if reste else "Tout est déjà reçu"
        detail = f"{deja} sur {pluriel(attendue, 'attendu', 'attendus')}. Acceptez le surplus ou laissez de côté."
        return Verdict("en_trop", "surplus", candidates[0].designation, detail, produit_id=candidates[0].produit_id)
    produit = await tx.get(CopieProduit, produit_ids[0])
    detail = "Absent de ces commandes. Acceptez-le en surplus, ou enregistrez-le à la place d’un produit attendu."
    libelle = produit.designation if produit else "Produit"
    return Verdict("en_trop", "hors_commande", libelle, detail, produit_id=produit_ids[0])
