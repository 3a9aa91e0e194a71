"""The picker and the imports, straight from SQL to schemas."""

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.catalogue_fournisseur.models import ImportCatalogue, ProfilCatalogue, ReferenceFournisseur
from services.commercial.catalogue_fournisseur.schemas import VueImport, VueProfil, VueReference
from services.commercial.copies.models import CopieTiers
from services.commercial.errors import ImportInconnu
from shared.database.search import correspond

LUES = ("fournisseur_id", "reference", "designation", "marque", "prix_achat_ht", "prix_public_ht", "stock")
IMPORTS_MAX = 30


async def chercher(session: AsyncSession, q: str, *, limite: int, couts: bool) -> list[VueReference]:
    """Articles still sold whose reference or EAN is what was typed, then those whose words begin so; the first found, unsorted:
    sorting everything that matches a common word of a catalogue of 500,000 articles is what makes pickers slow."""
    exactes = await _lire(session, ReferenceFournisseur.reference == q.strip(), limite, couts)
    if not exactes and q.strip().isdigit():
        exactes = await _lire(session, ReferenceFournisseur.ean == q.strip(), limite, couts, par_prix=True)
    trouve = correspond(ReferenceFournisseur, q)
    if trouve is None or len(exactes) >= limite:
        return exactes
    connues = {(r.fournisseur_id, r.reference) for r in exactes}
    autres = await _lire(session, trouve, limite, couts)
    return [*exactes, *(r for r in autres if (r.fournisseur_id, r.reference) not in connues)][:limite]


async def profil(session: AsyncSession, fournisseur_id: UUID) -> VueProfil:
    """How its files are read, empty while nobody said it."""
    colonnes = (ProfilCatalogue.colonnes, ProfilCatalogue.source, ProfilCatalogue.releve_le)
    trouve = (await session.execute(select(*colonnes).where(ProfilCatalogue.fournisseur_id == fournisseur_id))).first()
    if trouve is None:
        return VueProfil()
    return VueProfil(colonnes=dict(trouve.colonnes), source=trouve.source, releve_le=trouve.releve_le)


async def imports(session: AsyncSession, fournisseur_id: UUID | None) -> list[VueImport]:
    """The last imports, the latest first."""
    choix = select(ImportCatalogue).order_by(ImportCatalogue.id.desc()).limit(IMPORTS_MAX)
    if fournisseur_id is not None:
        choix = choix.where(ImportCatalogue.fournisseur_id == fournisseur_id)
    return [VueImport.model_validate(ligne) for ligne in await session.scalars(choix)]


async def un_import(session: AsyncSession, import_id: UUID) -> VueImport:
    """How it went."""
    trouve = await session.get(ImportCatalogue, import_id)
    if trouve is None:
        raise ImportInconnu
    return VueImport.model_validate(trouve)


async def _lire(
    session: AsyncSession, condition: ColumnElement[bool], limite: int, couts: bool, *, par_prix: bool = False
) -> list[VueReference]:
    colonnes = [getattr(ReferenceFournisseur, champ) for champ in LUES]
    choix = (
        select(*colonnes, CopieTiers.nom)
        .outerjoin(CopieTiers, CopieTiers.tiers_id == ReferenceFournisseur.fournisseur_id)
        .where(condition, ReferenceFournisseur.absente_le.is_(None))
        .limit(limite)
    )
    if par_prix:  # one article at every supplier that sells it
        choix = choix.order_by(ReferenceFournisseur.prix_achat_ht)
    vues = []
    for *valeurs, nom in await session.execute(choix):
        lues = dict(zip(LUES, valeurs, strict=True)) | {"fournisseur_nom": nom or ""}
        vues.append(VueReference.model_validate(lues | ({} if couts else {"prix_achat_ht": None})))
    return vues
