"""What happens to a demande between its moves: notes, assignment, urgency, calls to the client."""

from uuid import UUID

from sqlalchemy import bindparam, select, update

from services.demandes.copies import queries as copies
from services.demandes.demande import repository
from services.demandes.demande.models import Demande, Note, Relance
from services.demandes.demande.rules import Urgence
from services.demandes.demande.schemas import SaisieNote, SaisieRelance, SaisieSuivi
from services.demandes.demande.use_cases.creation import etape
from services.demandes.demande.use_cases.deplacement import confier, passer
from services.demandes.errors import DejaPrise, DemandeInconnue
from services.demandes.type_demande import repository as types
from shared.contracts.demandes import NoteAjoutee
from shared.database.transaction import Transaction
from shared.kernel.mentions import extrait, mentions
from shared.kernel.search import texte_recherche


async def modifier(tx: Transaction, demande_id: UUID, saisie: SaisieSuivi, version: int | None) -> Demande:
    """Replace what can be changed at any time."""
    demande = await repository.get_for_update(tx, demande_id)
    await tx.expect_version(demande, version)
    for champ, valeur in saisie.model_dump(exclude={"responsable_id"}).items():
        setattr(demande, champ, valeur)
    await confier(tx, demande, saisie.responsable_id)
    tx.publish(demande.modifier())
    return demande


async def assigner(tx: Transaction, demande_id: UUID, responsable_id: UUID | None, version: int | None) -> Demande:
    """Put somebody in charge, or nobody."""
    demande = await repository.get_for_update(tx, demande_id)
    await tx.expect_version(demande, version)
    await confier(tx, demande, responsable_id)
    tx.publish(demande.modifier())
    return demande


async def prendre(tx: Transaction, demande_id: UUID, *, confirmee: bool = False) -> Demande:
    """The person who asks takes charge, from a colleague only when that is confirmed; the type may say in which state
    a taken demande is.
    """
    demande = await repository.get_for_update(tx, demande_id)
    qui, nom = await copies.moi(tx.session, tx.actor)
    if demande.responsable_id not in (None, qui) and not confirmee:
        raise DejaPrise(numero=demande.numero, nom=demande.responsable_nom or "un collègue")
    demande.responsable_id, demande.responsable_nom = qui, nom
    genre = await types.par_id(tx.session, demande.type_id)
    prise = next((e for e in genre.suites(demande.etat_code) if e.est_prise), None)
    if prise is not None:
        passer(tx, demande, etape(genre.etat(demande.etat_code)), etape(prise), motif="Prise en charge")
    tx.publish(demande.modifier())
    return demande


async def regler_urgence(tx: Transaction, demande_id: UUID, urgence: Urgence, version: int | None) -> Demande:
    """Say how fast it must be worked off."""
    demande = await repository.get_for_update(tx, demande_id)
    await tx.expect_version(demande, version)
    demande.urgence = urgence
    tx.publish(demande.modifier())
    return demande


async def noter(tx: Transaction, demande_id: UUID, saisie: SaisieNote, *, est_du_client: bool = False) -> Note:
    """Write a note, and say whom it names; `est_du_client`: it is what the client wrote."""
    await _compter(tx, demande_id, nb_notes=Demande.nb_notes + 1)
    note = Note(demande_id=demande_id, le=tx.now, par_id=tx.actor.id, par_nom=tx.actor.nom, texte=saisie.texte)
    tx.add(note)
    dit = (
        await tx.execute(select(Demande.numero, Demande.objet, Demande.tiers_id).where(Demande.id == demande_id))
    ).one()
    personnes = (
        {p.collaborateur_id: p.nom for p in await copies.collaborateurs(tx.session)} if "@" in note.texte else {}
    )
    tx.publish(
        NoteAjoutee(
            note_id=note.id,
            demande_id=demande_id,
            numero=dit.numero,
            objet=dit.objet,
            extrait=extrait(note.texte),
            mention_ids=mentions(note.texte, personnes),
            est_du_client=est_du_client,
            tiers_id=dit.tiers_id,
        )
    )
    return note


async def relancer(tx: Transaction, demande_id: UUID, saisie: SaisieRelance) -> Relance:
    """The client was called back; the next date replaces the previous one."""
    await _compter(
        tx,
        demande_id,
        nb_relances=Demande.nb_relances + 1,
        derniere_relance_le=tx.now,
        prochaine_relance_le=saisie.prochaine_le,
    )
    relance = Relance(demande_id=demande_id, le=tx.now, par_id=tx.actor.id, par_nom=tx.actor.nom, **saisie.model_dump())
    tx.add(relance)
    return relance


async def renommer_tiers(tx: Transaction, tiers_id: UUID, nom: str, ville: str) -> None:
    """The client's name or town changed: cards and searches follow, no version moves."""
    du_tiers = await tx.execute(
        select(Demande.id, Demande.numero, Demande.objet, Demande.equipement_nom).where(
            Demande.tiers_id == tiers_id, (Demande.tiers_nom != nom) | (Demande.tiers_ville != ville)
        )
    )
    lignes = [{"b_id": d.id, "b_texte": texte_recherche(d.numero, nom, d.objet, d.equipement_nom)} for d in du_tiers]
    if lignes:
        valeurs = {"tiers_nom": nom, "tiers_ville": ville, "recherche_texte": bindparam("b_texte")}
        table = Demande.metadata.tables["demande"]
        await tx.execute(update(table).where(table.c.id == bindparam("b_id")).values(**valeurs), lignes)


async def renommer_responsable(tx: Transaction, responsable_id: UUID, nom: str) -> None:
    """Somebody's name changed: their cards follow."""
    siennes = (Demande.responsable_id == responsable_id, Demande.responsable_nom != nom)
    await tx.execute(update(Demande).where(*siennes).values(responsable_nom=nom))


async def marquer_contrat(tx: Transaction, tiers_id: UUID) -> None:
    """The client gained or lost its contract: open cards say so."""
    couvert = await copies.sous_contrat(tx.session, tiers_id)
    ouvertes = (Demande.tiers_id == tiers_id, Demande.est_close.is_(False), Demande.sous_contrat.is_not(couvert))
    await tx.execute(update(Demande).where(*ouvertes).values(sous_contrat=couvert))


async def _compter(tx: Transaction, demande_id: UUID, **valeurs: object) -> None:
    """Counters and dates of cards: no version moves, nobody's edit is disturbed."""
    ecrit = await tx.execute(update(Demande).where(Demande.id == demande_id).values(**valeurs).returning(Demande.id))
    if ecrit.first() is None:
        raise DemandeInconnue
