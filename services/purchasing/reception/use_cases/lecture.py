"""Reading codes one by one: what is it, is it expected, who waits for it."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from services.purchasing.copies import queries as copies
from services.purchasing.copies.models import CopieProduit
from services.purchasing.copies.rules import cle, variantes
from services.purchasing.errors import LectureDejaAnnulee, LectureInconnue
from services.purchasing.reception import repository
from services.purchasing.reception.models import RIEN, Lecture, LigneReception, Reception
from services.purchasing.reception.rules import numero_serie, pluriel, quantite_lisible
from services.purchasing.reception.schemas import Motif, Resultat, SaisieLecture
from services.purchasing.reception.use_cases import lignes as saisies
from shared.database.transaction import Transaction


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


async def lire(tx: Transaction, reception_id: UUID, saisie: SaisieLecture) -> tuple[Reception, Lecture]:
    """Answer a code and count it when it is expected (or accepted)."""
    reception = await repository.get_for_update(tx, reception_id, series=False)
    reception.exiger_ouverte()
    produit_ids = await _reconnaitre(tx, reception, saisie.code)
    if produit_ids:
        verdict = await _compter(tx, reception, produit_ids, saisie)
    else:
        verdict = await _lire_serie(tx, reception, saisie)
    lecture = Lecture(
        reception_id=reception.id,
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
    tx.touch(reception)
    return reception, lecture


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
        ligne.quantite = max(Decimal(len(ligne.series)), ligne.quantite - lecture.quantite)
    tx.touch(reception)
    return lecture


async def _reconnaitre(tx: Transaction, reception: Reception, code: str) -> list[UUID]:
    """The products a code names, those expected here first."""
    cles = variantes(code)
    ici = [
        ligne.produit_id
        for ligne in reception.lignes
        if cle(ligne.reference) in cles or (ligne.reference_fournisseur and cle(ligne.reference_fournisseur) in cles)
    ]
    connus = await copies.produits_du_code(tx.session, reception.fournisseur_id, cles)
    attendus = {ligne.produit_id for ligne in reception.lignes}
    return list(dict.fromkeys([*ici, *sorted(connus, key=lambda produit_id: (produit_id not in attendus, produit_id))]))


async def _compter(tx: Transaction, reception: Reception, produit_ids: list[UUID], saisie: SaisieLecture) -> Verdict:
    """The code names a product: take it on the first line that still expects it."""
    candidates = [ligne for ligne in reception.lignes if ligne.produit_id in produit_ids]
    libres = [ligne for ligne in candidates if ligne.restante >= saisie.quantite]
    if libres:
        ligne = libres[0]
        ligne.quantite += saisie.quantite
        return Verdict(
            "attendu",
            "attendu",
            ligne.designation,
            await _reste(tx, ligne),
            ligne,
            saisie.quantite,
            None,
            ligne.produit_id,
        )
    if saisie.accepter:
        produit_id = candidates[0].produit_id if candidates else produit_ids[0]
        ligne = await saisies.ligne_en_surplus(tx, reception, produit_id)
        ligne.quantite += saisie.quantite
        detail = f"Accepté en surplus : {quantite_lisible(ligne.quantite)}"
        motif: Motif = "surplus_accepte"
        return Verdict("attendu", motif, ligne.designation, detail, ligne, saisie.quantite, None, produit_id)
    return await _refuser(tx, candidates, produit_ids)


async def _refuser(tx: Transaction, candidates: list[LigneReception], produit_ids: list[UUID]) -> Verdict:
    """Known product, but not expected: nothing is counted, staff choose."""
    if candidates:
        reste = sum((ligne.restante for ligne in candidates), RIEN)
        attendue = sum((ligne.attendue for ligne in candidates), RIEN)
        deja = f"Il en reste {quantite_lisible(reste)} à recevoir" if reste else "Tout est déjà reçu"
        detail = f"{deja} sur {pluriel(attendue, 'attendu', 'attendus')}. Acceptez le surplus ou laissez de côté."
        return Verdict("en_trop", "surplus", candidates[0].designation, detail, produit_id=candidates[0].produit_id)
    produit = await tx.get(CopieProduit, produit_ids[0])
    detail = "Absent de ces commandes. Acceptez-le en surplus, ou enregistrez-le à la place d’un produit attendu."
    libelle = produit.designation if produit else "Produit"
    return Verdict("en_trop", "hors_commande", libelle, detail, produit_id=produit_ids[0])


async def _lire_serie(tx: Transaction, reception: Reception, saisie: SaisieLecture) -> Verdict:
    """The code names no product: it may be a serial number of the line being counted."""
    ligne = await _ligne_courante(tx, reception, saisie.ligne_id)
    if ligne is None or ligne.politique_serie == "aucune":
        detail = "Ni code-barres, ni référence connue. Vérifiez le code ou cherchez le produit par son nom."
        return Verdict("inconnu", "code_inconnu", "Code inconnu", detail)
    numero = numero_serie(saisie.code)
    deja = await repository.ou_est(tx, ligne, reception.fournisseur_id, numero)
    if deja:
        detail = f"{ligne.designation} : {numero} est déjà dans la {deja}."
        return Verdict("en_trop", "serie_en_double", "Numéro de série déjà reçu", detail, produit_id=ligne.produit_id)
    ajoutee = RIEN
    if await repository.compter_series(tx, ligne) >= ligne.quantite:
        if ligne.restante < 1 and not ligne.est_surplus:
            detail = f"Les {quantite_lisible(ligne.attendue)} objets attendus ont déjà leur numéro de série."
            return Verdict("en_trop", "surplus", ligne.designation, detail, produit_id=ligne.produit_id)
        ajoutee = Decimal(1)
        ligne.quantite += ajoutee
    await repository.poser_series(tx, ligne, reception.fournisseur_id, [numero])
    detail = f"N° de série {numero}. {await _reste(tx, ligne)}"
    return Verdict("attendu", "serie", ligne.designation, detail, ligne, ajoutee, numero, ligne.produit_id)


async def _ligne_courante(tx: Transaction, reception: Reception, ligne_id: UUID | None) -> LigneReception | None:
    """The line named, else that of the last reading that counted something."""
    if ligne_id is None:
        requete = (
            select(Lecture.ligne_id)
            .where(Lecture.reception_id == reception.id, Lecture.ligne_id.is_not(None), Lecture.est_annulee.is_(False))
            .order_by(Lecture.id.desc())
            .limit(1)
        )
        ligne_id = await tx.scalar(requete)
    return next((ligne for ligne in reception.lignes if ligne.id == ligne_id), None)


async def _reste(tx: Transaction, ligne: LigneReception) -> str:
    """« 2 sur 5 reçus »."""
    compte = f"{quantite_lisible(ligne.quantite)} sur {quantite_lisible(ligne.attendue)} reçus"
    if ligne.politique_serie == "obligatoire" and await repository.compter_series(tx, ligne) < ligne.quantite:
        return f"{compte}. Lisez le numéro de série."
    return f"{compte}."
