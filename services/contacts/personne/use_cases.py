"""What a request of erasure causes."""

from uuid import UUID

from sqlalchemy import delete, select, update

from services.contacts.errors import InterlocuteurAbsent
from services.contacts.note.models import NoteTiers
from services.contacts.rib.models import Rib
from services.contacts.tiers import repository
from services.contacts.tiers.models import Interlocuteur, Tiers
from shared.database import personnes
from shared.database.transaction import Transaction


async def anonymiser(tx: Transaction, tiers_id: UUID, interlocuteur_id: UUID) -> Tiers:
    """The person keeps a place in documents, without anything that names them.

    Traces and past facts of the tiers, and of those it absorbed, follow. Accounts held in their own name go. Other services receive the file of the tiers again, and with it forget the person.
    """
    tiers = await repository.get_for_update(tx, tiers_id)
    personne = next((i for i in tiers.interlocuteurs if i.id == interlocuteur_id), None)
    if personne is None:
        raise InterlocuteurAbsent
    prenom, complet = personne.prenom, f"{personne.prenom} {personne.nom}".strip()
    noms, coordonnees = [complet, personne.nom], [personne.email or "", personne.telephone or ""]
    ribs = await tx.execute(select(Rib.id, Rib.titulaire, Rib.iban).where(Rib.proprietaire_id == tiers_id))
    tenus = [rib for rib in ribs if personnes.taire(rib.titulaire, noms) != rib.titulaire]
    coordonnees += [rib.iban for rib in tenus]
    fiches = select(Tiers.id, Tiers.notes).where((Tiers.id == tiers_id) | (Tiers.absorbe_par_id == tiers_id))
    notes = {fiche.id: personnes.taire(fiche.notes, [*noms, *coordonnees]) for fiche in await tx.execute(fiches)}
    # Written beside the mapper: an audit row of this change would keep what it must forget.
    anonyme = {"prenom": "", "nom": personnes.ANONYME, "email": None, "telephone": None}
    await tx.execute(update(Interlocuteur).where(Interlocuteur.id == interlocuteur_id).values(anonyme))
    for id_, dites in notes.items():
        await tx.execute(update(Tiers).where(Tiers.id == id_).values(notes=dites))
    ecrites = await tx.execute(select(NoteTiers.id, NoteTiers.texte).where(NoteTiers.tiers_id == tiers_id))
    lues = [(note, personnes.taire(note.texte, [*noms, *coordonnees])) for note in ecrites]
    tues = [{"id": note.id, "texte": texte} for note, texte in lues if texte != note.texte]
    if tues:
        await tx.execute(update(NoteTiers), tues)
    await tx.execute(delete(Rib).where(Rib.id.in_([rib.id for rib in tenus])))
    await tx.session.refresh(personne)
    await tx.session.refresh(tiers, ["notes"])
    tx.touch(tiers)
    tx.publish(tiers.modifier())
    await tx.flush()
    for objet_id in (*notes, *(rib.id for rib in tenus)):
        await personnes.oublier(tx, objet_id, noms=noms, coordonnees=coordonnees, prenom=prenom)
    return tiers
