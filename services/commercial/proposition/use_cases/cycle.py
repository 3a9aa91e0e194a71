"""The life of a proposition after it is written: validated, refused, put aside, expired, reopened."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import select

from services.commercial.affaire.models import Affaire
from services.commercial.affaire.rules import PRIORITE_NORMALE
from services.commercial.errors import (
    AutreDevisDejaValide,
    CertificationManquante,
    DateDeSignatureFuture,
    PapierIllisible,
    PropositionSansLigne,
    SignataireAbsent,
    SignatureAbsente,
    SigneEnLigne,
)
from services.commercial.presentation import queries as presentations
from services.commercial.proposition import repository
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.models.signature import Signature
from services.commercial.proposition.rules import chiffrage, statuts
from services.commercial.proposition.rules.statuts import CausePerte, Statut
from services.commercial.proposition.use_cases import approbation
from shared.database.transaction import Transaction
from shared.fichiers import types
from shared.fichiers.reception import Fichier
from shared.kernel.clock import PARIS, jour_paris
from shared.kernel.ids import new_id

AUTRE_RETENUE = "La proposition {numero} a été retenue."
EXPIREES_A_LA_FOIS = 200
PAPIERS = frozenset({types.PDF, types.PNG, types.JPEG, types.WEBP, types.HEIC})


@dataclass(frozen=True, slots=True, kw_only=True)
class Accord:
    """How the client said yes. `jour` is the day written on paper; the present instant when absent."""

    nom: str
    qualite: str = ""
    mode: str = "papier"
    jour: date | None = None
    document_sha256: str | None = None
    adresse_ip: str = ""
    navigateur: str = ""
    lien_id: UUID | None = None
    trace: str = ""
    certifie_taux_reduit: bool = False


async def valider(tx: Transaction, proposition_id: UUID, accord: Accord) -> Proposition:
    """The client signed: freeze this proposition, close its sisters, announce the devis once.

    An avenant adds to the devis already signed: it closes nobody.

    The whole etude is locked in one order, so that two people validating at once are heard one after the other.
    """
    if not accord.nom:
        raise SignataireAbsent
    signe_le = _instant(tx, accord.jour)
    soeurs = await repository.soeurs_for_update(tx, proposition_id)
    proposition = next(p for p in soeurs if p.id == proposition_id)
    statuts.passer(proposition.statut, Statut.VALIDE, proposition.numero)
    ecartees = [] if proposition.avenant_de_id else [p for p in soeurs if p is not proposition]
    autre = next((p for p in ecartees if p.statut is Statut.VALIDE), None)
    if autre is not None:
        raise AutreDevisDejaValide(numero=autre.numero)
    if not proposition.nb_lignes:
        raise PropositionSansLigne(numero=proposition.numero)
    proposition.lignes = await repository.lignes(tx.session, proposition_id)
    chiffrage.verifier_chiffrees(proposition.lignes, proposition.numero)
    _verifier_certification(proposition, accord)
    if accord.lien_id is None:  # what was sent was already held to the limits
        await approbation.verifier(tx, proposition)
    if not proposition.est_presentee:
        proposition.presentation_id = await presentations.id_courante(tx.session, proposition.agence_id)
    tx.publish(proposition.valider(par=accord.nom, le=tx.now, priorite=await _priorite(tx, proposition)))
    tx.add(_signature(proposition, accord, signe_le))
    _retirer_besoins(tx, proposition)
    for soeur in ecartees:
        if soeur.statut in statuts.MODIFIABLES:
            motif = AUTRE_RETENUE.format(numero=proposition.numero)
            tx.publish(soeur.clore(Statut.NON_RETENU, motif=motif, le=tx.now))
            _retirer_besoins(tx, soeur)
    await tx.flush()
    return proposition


def _verifier_certification(proposition: Proposition, accord: Accord) -> None:
    """On line a reduced VAT rate is certified with the agreement; a paper may come back signed without it."""
    if accord.lien_id and chiffrage.a_taux_reduit(proposition.lignes) and not accord.certifie_taux_reduit:
        raise CertificationManquante


async def certifier(tx: Transaction, proposition_id: UUID) -> None:
    """The client certified afterwards that what is signed may bear a reduced VAT rate."""
    choix = select(Signature).where(Signature.proposition_id == proposition_id).with_for_update()
    signature: Signature | None = (await tx.scalars(choix)).one_or_none()
    if signature is None:
        raise SignatureAbsente
    if signature.certifie_taux_reduit is False:
        signature.certifie_taux_reduit = True


async def joindre_papier(tx: Transaction, proposition_id: UUID, fichier: Fichier) -> None:
    """The scan of what the client signed on paper: kept for the validation, or added after it."""
    if fichier.type not in PAPIERS:
        raise PapierIllisible(nom=fichier.nom)
    proposition = await repository.get_for_update(tx, proposition_id)
    if proposition.statut is not Statut.VALIDE:
        proposition.verifier_modifiable()
        proposition.papier_signe_sha256, proposition.papier_signe_nom = fichier.sha256, fichier.nom
        proposition.papier_signe_type = fichier.type
        return
    choix = select(Signature).where(Signature.proposition_id == proposition.id).with_for_update()
    signature: Signature = (await tx.scalars(choix)).one()
    if signature.mode != "papier":
        raise SigneEnLigne(numero=proposition.numero)
    signature.joindre(fichier)


async def refuser(tx: Transaction, proposition_id: UUID, cause: CausePerte, motif: str) -> Proposition:
    """The client said no."""
    return await _clore(tx, proposition_id, Statut.REFUSE, motif, cause)


async def ne_pas_retenir(tx: Transaction, proposition_id: UUID, motif: str) -> Proposition:
    """We put it aside ourselves."""
    return await _clore(tx, proposition_id, Statut.NON_RETENU, motif)


async def rouvrir(tx: Transaction, proposition_id: UUID) -> Proposition:
    """A closed proposition becomes a draft again, unless another of its etude was signed meanwhile."""
    proposition = await repository.get_for_update(tx, proposition_id)
    await verifier_etude_ouverte(tx, proposition)
    proposition.rouvrir()
    await tx.flush()
    return proposition


async def verifier_etude_ouverte(tx: Transaction, proposition: Proposition) -> None:
    """AutreDevisDejaValide once a devis of the etude is signed: only avenants complete it."""
    if proposition.avenant_de_id is None and (signe := await repository.numero_signe(tx.session, proposition.etude_id)):
        raise AutreDevisDejaValide(numero=signe)


async def expirer_echues(tx: Transaction) -> int:
    """Sent propositions past their last day expire; how many did. Those being edited wait for the next time."""
    choix = (
        select(Proposition)
        .where(Proposition.statut == Statut.ENVOYE, Proposition.valide_jusqu_au < jour_paris(tx.now))
        .order_by(Proposition.id)
        .limit(EXPIREES_A_LA_FOIS)
        .with_for_update(skip_locked=True)
    )
    echues = list(await tx.scalars(choix))
    for proposition in echues:
        proposition.expirer(le=tx.now)
        _retirer_besoins(tx, proposition)
    return len(echues)


async def _clore(
    tx: Transaction, proposition_id: UUID, vise: Statut, motif: str, cause: CausePerte | None = None
) -> Proposition:
    proposition = await repository.get_for_update(tx, proposition_id)
    tx.publish(proposition.clore(vise, motif=motif, le=tx.now, cause=cause))
    _retirer_besoins(tx, proposition)
    await tx.flush()
    return proposition


def _retirer_besoins(tx: Transaction, proposition: Proposition) -> None:
    if fait := proposition.annoncer_besoins({}):
        tx.publish(fait)


async def _priorite(tx: Transaction, proposition: Proposition) -> int:
    if proposition.affaire_id is None:
        return PRIORITE_NORMALE
    priorite: int | None = await tx.scalar(select(Affaire.priorite).where(Affaire.id == proposition.affaire_id))
    return PRIORITE_NORMALE if priorite is None else priorite


def _instant(tx: Transaction, jour: date | None) -> datetime:
    if jour is None:
        return tx.now
    if jour > jour_paris(tx.now):
        raise DateDeSignatureFuture
    return datetime.combine(jour, time(12), PARIS)


def _signature(proposition: Proposition, accord: Accord, signe_le: datetime) -> Signature:
    papier = accord.mode == "papier"
    return Signature(
        id=new_id(),
        proposition_id=proposition.id,
        mode=accord.mode,
        nom=accord.nom,
        qualite=accord.qualite,
        signe_le=signe_le,
        document_sha256=accord.document_sha256,
        adresse_ip=accord.adresse_ip,
        navigateur=accord.navigateur,
        lien_id=accord.lien_id,
        trace=accord.trace,
        certifie_taux_reduit=accord.certifie_taux_reduit if chiffrage.a_taux_reduit(proposition.lignes) else None,
        document_signe_sha256=proposition.papier_signe_sha256 if papier else None,
        document_signe_nom=(proposition.papier_signe_nom or "") if papier else "",
        document_signe_type=(proposition.papier_signe_type or "") if papier else "",
    )
