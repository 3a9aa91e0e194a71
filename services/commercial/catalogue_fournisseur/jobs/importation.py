"""The job that reads a supplier's file, by packets: each is one statement, done again without harm after a crash."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.commercial.catalogue_fournisseur import rules
from services.commercial.catalogue_fournisseur.jobs import releve
from services.commercial.catalogue_fournisseur.models import ImportCatalogue, ReferenceFournisseur
from services.commercial.catalogue_fournisseur.rules import ERREURS_MAX, Erreur, EtatImport, Variation
from services.commercial.errors import ColonneAbsente
from shared.contracts.commercial import ImportCatalogueDemande
from shared.database.database import Database
from shared.database.engine import json_text
from shared.database.transaction import Transaction
from shared.fichiers import tableur
from shared.fichiers.errors import TableurIllisible
from shared.kernel.actor import Actor
from shared.kernel.refusals import Refusal
from shared.kernel.search import texte_recherche
from shared.means import Means

PAQUET = 5_000
LU = """
SELECT * FROM json_to_recordset($2::json) AS t(reference text, designation text, marque text, ean text, famille text,
  prix_achat_ht numeric(14, 4), prix_public_ht numeric(14, 4), stock numeric, recherche_texte text)
"""
COMPAREES = ("designation", "marque", "ean", "famille", "prix_achat_ht", "prix_public_ht", "stock")


def _de(table: str) -> str:
    return ", ".join(f"{table}.{colonne}" for colonne in COMPAREES)


# ruff: noqa: S608  every name below is one of our own columns
# New and changed references, prices up and down, and the prices that moved: (reference, designation, before, after).
COMPTER = """
SELECT count(*) FILTER (WHERE est_nouvelle), count(*) FILTER (WHERE NOT est_nouvelle),
  count(*) FILTER (WHERE apres > avant), count(*) FILTER (WHERE apres < avant),
  coalesce(json_agg(json_build_array(reference, designation, avant::text, apres::text)) FILTER (WHERE apres <> avant), '[]')::text
FROM
"""
ESSAYER = f"""{COMPTER} (
  SELECT lu.reference, lu.designation, r.prix_achat_ht AS avant, lu.prix_achat_ht AS apres, r.reference IS NULL AS est_nouvelle
  FROM ({LU}) lu LEFT JOIN reference_fournisseur r ON r.fournisseur_id = $1 AND r.reference = lu.reference
  WHERE r.reference IS NULL OR ({_de("r")}) IS DISTINCT FROM ({_de("lu")})
) changees
"""
ECRIRE = f"""
WITH lu AS MATERIALIZED (SELECT * FROM ({LU}) lignes),
avant AS MATERIALIZED (
  SELECT r.reference, r.prix_achat_ht FROM reference_fournisseur r JOIN lu ON lu.reference = r.reference
  WHERE r.fournisseur_id = $1
),
ecrites AS (
  INSERT INTO reference_fournisseur AS r (fournisseur_id, reference, {", ".join(COMPAREES)}, recherche_texte, vu_le)
  SELECT $1, reference, {", ".join(COMPAREES)}, recherche_texte, $3::timestamptz FROM lu
  ON CONFLICT (fournisseur_id, reference) DO UPDATE SET
    {", ".join(f"{c} = excluded.{c}" for c in (*COMPAREES, "recherche_texte", "vu_le"))}
  WHERE ({_de("r")}) IS DISTINCT FROM
        ({_de("excluded")})
  RETURNING reference, designation, prix_achat_ht, xmax = 0 AS est_nouvelle
)
{COMPTER} (
  SELECT e.reference, e.designation, avant.prix_achat_ht AS avant, e.prix_achat_ht AS apres, e.est_nouvelle
  FROM ecrites e LEFT JOIN avant ON avant.reference = e.reference
) changees
"""

# A file is the whole catalogue of its supplier (decision 0037): what it does not name is no longer sold, until it comes back.
MARQUER = """
UPDATE reference_fournisseur SET absente_le = CASE WHEN reference = ANY($2::text[]) THEN NULL ELSE $3::timestamptz END
WHERE fournisseur_id = $1 AND (absente_le IS NULL) <> (reference = ANY($2::text[]))
"""


@dataclass(slots=True)
class Bilan:
    """What was counted so far."""

    lignes: int = 0
    nouvelles: int = 0
    modifiees: int = 0
    hausses: int = 0
    baisses: int = 0
    absentes: int = 0
    variations: list[Variation] = field(default_factory=list)
    nb_erreurs: int = 0
    erreurs: list[Erreur] = field(default_factory=list)

    def refuser(self, ligne: int, message: str) -> None:
        """A row left out; the first ones are told one by one."""
        self.nb_erreurs += 1
        if len(self.erreurs) < ERREURS_MAX:
            self.erreurs.append(Erreur(ligne, message))

    def ajouter(self, nouvelles: int, modifiees: int, hausses: int, baisses: int, prix: str) -> None:
        """What a packet did; only the largest changes of price are kept."""
        self.nouvelles += nouvelles
        self.modifiees += modifiees
        self.hausses += hausses
        self.baisses += baisses
        lues = [Variation(ref, nom, Decimal(avant), Decimal(apres)) for ref, nom, avant, apres in json.loads(prix)]
        self.variations = rules.plus_fortes([*self.variations, *lues])


async def executer(db: Database, fait: ImportCatalogueDemande) -> None:
    """Read the file to its end, then say what it changed."""
    auteur = Actor.systeme("Catalogues")
    async with db.read() as session:
        demande = await session.get(ImportCatalogue, fait.import_id)
    if demande is None or demande.etat is not EtatImport.DEMANDE:
        return
    bilan, etat, erreur = Bilan(), EtatImport.FINI, ""
    try:
        await _importer(db, demande, bilan)
    except Refusal as refus:
        etat, erreur = EtatImport.ECHEC, refus.detail
    async with db.transaction(auteur) as tx:
        fini = await _get_for_update(tx, fait.import_id)
        fini.nb_lignes, fini.nb_nouvelles, fini.nb_modifiees = bilan.lignes, bilan.nouvelles, bilan.modifiees
        fini.nb_hausses, fini.nb_baisses, fini.nb_absentes = bilan.hausses, bilan.baisses, bilan.absentes
        fini.variations = [
            {"reference": v.reference, "designation": v.designation, "avant": str(v.avant), "apres": str(v.apres)}
            for v in bilan.variations
        ]
        fini.nb_erreurs = bilan.nb_erreurs
        fini.erreurs = [{"ligne": e.ligne, "message": e.message} for e in bilan.erreurs]
        fini.finir(etat, le=tx.now, erreur=erreur)


async def _fichier(db: Database, demande: ImportCatalogue) -> str:
    """The hash of the file to read, fetched first when it was not given."""
    if demande.fichier_sha256:
        return demande.fichier_sha256
    fichier = await releve.relever(Means.of(db), demande.source)
    async with db.transaction(Actor.systeme("Catalogues")) as tx:
        (await _get_for_update(tx, demande.id)).recevoir(fichier)
    return fichier.sha256


async def _importer(db: Database, demande: ImportCatalogue, bilan: Bilan) -> None:
    with await Means.of(db).stockage.ouvrir(await _fichier(db, demande)) as fichier:
        lues = tableur.rangees(fichier)
        entete = await asyncio.to_thread(next, lues, None)
        if entete is None:
            raise TableurIllisible
        try:
            places = rules.placer(entete, demande.colonnes)
        except ValueError as erreur:
            raise ColonneAbsente(titre=str(erreur)) from None
        paquets = tableur.paquets(lues, PAQUET)
        vues: set[str] = set()
        nommees: set[str] = set()
        while paquet := await asyncio.to_thread(_preparer, paquets, places, bilan, vues, nommees):
            async with db.transaction(Actor.systeme("Catalogues")) as tx:
                await _passer(tx, demande, paquet, bilan)
    nommees.discard("")
    async with db.read() as session:
        du_fournisseur = ReferenceFournisseur.fournisseur_id == demande.fournisseur_id
        connues = set(await session.scalars(select(ReferenceFournisseur.reference).where(du_fournisseur)))
    bilan.absentes = len(connues - nommees) if nommees else 0
    if nommees and not demande.est_essai:
        async with db.transaction(Actor.systeme("Catalogues")) as tx:
            connexion = await tx.session.connection()
            await connexion.exec_driver_sql(MARQUER, (demande.fournisseur_id, list(nommees), tx.now))


def _preparer(
    paquets: Iterator[list[list[str]]], places: dict[str, int], bilan: Bilan, vues: set[str], nommees: set[str]
) -> dict[str, dict[str, str | None]] | None:
    """The next packet by reference, what is wrong left out but still `nommees`; None at the end."""
    for paquet in paquets:
        bonnes: dict[str, dict[str, str | None]] = {}
        for rangee in paquet:
            bilan.lignes += 1
            if any(rangee):
                nommees.update(rangee[places["reference"] : places["reference"] + 1])
                _ranger(rangee, places, bilan, vues, bonnes)
        if bonnes:
            return bonnes
    return None


def _ranger(
    rangee: list[str], places: dict[str, int], bilan: Bilan, vues: set[str], bonnes: dict[str, dict[str, str | None]]
) -> None:
    try:
        valeurs = rules.lire(rangee, places)
    except ValueError as erreur:
        return bilan.refuser(bilan.lignes + 1, str(erreur))
    reference = str(valeurs["reference"])
    if reference in vues:
        return bilan.refuser(bilan.lignes + 1, f"référence {reference} déjà lue plus haut")
    vues.add(reference)
    cherches = (valeurs[champ] for champ in ("reference", "designation", "marque", "ean", "famille"))
    bonnes[reference] = valeurs | {"recherche_texte": texte_recherche(*cherches)}
    return None


async def _passer(
    tx: Transaction, demande: ImportCatalogue, paquet: dict[str, dict[str, str | None]], bilan: Bilan
) -> None:
    connexion = await tx.session.connection()
    lignes = json_text(list(paquet.values()))
    if demande.est_essai:
        resultat = await connexion.exec_driver_sql(ESSAYER, (demande.fournisseur_id, lignes))
    else:
        resultat = await connexion.exec_driver_sql(ECRIRE, (demande.fournisseur_id, lignes, tx.now))
    comptes: tuple[Any, ...] = tuple(resultat.one())
    bilan.ajouter(*comptes)


async def _get_for_update(tx: Transaction, import_id: UUID) -> ImportCatalogue:
    choix = select(ImportCatalogue).where(ImportCatalogue.id == import_id).with_for_update()
    trouve: ImportCatalogue = (await tx.scalars(choix)).one()
    return trouve
