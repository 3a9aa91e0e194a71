"""What a received mail becomes: a demande, a note of the demande it answers, or something somebody must look at."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from services.demandes.copies import queries as copies
from services.demandes.courrier.models import CourrierRecu, PieceRecue
from services.demandes.courrier.rules import PAR_HEURE_MAX, EtatCourrier, Recu
from services.demandes.courrier.schemas import SaisieRattachement
from services.demandes.demande import repository as demandes
from services.demandes.demande.models import Demande
from services.demandes.demande.schemas import SaisieDemande, SaisieFille, SaisieNote
from services.demandes.demande.use_cases import creation, suivi
from services.demandes.errors import CourrierDejaTraite, CourrierInconnu
from shared.contracts.demandes import CourrielNonRemis
from shared.database.transaction import Transaction
from shared.fichiers.reception import Fichier
from shared.kernel.ids import new_id
from shared.kernel.refusals import Refusal

UNE_HEURE = timedelta(hours=1)
SANS_OBJET = "Sans objet"
Piece = tuple[str, Fichier | str]  # the name, then the stored file or why it was refused


async def recevoir(tx: Transaction, recu: Recu, pieces: Sequence[Piece], *, type_code: str) -> bool:
    """Keep a mail and do what it asks; False when it was already kept. `type_code` is the type of demande it opens.

    What says that a mail of ours came back opens nothing: whoever sent it is told, by a fact.
    """
    courrier = await _garder(tx, recu, pieces)
    if courrier is not None and not recu.ecarte:
        await _traiter(tx, courrier, recu, type_code)
    if courrier is not None:
        for retour in recu.retours:
            tx.publish(
                CourrielNonRemis(courriel_id=retour.courriel_id, destinataire=retour.destinataire, raison=retour.raison)
            )
    return courrier is not None


async def mettre_de_cote(tx: Transaction, recu: Recu, pieces: Sequence[Piece]) -> bool:
    """Keep a mail that could not be dealt with: somebody says what it becomes. False when it was already kept."""
    courrier = await _garder(tx, recu, pieces)
    if courrier is not None and not recu.ecarte:
        courrier.motif = "il n’a pas pu être traité tout seul"
    return courrier is not None


async def rattacher(tx: Transaction, courrier_id: UUID, saisie: SaisieRattachement) -> UUID:
    """Somebody says whose mail it is: the demande it joins, or the one it opens."""
    courrier = await _a_traiter(tx, courrier_id)
    if saisie.demande_id is not None:
        await demandes.get_for_update(tx, saisie.demande_id)
        await _noter(tx, courrier, saisie.demande_id)
    else:
        assert saisie.tiers_id is not None
        await _ouvrir(tx, courrier, saisie.tiers_id, saisie.type_code)
    assert courrier.demande_id is not None
    return courrier.demande_id


async def ecarter(tx: Transaction, courrier_id: UUID) -> None:
    """It asks for nothing."""
    courrier = await _a_traiter(tx, courrier_id)
    courrier.etat, courrier.motif = EtatCourrier.ECARTE, f"écarté par {tx.actor.nom}"


async def _garder(tx: Transaction, recu: Recu, pieces: Sequence[Piece]) -> CourrierRecu | None:
    etat = EtatCourrier.ECARTE if recu.ecarte else EtatCourrier.A_RATTACHER
    champs = {champ: getattr(recu, champ) for champ in ("message_id", "de", "nom", "sujet", "texte")}
    ligne = {"id": new_id(), "recu_le": tx.now, "etat": etat, "motif": recu.ecarte, **champs}
    garde = insert(CourrierRecu).values(**ligne).on_conflict_do_nothing().returning(CourrierRecu.id)
    courrier_id = await tx.scalar(garde)
    if courrier_id is None:
        return None
    for nom, depose in pieces:
        tx.add(_piece(courrier_id, nom, depose))
    courrier: CourrierRecu | None = await tx.get(CourrierRecu, courrier_id)
    return courrier


async def _traiter(tx: Transaction, courrier: CourrierRecu, recu: Recu, type_code: str) -> None:
    recents = select(func.count()).where(CourrierRecu.de == recu.de, CourrierRecu.recu_le > tx.now - UNE_HEURE)
    if (await tx.scalar(recents) or 0) > PAR_HEURE_MAX:
        courrier.etat, courrier.motif = EtatCourrier.ECARTE, "trop de messages de cette adresse en une heure"
        return
    tiers_id = await copies.tiers_par_email(tx.session, recu.de)
    demande_id = await _fil(tx, recu, tiers_id)
    close = await demandes.close(tx, demande_id) if demande_id is not None else None
    try:
        if close is not None:
            await _continuer(tx, courrier, close, type_code)
        elif demande_id is not None:
            await _noter(tx, courrier, demande_id)
        elif tiers_id is not None:
            await _ouvrir(tx, courrier, tiers_id, type_code)
    except Refusal as refus:  # no cover, a type that is no longer used: said on the mail, decided by somebody
        courrier.motif = refus.detail


async def _fil(tx: Transaction, recu: Recu, tiers_id: UUID | None) -> UUID | None:
    """The demande it goes on with: that of a mail it answers, else the one its subject names, if it is the sender's."""
    if recu.references:
        deja = select(CourrierRecu.demande_id).where(
            CourrierRecu.message_id.in_(recu.references), CourrierRecu.demande_id.is_not(None)
        )
        trouve: UUID | None = await tx.scalar(deja.order_by(CourrierRecu.recu_le.desc()).limit(1))
        if trouve is not None:
            return trouve
    numero = recu.numero()
    if numero is None or tiers_id is None:
        return None
    nommee = select(Demande.id).where(Demande.numero == numero, Demande.tiers_id == tiers_id)
    connue: UUID | None = await tx.scalar(nommee)
    return connue


async def _noter(tx: Transaction, courrier: CourrierRecu, demande_id: UUID) -> None:
    texte = f"E-mail de {courrier.nom or courrier.de} : {courrier.sujet or SANS_OBJET}\n\n{courrier.texte}"
    await suivi.noter(tx, demande_id, SaisieNote(texte=texte[:5000]), est_du_client=True)
    courrier.etat, courrier.demande_id, courrier.motif = EtatCourrier.RATTACHE, demande_id, ""


async def _continuer(tx: Transaction, courrier: CourrierRecu, close: Demande, type_code: str) -> None:
    """A reply to what is closed: a child of it (or of its mother), in the hands of whoever was in charge."""
    actifs = {p.collaborateur_id for p in await copies.collaborateurs(tx.session)}
    mere = await demandes.get_for_update(tx, close.parent_id) if close.parent_id else close
    fille = SaisieFille(
        type_code=type_code,
        objet=courrier.sujet or SANS_OBJET,
        description=f"Suite de la demande {close.numero}, close. {_description(courrier)}"[:5000],
        responsable_id=close.responsable_id if close.responsable_id in actifs else None,
        equipement_id=close.equipement_id,
    )
    await _attacher(tx, courrier, await creation.creer_fille(tx, mere.id, fille))


async def _ouvrir(tx: Transaction, courrier: CourrierRecu, tiers_id: UUID, type_code: str) -> None:
    description = _description(courrier)[:5000]
    saisie = SaisieDemande(
        type_code=type_code, tiers_id=tiers_id, objet=courrier.sujet or SANS_OBJET, description=description
    )
    await _attacher(tx, courrier, await creation.creer(tx, saisie))


def _description(courrier: CourrierRecu) -> str:
    return f"E-mail de {courrier.nom or courrier.de} <{courrier.de}>\n\n{courrier.texte}"


async def _attacher(tx: Transaction, courrier: CourrierRecu, demande: Demande) -> None:
    await tx.flush()
    courrier.etat, courrier.demande_id, courrier.motif = EtatCourrier.RATTACHE, demande.id, ""


async def _a_traiter(tx: Transaction, courrier_id: UUID) -> CourrierRecu:
    courrier = await tx.get(CourrierRecu, courrier_id, with_for_update=True)
    if courrier is None:
        raise CourrierInconnu
    if courrier.etat is not EtatCourrier.A_RATTACHER:
        raise CourrierDejaTraite
    return courrier


def _piece(courrier_id: UUID, nom: str, depose: Fichier | str) -> PieceRecue:
    if isinstance(depose, str):
        return PieceRecue(courrier_id=courrier_id, nom=nom[:200], refus=depose)
    return PieceRecue(
        courrier_id=courrier_id, nom=depose.nom, type=depose.type, taille=depose.taille, sha256=depose.sha256
    )
