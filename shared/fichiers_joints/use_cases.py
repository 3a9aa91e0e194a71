"""What people can cause to attached files. The caller has locked the object: editions get their ranks one after the other."""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from sqlalchemy import func, select, update

from shared.database import personnes
from shared.database.transaction import Transaction
from shared.fichiers.reception import Fichier
from shared.fichiers_joints.errors import FichierInconnu
from shared.fichiers_joints.models import FichierJoint


async def joindre(
    tx: Transaction, modele: type[FichierJoint], proprietaire_id: UUID, fichier_id: UUID, pose: Fichier
) -> FichierJoint:
    """A stored file becomes one of the object, a new edition when its name is already there.

    Sent again under the same id, or with the content the present edition has, it is the same one.
    """
    deja = await tx.get(modele, fichier_id)
    if deja is not None:
        if (deja.proprietaire_id, deja.sha256) != (proprietaire_id, pose.sha256):
            raise FichierInconnu
        return deja
    editions = await _editions(tx, modele, proprietaire_id, pose.nom)
    courante = next((e for e in editions if e.est_courant), None)
    if courante is not None and courante.sha256 == pose.sha256:
        return courante
    rang = editions[0].rang + 1 if editions else 1
    fichier = modele.de(fichier_id, proprietaire_id, pose, rang, tx.actor)
    tx.add(fichier)
    _designer([fichier, *editions])
    return fichier


async def retirer(
    tx: Transaction,
    modele: type[FichierJoint],
    proprietaire_id: UUID,
    fichier_id: UUID,
    avant: Callable[[Transaction, FichierJoint], Awaitable[None]] | None = None,
) -> None:
    """Take an edition off, unless `avant` refuses; the one before it becomes the present one. Done twice, nothing more
    happens.
    """
    fichier = await _un(tx, modele, proprietaire_id, fichier_id)
    if avant is not None:
        await avant(tx, fichier)
    if fichier.retire_le is None:
        fichier.retire_le, fichier.retire_par = tx.now, tx.actor.nom
    _designer(await _editions(tx, modele, proprietaire_id, fichier.nom))


async def remettre(tx: Transaction, modele: type[FichierJoint], proprietaire_id: UUID, fichier_id: UUID) -> None:
    """Put back an edition that was taken off."""
    fichier = await _un(tx, modele, proprietaire_id, fichier_id)
    if not fichier.sha256:
        raise FichierInconnu
    fichier.retire_le, fichier.retire_par = None, ""
    _designer(await _editions(tx, modele, proprietaire_id, fichier.nom))


async def effacer(tx: Transaction, modele: type[FichierJoint], proprietaire_id: UUID, fichier_id: UUID) -> list[str]:
    """Nothing says any more what a file was called nor where its bytes are, in any of its editions (RGPD, article 17).

    Returns the hashes of these bytes, for whoever removes those that nothing else names. Rows stay, taken off for good.
    """
    fichier = await _un(tx, modele, proprietaire_id, fichier_id)
    editions = [e for e in await _editions(tx, modele, proprietaire_id, fichier.nom) if e.sha256]
    empreintes = {e.sha256 for e in editions}
    dits = {e.nom for e in editions} | empreintes
    for edition in editions:
        # Written beside the mapper: an audit row of this change would keep what it must forget.
        vide = {"nom": f"fichier-efface-{edition.id}", "sha256": "", "taille": 0, "est_courant": False}
        retrait = {"retire_le": tx.now, "retire_par": tx.actor.nom}
        await tx.execute(update(modele).where(modele.id == edition.id).values(**vide, **retrait))
        await personnes.oublier(tx, edition.id, noms=[*dits], coordonnees=[])
    await personnes.oublier(tx, proprietaire_id, noms=[*dits], coordonnees=[])
    return sorted(empreintes)


async def reunir(tx: Transaction, modele: type[FichierJoint], garde_id: UUID, absorbe_id: UUID) -> None:
    """The files of one object go to another; those of a name that is there already become its earlier editions' successors."""
    requete = select(modele).where(modele.proprietaire_id == absorbe_id).order_by(modele.rang).with_for_update()
    for fichier in await tx.scalars(requete):
        editions = await _editions(tx, modele, garde_id, fichier.nom)
        fichier.rang = editions[0].rang + 1 if editions else fichier.rang
        fichier.proprietaire_id = garde_id
        _designer([fichier, *editions])
        await tx.flush()


async def _un(tx: Transaction, modele: type[FichierJoint], proprietaire_id: UUID, fichier_id: UUID) -> FichierJoint:
    fichier = await tx.get(modele, fichier_id, with_for_update=True)
    if fichier is None or fichier.proprietaire_id != proprietaire_id:
        raise FichierInconnu
    return fichier


async def _editions(
    tx: Transaction, modele: type[FichierJoint], proprietaire_id: UUID, nom: str
) -> Sequence[FichierJoint]:
    """Every edition of a name, the latest first, those taken off included: their ranks stay theirs."""
    siennes = (modele.proprietaire_id == proprietaire_id, func.lower(modele.nom) == func.lower(nom))
    return list(await tx.scalars(select(modele).where(*siennes).order_by(modele.rang.desc())))


def _designer(editions: Sequence[FichierJoint]) -> None:
    """The latest edition that nobody took off is the present one."""
    presentes = [e for e in editions if e.retire_le is None]
    courante = max(presentes, key=lambda e: e.rang, default=None)
    for edition in editions:
        edition.est_courant = edition is courante
