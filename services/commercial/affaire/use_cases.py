"""What staff can cause to an affaire."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError

from services.commercial.affaire import repository, rules
from services.commercial.affaire.models import Affaire
from services.commercial.affaire.schemas import SaisieAffaire
from services.commercial.copies import queries as copies
from services.commercial.copies.models import CopieNature, CopieTiers
from services.commercial.errors import CodeAffaireDejaPris, NatureInconnue, TiersInconnu
from shared.contracts.contacts import FicheTiers
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris

PROPRES = ("libelle", "etat", "tiers_id", "priorite", "demande_id", "montant_ht", "reference_externe", "equipe_id")
STOCK = ("emplacement",)
DU_TIERS = ("adresse_code", "adresse_du_client", "site_code", "chef_projet_client_id")
PERSONNE = FicheTiers(code="", nom="", roles=())


async def creer(tx: Transaction, saisie: SaisieAffaire) -> Affaire:
    """A new project file, its code given or numbered."""
    affaire = Affaire()
    await _remplir(tx, affaire, saisie)
    moi = tx.actor.id
    if moi is not None and tx.actor.reduit_a("affaire") and moi not in affaire.commercial_ids:
        affaire.commercial_ids = [*affaire.commercial_ids, moi]  # whoever opens it keeps it in reach
    tx.add(affaire)
    tx.publish(affaire.creer())
    await _ecrire(tx, affaire)
    return affaire


async def modifier(tx: Transaction, affaire_id: UUID, saisie: SaisieAffaire, version: int | None) -> Affaire:
    """Replace a project file; refuses when someone else changed it since `version`."""
    affaire = await repository.get_for_update(tx, affaire_id)
    await tx.expect_version(affaire, version)
    avant = affaire.adressage()
    await _remplir(tx, affaire, saisie)
    tx.publish(affaire.modifier(avant))
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
    tiers = await _tiers(tx, saisie)
    affaire.tiers_nom = tiers.nom if tiers else ""
    await _adresser(tx, affaire, saisie, tiers or PERSONNE)
    affaire.code = code
    affaire.libelle_abrege = rules.abreger(saisie.libelle_abrege or code)
    for champ in (*PROPRES, *STOCK, *DU_TIERS):
        setattr(affaire, champ, getattr(saisie, champ))
    affaire.depot_agence_id = saisie.depot_agence_id or affaire.depot_agence_id or tx.actor.agence_id
    affaire.nature_stock = await _nature(tx, saisie.nature_stock or affaire.nature_stock)
    _initialiser(affaire, saisie, tiers or PERSONNE)


async def _adresser(tx: Transaction, affaire: Affaire, saisie: SaisieAffaire, tiers: FicheTiers) -> None:
    """Who receives its papers, the address being one of theirs or of the client (seed: onglet Adresse)."""
    secondaire = None
    if saisie.tiers_secondaire_id is not None and saisie.tiers_secondaire_id != saisie.tiers_id:
        secondaire = await copies.tiers(tx.session, saisie.tiers_secondaire_id)
        if secondaire is None:
            raise TiersInconnu
    affaire.tiers_secondaire_id = saisie.tiers_secondaire_id if secondaire else None
    affaire.tiers_secondaire_nom = secondaire.nom if secondaire else ""
    rules.verifier_adresse(saisie.adresse_code, tiers if saisie.adresse_du_client else secondaire or tiers)


def _initialiser(affaire: Affaire, saisie: SaisieAffaire, tiers: FicheTiers) -> None:
    """What comes from the tiers unless typed (seed: régime de TVA, commerciaux)."""
    affaire.regime_tva = saisie.regime_tva or tiers.regime_tva
    for champ in ("commercial_ids", "groupe_commercial_ids"):
        saisis = getattr(saisie, champ)
        setattr(affaire, champ, list(getattr(tiers, champ) if saisis is None else saisis))


async def _nature(tx: Transaction, voulue: str | None) -> str:
    """The nature of stock asked, else the main one of the company."""
    if not voulue:
        return await copies.nature_principale(tx.session)
    if await tx.get(CopieNature, voulue) is None:
        raise NatureInconnue(nature=voulue)
    return voulue


async def _numero(tx: Transaction) -> str:
    annee = jour_paris(tx.now).year
    return f"AFF-{annee}-{await next_number(tx, f'AFF-{annee}'):05d}"


async def _tiers(tx: Transaction, saisie: SaisieAffaire) -> FicheTiers | None:
    """The tiers, once what the affaire asks of it is checked."""
    if saisie.tiers_id is None:
        rules.verifier_rattaches(saisie.site_code, saisie.chef_projet_client_id, PERSONNE)
        return None
    copie = await tx.get(CopieTiers, saisie.tiers_id)
    if copie is None:
        raise TiersInconnu
    rules.verifier_tiers(saisie.etat, tuple(copie.roles), copie.nom)
    fiche = FicheTiers.model_validate(copie.fiche)
    rules.verifier_rattaches(saisie.site_code, saisie.chef_projet_client_id, fiche)
    return fiche
