"""What staff can cause to an affaire."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError

from services.commercial.affaire import repository, rules
from services.commercial.affaire.models import Affaire
from services.commercial.affaire.schemas import SaisieAffaire
from services.commercial.copies.models import CopieTiers
from services.commercial.errors import CodeAffaireDejaPris, TiersInconnu
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris


async def creer(tx: Transaction, saisie: SaisieAffaire) -> Affaire:
    """A new project file, its code given or numbered."""
    affaire = Affaire()
    await _remplir(tx, affaire, saisie)
    tx.add(affaire)
    tx.publish(affaire.creer())
    await _ecrire(tx, affaire)
    return affaire


async def modifier(tx: Transaction, affaire_id: UUID, saisie: SaisieAffaire, version: int | None) -> Affaire:
    """Replace a project file; refuses when someone else changed it since `version`."""
    affaire = await repository.get_for_update(tx, affaire_id)
    await tx.expect_version(affaire, version)
    await _remplir(tx, affaire, saisie)
    tx.publish(affaire.modifier())
    await _ecrire(tx, affaire)
    return affaire


async def _ecrire(tx: Transaction, affaire: Affaire) -> None:
    """Two people may take one code at the same moment: the unique key speaks last."""
    try:
        await tx.flush()
    except IntegrityError as error:
        raise CodeAffaireDejaPris(code=affaire.code, libelle="…") from error


async def _remplir(tx: Transaction, affaire: Affaire, saisie: SaisieAffaire) -> None:
    code = saisie.code or affaire.code or await _numero(tx)
    if code != affaire.code:
        autre = await repository.par_code(tx, code)
        if autre is not None:
            raise CodeAffaireDejaPris(code=code, libelle=autre.libelle)
    affaire.tiers_nom = await _tiers(tx, saisie)
    affaire.code = code
    affaire.libelle_abrege = rules.abreger(saisie.libelle_abrege or code)
    for champ in ("libelle", "etat", "tiers_id", "priorite", "demande_id", "montant_ht", "reference_externe"):
        setattr(affaire, champ, getattr(saisie, champ))


async def _numero(tx: Transaction) -> str:
    annee = jour_paris(tx.now).year
    return f"AFF-{annee}-{await next_number(tx, f'AFF-{annee}'):05d}"


async def _tiers(tx: Transaction, saisie: SaisieAffaire) -> str:
    """The name of the tiers, once what the affaire asks of it is checked."""
    if saisie.tiers_id is None:
        return ""
    copie = await tx.get(CopieTiers, saisie.tiers_id)
    if copie is None:
        raise TiersInconnu
    rules.verifier_tiers(saisie.etat, tuple(copie.roles), copie.nom)
    return copie.nom
