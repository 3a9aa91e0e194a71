"""The limits of the company, of roles and of people, and the approvals asked and given. Knows no proposition: callers bring its facts."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, bindparam, func, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.copies.models import CopiePersonne
from services.commercial.errors import (
    ApprobateurNonDesigne,
    ApprobationInconnue,
    ApprobationInutile,
    ApprobationRequise,
    RegleInconnue,
)
from services.commercial.garde import rules
from services.commercial.garde.models import Approbation, RefusMarge, SeuilMarge
from services.commercial.garde.rules import Dossier, EtatApprobation, Regle
from services.commercial.garde.schemas import SaisieDecision, SaisieLimites, SaisieRegle
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.kernel.refusals import PermissionManquante

COUTS = "couts.voir"
JOUR = timedelta(days=1)
REFUS_MONTRES = 20
SOCIETE = (SeuilMarge.role.is_(None), SeuilMarge.personne_id.is_(None))
# What limits somebody, by `personne_id`: their own rule, those of their roles, the company's.
LIMITES = select(SeuilMarge).where(
    or_(
        and_(*SOCIETE),
        SeuilMarge.personne_id == bindparam("personne_id"),
        SeuilMarge.role.in_(
            select(func.unnest(CopiePersonne.roles)).where(CopiePersonne.personne_id == bindparam("personne_id"))
        ),
    )
)
# the first limits, said by two at once
VERROU = text("LOCK TABLE seuil_marge IN SHARE ROW EXCLUSIVE MODE")


async def seuil(session: AsyncSession) -> SeuilMarge | None:
    """The limits of the company, if it set some."""
    return (await session.scalars(select(SeuilMarge).where(*SOCIETE))).one_or_none()


async def regles(session: AsyncSession) -> list[SeuilMarge]:
    """The limits of roles and of people, by name."""
    vise = or_(SeuilMarge.role.is_not(None), SeuilMarge.personne_id.is_not(None))
    return list(await session.scalars(select(SeuilMarge).where(vise).order_by(SeuilMarge.nom, SeuilMarge.id)))


async def personnes(session: AsyncSession) -> list[CopiePersonne]:
    """Everybody limits may be set for, by name."""
    choix = select(CopiePersonne).where(CopiePersonne.est_actif).order_by(CopiePersonne.nom)
    return list(await session.scalars(choix))


async def regle_de(session: AsyncSession, personne_id: UUID | None) -> Regle | None:
    """What limits somebody: their own rule, else their roles', else the company's."""
    return rules.applicable([fixe.regle for fixe in await session.scalars(LIMITES, {"personne_id": personne_id})])


async def fixer(tx: Transaction, saisie: SaisieLimites, version: int | None) -> SeuilMarge:
    """Set the limits of the company."""
    await tx.execute(VERROU)
    fixe = (await tx.scalars(select(SeuilMarge).where(*SOCIETE).with_for_update())).one_or_none()
    if fixe is None:
        fixe = SeuilMarge()
        tx.add(fixe)
    else:
        await tx.expect_version(fixe, version)
    for champ, valeur in saisie.model_dump().items():
        setattr(fixe, champ, valeur)
    await tx.flush()
    return fixe


async def fixer_regle(tx: Transaction, saisie: SaisieRegle) -> SeuilMarge:
    """Set the limits of a role or of a person; said again, they are replaced."""
    await tx.execute(VERROU)
    choix = select(SeuilMarge).where(
        SeuilMarge.role.is_not_distinct_from(saisie.role),
        SeuilMarge.personne_id.is_not_distinct_from(saisie.personne_id),
    )
    fixe = (await tx.scalars(choix.with_for_update())).one_or_none() or SeuilMarge()
    for champ, valeur in saisie.model_dump().items():
        setattr(fixe, champ, valeur)
    tx.add(fixe)
    await tx.flush()
    return fixe


async def retirer_regle(tx: Transaction, regle_id: UUID) -> None:
    """Those it limited follow the company's again."""
    fixe = await tx.get(SeuilMarge, regle_id, with_for_update=True)
    if fixe is None or (fixe.role is None and fixe.personne_id is None):
        raise RegleInconnue
    await tx.delete(fixe)


async def raisons(
    session: AsyncSession, dossier: Dossier, actor: Actor, demande: Approbation | None, *, de: UUID | None
) -> dict[str, list[str]]:
    """What holds back `de`, by the right that grants it, as `actor` may read it; `demande` is the last about that text.

    Who sees no cost is not told of a margin at each price he types: only of the text he was refused, or asked about.
    """
    regle = await regle_de(session, de)
    if regle is None:
        return {}
    tenue = None if actor.may(COUTS) else await _marge_dite(session, dossier, demande)
    return rules.depassements(dossier.faits, regle, couts=actor.may(COUTS), marge_tenue=tenue)


async def _marge_dite(session: AsyncSession, dossier: Dossier, demande: Approbation | None) -> bool:
    """Whether it was already said of this very text that its margin waits for somebody."""
    if demande is not None and rules.SANS_COUTS in demande.raisons:
        return True
    dit = select(RefusMarge.id).where(
        RefusMarge.proposition_id == dossier.proposition_id, RefusMarge.revision == dossier.revision
    )
    return await session.scalar(dit.limit(1)) is not None


async def derniere(session: AsyncSession, proposition_id: UUID, revision: int) -> Approbation | None:
    """The last request about that very text."""
    choix = (
        select(Approbation)
        .where(Approbation.proposition_id == proposition_id, Approbation.revision == revision)
        .order_by(Approbation.id.desc())
        .limit(1)
    )
    return (await session.scalars(choix)).one_or_none()


async def verifier(tx: Transaction, dossier: Dossier) -> None:
    """ApprobationRequise unless within the limits, approved as it stands, or asked by who may approve.

    Who sees no cost and was refused too often today needs an approval whatever the margin: nothing is left to be guessed.
    """
    regle = await regle_de(tx.session, tx.actor.id)
    if regle is None:
        return
    tenue = True if await _est_a_bout(tx) else None
    par_droit = rules.depassements(dossier.faits, regle, couts=tx.actor.may(COUTS), marge_tenue=tenue)
    manquants = [droit for droit in par_droit if not tx.actor.may(droit)]
    if not manquants:
        return
    demande = await derniere(tx.session, dossier.proposition_id, dossier.revision)
    if demande is not None and demande.accorde(manquants):
        return
    motifs = [raison for droit in manquants for raison in par_droit[droit]]
    raise ApprobationRequise(numero=dossier.numero, raisons=", ".join(motifs))


async def noter_refus(tx: Transaction, proposition_id: UUID, revision: int, numero: str) -> None:
    """Who sees no cost was refused this text: what he learns so is counted, once by text, and shown to who approves."""
    if tx.actor.may(COUTS) or tx.actor.id is None:
        return
    texte = {"proposition_id": proposition_id, "revision": revision, "numero": numero}
    qui = {"personne_id": tx.actor.id, "nom": tx.actor.nom, "refuse_le": tx.now}
    await tx.execute(insert(RefusMarge).values(id=new_id(), **texte, **qui).on_conflict_do_nothing())


async def refus_recents(session: AsyncSession) -> list[RefusMarge]:
    """The last refusals of who sees no cost, the latest first."""
    return list(await session.scalars(select(RefusMarge).order_by(RefusMarge.refuse_le.desc()).limit(REFUS_MONTRES)))


async def _est_a_bout(tx: Transaction) -> bool:
    if tx.actor.may(COUTS):
        return False
    siens = select(func.count()).where(RefusMarge.personne_id == tx.actor.id, RefusMarge.refuse_le > tx.now - JOUR)
    return (await tx.scalar(siens) or 0) >= rules.REFUS_PAR_JOUR


async def demander(tx: Transaction, dossier: Dossier, motif: str) -> Approbation:
    """Ask once for the present text, and tell who may approve; asked again while it waits, it is the same request.

    What its author may grant himself is not asked, unless he may grant it all and wants somebody else's word. No cost in
    the reasons kept: some of their readers may not see them. Who sees none may always ask about the margin: to be told
    that it needs nobody would tell it.
    """
    regle = await regle_de(tx.session, tx.actor.id)
    voulus = await _a_demander(tx, dossier, regle) if regle else []
    droits = [droit for droit in voulus if not tx.actor.may(droit)] or voulus
    if regle is None or not droits:
        raise ApprobationInutile(numero=dossier.numero)
    demande = await derniere(tx.session, dossier.proposition_id, dossier.revision)
    if demande is not None and demande.etat is not EtatApprobation.REFUSEE and set(droits) <= set(demande.droits):
        return demande
    tue = None if tx.actor.may(COUTS) else True
    dits = rules.depassements(dossier.faits, regle, couts=False, marge_tenue=tue)
    demande = Approbation(
        proposition_id=dossier.proposition_id,
        revision=dossier.revision,
        etat=EtatApprobation.DEMANDEE,
        raisons=[raison for droit in (droits if tue is None else rules.DROITS) for raison in dits.get(droit, ())],
        droits=droits,
        motif=motif,
        demandeur_id=tx.actor.id,
        demandee_par=tx.actor.nom,
        demandee_le=tx.now,
    )
    tx.add(demande)
    tx.publish(demande.annoncer(dossier, regle.approbateurs if rules.MARGE in droits else ()))
    await tx.flush()
    return demande


async def _a_demander(tx: Transaction, dossier: Dossier, regle: Regle) -> list[str]:
    """The rights a request needs: those of what is beyond the limits, else that of the margin for who cannot know."""
    tenue = True if await _est_a_bout(tx) else None
    par_droit = rules.depassements(dossier.faits, regle, couts=False, marge_tenue=tenue)
    if not par_droit and not tx.actor.may(COUTS) and regle.seuil.marque_min is not None:
        return [rules.MARGE]
    return [droit for droit in rules.DROITS if droit in par_droit]


async def decider(tx: Transaction, dossier: Dossier, decision: SaisieDecision) -> Approbation:
    """The approver answers about the present text, and the salesman is told. He holds every right the request needs."""
    if not any(tx.actor.may(droit) for droit in rules.DROITS):
        raise PermissionManquante(permission=rules.MARGE)
    choix = (
        select(Approbation)
        .where(Approbation.proposition_id == dossier.proposition_id, Approbation.revision == dossier.revision)
        .order_by(Approbation.id.desc())
        .limit(1)
        .with_for_update()
    )
    demande: Approbation | None = (await tx.scalars(choix)).one_or_none()
    if demande is None:
        raise ApprobationInconnue
    for droit in demande.droits:
        if not tx.actor.may(droit):
            raise PermissionManquante(permission=droit)
    regle = await regle_de(tx.session, demande.demandeur_id)
    designes = regle.approbateurs if regle and rules.MARGE in demande.droits else frozenset()
    if designes and tx.actor.id not in designes:
        raise ApprobateurNonDesigne
    etat = EtatApprobation(decision.decision)
    tx.publish(demande.decider(etat, dossier, par=tx.actor.nom, le=tx.now, reponse=decision.reponse))
    return demande
