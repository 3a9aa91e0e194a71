"""Lists and screens about tiers, straight from SQL to schemas."""

from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.contacts.dictionnaire.queries import requete_approchee
from services.contacts.errors import TiersInconnu
from services.contacts.tiers.models import AdresseTiers, Tiers
from services.contacts.tiers.repository import ENTIER
from services.contacts.tiers.schemas import Doublon, LigneTiers, VueTiers
from shared.database.search import correspond
from shared.web.paging import Cle, Page, paginer

DOUBLONS_MAX, NOM_MIN = 3, 4
PEU, PROCHES_MAX = 5, 10  # below so many answers, at most so many approximate ones are added
COLONNES = ("id", "code", "nom", "roles", "telephone", "email", "est_public", "encours_ttc")


async def lister(
    session: AsyncSession, *, q: str | None, role: str | None, limite: int, curseur: str | None
) -> Page[LigneTiers]:
    """The directory in alphabetical order, filtered by words, phone digits and role.

    A search that finds few says also who answers to it with a typing error, after those who answer exactly.
    """
    trouve = correspond(Tiers, q)
    elements, suite = await _page(session, trouve, role, limite=limite, curseur=curseur)
    if trouve is None or curseur or len(elements) >= min(PEU, limite):
        return Page(elements=elements, curseur_suivant=suite)
    texte = await requete_approchee(session, q)
    if texte is not None:
        approche = Tiers.recherche.op("@@")(func.to_tsquery("simple", texte))
        exacts = {e.id for e in elements}
        proches, _ = await _page(session, approche, role, limite=min(limite, PROCHES_MAX + len(exacts)), curseur=None)
        neufs = [p.model_copy(update={"est_approche": True}) for p in proches if p.id not in exacts]
        elements = (elements + neufs)[:limite]
    return Page(elements=elements, curseur_suivant=suite)


async def _page(
    session: AsyncSession, trouve: ColumnElement[bool] | None, role: str | None, *, limite: int, curseur: str | None
) -> tuple[list[LigneTiers], str | None]:
    ville = (
        select(AdresseTiers.ville).where(AdresseTiers.tiers_id == Tiers.id, AdresseTiers.rang == 0).scalar_subquery()
    )
    requete = select(*(getattr(Tiers, c) for c in COLONNES), ville.label("ville"))
    requete = requete.where(*filtrees(trouve, role))
    lignes, suite = await paginer(session, requete, [Cle(Tiers.nom_tri), Cle(Tiers.id)], limite=limite, curseur=curseur)
    noms = (*COLONNES, "ville")
    return [LigneTiers.model_validate(dict(zip(noms, ligne, strict=True))) for ligne in lignes], suite


def filtrees(trouve: ColumnElement[bool] | None, role: str | None) -> list[ColumnElement[bool]]:
    """The conditions of a list of contacts; one absorbed by another is no longer in it."""
    filtre: list[ColumnElement[bool]] = [Tiers.absorbe_par_id.is_(None)]
    if trouve is not None:
        filtre.append(trouve)
    if role:
        filtre.append(Tiers.roles.contains([role]))
    return filtre


async def fiche(session: AsyncSession, tiers_id: UUID) -> VueTiers:
    """The whole file of one tiers."""
    tiers = await session.get(Tiers, tiers_id, options=ENTIER)
    if tiers is None:
        raise TiersInconnu
    return VueTiers.model_validate(tiers)


async def doublons(
    session: AsyncSession, *, nom: str, telephone: str, email: str, siren: str, sauf: UUID | None
) -> list[Doublon]:
    """Tiers that look like what is being typed, the surest reason first; what is not typed yet says nothing."""
    motifs = [
        ("SIREN", Tiers.siren == siren[:9], len(siren) >= 9),
        ("téléphone", Tiers.telephone == telephone, bool(telephone)),
        ("e-mail", Tiers.email == email, bool(email)),
        ("nom", correspond(Tiers, nom), len(nom) >= NOM_MIN),
    ]
    connus: dict[UUID, Doublon] = {}
    for motif, condition, est_saisi in motifs:
        if not est_saisi or condition is None:
            continue
        choix = select(Tiers.id, Tiers.code, Tiers.nom).where(condition, Tiers.absorbe_par_id.is_(None))
        if sauf is not None:
            choix = choix.where(Tiers.id != sauf)
        for id_, code, nom_ in await session.execute(choix.order_by(Tiers.nom_tri).limit(DOUBLONS_MAX)):
            connus.setdefault(id_, Doublon(id=id_, code=code, nom=nom_, motif=motif))
    return list(connus.values())[:DOUBLONS_MAX]
