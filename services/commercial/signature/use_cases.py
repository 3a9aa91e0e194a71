"""What the holder of a link can do: read the offer, ask, accept it, refuse it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.commercial.envoi.models import Envoi, LienSignature
from services.commercial.envoi.use_cases import empreinte_de
from services.commercial.errors import (
    DejaRepondu,
    LienExpire,
    LienInconnu,
    LienRemplace,
    SignatureManquante,
    TropDeQuestions,
)
from services.commercial.proposition import repository
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.rules import chiffrage
from services.commercial.proposition.rules.statuts import Statut
from services.commercial.proposition.use_cases import cycle, edition
from services.commercial.signature import rules
from services.commercial.signature.models import GenreReponse, ReponseClient
from services.commercial.signature.rules import EtatLien, Lecture
from services.commercial.signature.schemas import SaisieAccord, SaisieQuestion, SaisieRefus
from shared.courriel.envoi import EtatEnvoi
from shared.database.transaction import Transaction
from shared.documents import formats
from shared.kernel.clock import jour_paris
from shared.kernel.refusals import Conflict

REPONSES = {
    EtatLien.ACCEPTE: "elle a été acceptée",
    EtatLien.REFUSE: "elle a été refusée",
    EtatLien.CLOS: "une autre proposition a été retenue",
}
MONTRES = frozenset({EtatLien.OUVERT, EtatLien.ACCEPTE, EtatLien.REFUSE})


@dataclass(frozen=True, slots=True)
class Lien:
    """A link found from its token."""

    id: UUID
    proposition_id: UUID
    est_remplace: bool
    revision: int | None
    document_sha256: str | None
    document_nom: str
    est_parti: bool
    est_ecartee: bool

    def etat(self, proposition: Proposition, aujourd_hui: object) -> EtatLien:
        """What it still allows."""
        return rules.etat(
            proposition.statut,
            valide_jusqu_au=proposition.valide_jusqu_au,
            aujourd_hui=aujourd_hui,  # type: ignore[arg-type]
            est_remplace=self.est_remplace,
            est_a_jour=self.revision == proposition.revision,
            est_ecartee=self.est_ecartee,
        )


async def trouver(session: AsyncSession, jeton: str) -> Lien:
    """The link whose token this is; LienInconnu otherwise."""
    soeur = aliased(Proposition)
    autre = (soeur.etude_id == Proposition.etude_id, soeur.id != Proposition.id, soeur.avenant_de_id.is_(None))
    signee = exists().where(*autre, soeur.statut == Statut.VALIDE)
    choix = (
        select(
            LienSignature.id,
            LienSignature.proposition_id,
            LienSignature.remplace_le,
            Envoi.revision,
            Envoi.document_sha256,
            Envoi.document_nom,
            Envoi.etat,
            and_(Proposition.avenant_de_id.is_(None), signee),
        )
        .join(Envoi, Envoi.id == LienSignature.envoi_id)
        .join(Proposition, Proposition.id == LienSignature.proposition_id)
        .where(LienSignature.empreinte == empreinte_de(jeton))
    )
    trouve = (await session.execute(choix)).one_or_none()
    if trouve is None:
        raise LienInconnu
    id_, proposition_id, remplace_le, revision, sha256, nom, etat, ecartee = trouve
    return Lien(id_, proposition_id, remplace_le is not None, revision, sha256, nom, etat is EtatEnvoi.ENVOYE, ecartee)


async def lire(tx: Transaction, jeton: str, quoi: Lecture) -> None:
    """The page, or the file, was asked for by the holder of the link: told to staff, no audit row for each."""
    lien = LienSignature
    valeurs: dict[str, object] = {"telecharge_le": func.coalesce(lien.telecharge_le, tx.now)}
    if quoi is Lecture.PAGE:
        valeurs = {
            "ouvert_le": func.coalesce(lien.ouvert_le, tx.now),
            "vu_le": tx.now,
            "ouvertures": lien.ouvertures + 1,
        }
    lus = await tx.execute(
        update(lien).where(lien.empreinte == empreinte_de(jeton)).values(**valeurs).returning(lien.empreinte)
    )
    if lus.first() is None:
        raise LienInconnu


async def accepter(tx: Transaction, jeton: str, accord: SaisieAccord) -> Proposition:
    """The client signs on line: the same validation as on paper, with what proves it. Done once however repeated."""
    lien = await trouver(tx.session, jeton)
    soeurs = await repository.soeurs_for_update(tx, lien.proposition_id)
    proposition = next(p for p in soeurs if p.id == lien.proposition_id)
    etat = lien.etat(proposition, jour_paris(tx.now))
    if etat is EtatLien.ACCEPTE:
        return proposition
    _verifier_ouvert(etat, proposition)
    if not accord.trace and not accord.nom_vaut_signature:
        raise SignatureManquante
    if accord.choix is not None:
        choix = frozenset(accord.choix)
        await edition.changer_lignes(tx, proposition.id, None, lambda lignes: chiffrage.choisir(lignes, choix))
    _noter(tx, lien, proposition, GenreReponse.ACCORD, accord.nom, "")
    return await cycle.valider(
        tx,
        proposition.id,
        cycle.Accord(
            nom=accord.nom,
            qualite=accord.qualite,
            mode="en_ligne",
            document_sha256=lien.document_sha256,
            adresse_ip=accord.adresse_ip,
            navigateur=accord.navigateur,
            lien_id=lien.id,
            trace=accord.trace,
            certifie_taux_reduit=accord.certifie_taux_reduit,
        ),
    )


async def refuser(tx: Transaction, jeton: str, refus: SaisieRefus) -> Proposition:
    """The client says no. Done once however repeated."""
    lien = await trouver(tx.session, jeton)
    proposition = await repository.get_for_update(tx, lien.proposition_id)
    etat = lien.etat(proposition, jour_paris(tx.now))
    if etat is EtatLien.REFUSE:
        return proposition
    _verifier_ouvert(etat, proposition)
    _noter(tx, lien, proposition, GenreReponse.REFUS, "", refus.motif)
    return await cycle.refuser(tx, proposition.id, refus.cause, refus.motif)


async def demander(tx: Transaction, jeton: str, question: SaisieQuestion) -> None:
    """The client asks before answering: kept, and staff are told."""
    lien = await trouver(tx.session, jeton)
    proposition = await repository.get_for_update(tx, lien.proposition_id)
    _verifier_ouvert(lien.etat(proposition, jour_paris(tx.now)), proposition)
    deja = select(func.count()).where(ReponseClient.lien_id == lien.id, ReponseClient.genre == GenreReponse.QUESTION)
    if (await tx.scalar(deja) or 0) >= rules.QUESTIONS_MAX:
        raise TropDeQuestions(maximum=rules.QUESTIONS_MAX)
    _noter(tx, lien, proposition, GenreReponse.QUESTION, question.nom, question.texte)


def _noter(tx: Transaction, lien: Lien, proposition: Proposition, genre: GenreReponse, nom: str, texte: str) -> None:
    reponse = ReponseClient(
        proposition_id=proposition.id, lien_id=lien.id, genre=genre, nom=nom, texte=texte, recue_le=tx.now
    )
    tx.add(reponse)
    p = proposition
    dit = {"numero": p.numero, "tiers_nom": p.tiers_nom, "objet": p.objet}
    tx.publish(reponse.annoncer(p.demande_id, **dit, commercial_id=p.commercial_id))


def verifier_lisible(lien: Lien, proposition: Proposition, aujourd_hui: object, *, est_le_sien: bool) -> None:
    """The file mailed with a link is read while the offer is; `est_le_sien`: the agreement was given by this very link."""
    etat = lien.etat(proposition, aujourd_hui)
    if etat not in MONTRES:
        _verifier_ouvert(etat, proposition)
    if lien.est_remplace or not (est_le_sien or lien.revision == proposition.revision):
        raise LienRemplace


def phrase(etat: EtatLien, proposition: Proposition) -> str:
    """What the page says of a link that no longer allows an answer; "" while it does."""
    refus = _refus(etat, proposition)
    return refus.detail if refus else ""


def _verifier_ouvert(etat: EtatLien, proposition: Proposition) -> None:
    if refus := _refus(etat, proposition):
        raise refus


def _refus(etat: EtatLien, proposition: Proposition) -> Conflict | None:
    if etat is EtatLien.OUVERT:
        return None
    if etat is EtatLien.EXPIRE:
        return LienExpire(date=formats.date_longue(proposition.valide_jusqu_au))
    return LienRemplace() if etat is EtatLien.REMPLACE else DejaRepondu(reponse=REPONSES[etat])
