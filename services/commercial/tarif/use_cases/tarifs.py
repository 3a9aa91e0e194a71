"""Writing tarifs, and reading their spreadsheets."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import IO, Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from services.commercial.affaire.models import Affaire
from services.commercial.copies import queries as copies
from services.commercial.copies.models import CopieProduit
from services.commercial.errors import (
    AffaireInconnue,
    ColonnesTarif,
    ProduitInconnu,
    TarifInconnu,
    TiersInconnu,
    TropDePrix,
)
from services.commercial.tarif import rules
from services.commercial.tarif.models import PrixTarif, Tarif
from services.commercial.tarif.schemas import BilanPrix, SaisiePrix, SaisieTarif
from shared.database.transaction import Transaction
from shared.fichiers import tableur
from shared.fichiers.errors import TableurIllisible
from shared.kernel.ids import new_id
from shared.kernel.nombre import lire_nombre
from shared.kernel.text import normaliser_recherche

Rangee = tuple[int, list[str]]
ERREURS_MAX = 100
PAQUET = 2_000
TITRES = {
    "reference": ("reference", "ref", "code article"),
    "quantite_min": ("quantite minimale", "quantite", "a partir de", "qte"),
    "prix_ht": ("prix ht", "prix", "prix net"),
    "remise": ("remise %", "remise"),
}


async def creer(tx: Transaction, saisie: SaisieTarif) -> Tarif:
    """A tarif without prices yet."""
    tarif = Tarif()
    await _remplir(tx, tarif, saisie)
    tx.add(tarif)
    await tx.flush()
    return tarif


async def modifier(tx: Transaction, tarif_id: UUID, saisie: SaisieTarif, version: int | None) -> Tarif:
    """Whose it is, and when it holds."""
    tarif = await _get_for_update(tx, tarif_id)
    await tx.expect_version(tarif, version)
    await _remplir(tx, tarif, saisie)
    await tx.flush()
    return tarif


async def supprimer(tx: Transaction, tarif_id: UUID) -> None:
    """Propositions keep the prices they took: a tarif may go."""
    await tx.delete(await _get_for_update(tx, tarif_id))


async def fixer_prix(tx: Transaction, tarif_id: UUID, saisie: SaisiePrix) -> None:
    """The price of a product from a quantity on; said again, it is replaced."""
    rules.verifier_prix(saisie.prix_ht, saisie.remise)
    tarif = await _get_for_update(tx, tarif_id)
    if not await copies.produits(tx.session, [saisie.produit_id]):
        raise ProduitInconnu
    choix = select(PrixTarif).where(
        PrixTarif.tarif_id == tarif_id,
        PrixTarif.produit_id == saisie.produit_id,
        PrixTarif.quantite_min == saisie.quantite_min,
    )
    ligne = (await tx.scalars(choix)).one_or_none()
    if ligne is None:
        await _verifier_place(tx, tarif_id, 1)
        ligne = PrixTarif(tarif_id=tarif_id, produit_id=saisie.produit_id, quantite_min=saisie.quantite_min)
        tx.add(ligne)
    ligne.prix_ht, ligne.remise = saisie.prix_ht, saisie.remise
    tx.touch(tarif)


async def retirer_prix(tx: Transaction, tarif_id: UUID, prix_id: UUID) -> None:
    """This price is no longer agreed."""
    tarif = await _get_for_update(tx, tarif_id)
    await tx.execute(delete(PrixTarif).where(PrixTarif.tarif_id == tarif_id, PrixTarif.id == prix_id))
    tx.touch(tarif)


def lire(fichier: IO[bytes]) -> list[Rangee]:
    """The rows of a spreadsheet of prices with their numbers, headings first, without the empty ones; TableurIllisible, TableurTropGros or TropDePrix."""
    lues = []
    for numero, rangee in enumerate(tableur.rangees(fichier), start=1):
        if any(rangee):
            lues.append((numero, rangee))
        if len(lues) > rules.LIGNES_MAX + 1:
            raise TropDePrix(maximum=rules.LIGNES_MAX)
    if not lues:
        raise TableurIllisible
    return lues


async def importer(tx: Transaction, tarif_id: UUID, lues: Sequence[Rangee], *, est_essai: bool) -> BilanPrix:
    """Prices by reference and quantity: those already there are replaced, what is wrong is left out and told."""
    tarif = await _get_for_update(tx, tarif_id)
    (_, entete), *rangees = lues
    places = _placer(entete)
    produits = await _par_reference(tx, {_cellule(rangee, places["reference"]) for _, rangee in rangees})
    prix: dict[tuple[UUID, Decimal], dict[str, Any]] = {}
    erreurs: list[str] = []
    for numero, rangee in rangees:
        try:
            saisie = _lire(rangee, places, produits)
        except ValueError as erreur:
            erreurs.append(f"Ligne {numero} : {erreur}")
            continue
        prix[saisie.produit_id, saisie.quantite_min] = {"id": new_id(), "tarif_id": tarif_id, **saisie.model_dump()}
    if not est_essai:
        await _ecrire(tx, list(prix.values()))
        await _verifier_place(tx, tarif_id, 0)
        tx.touch(tarif)
    return BilanPrix(est_essai=est_essai, nb_lignes=len(rangees), nb_prix=len(prix), erreurs=erreurs[:ERREURS_MAX])


async def _remplir(tx: Transaction, tarif: Tarif, saisie: SaisieTarif) -> None:
    rules.verifier(saisie.origine, saisie.tiers_id, saisie.affaire_id, saisie.debut, saisie.fin)
    for champ, valeur in saisie.model_dump().items():
        setattr(tarif, champ, valeur)
    tarif.tiers_nom = tarif.affaire_nom = ""
    if saisie.tiers_id is not None:
        fiche = await copies.tiers(tx.session, saisie.tiers_id)
        if fiche is None:
            raise TiersInconnu
        tarif.tiers_nom = fiche.nom
    if saisie.affaire_id is not None:
        affaire = await tx.get(Affaire, saisie.affaire_id)
        if affaire is None:
            raise AffaireInconnue
        tarif.affaire_nom = f"{affaire.code} {affaire.libelle}"
    tarif.indexer()


async def _get_for_update(tx: Transaction, tarif_id: UUID) -> Tarif:
    tarif = await tx.get(Tarif, tarif_id, with_for_update=True)
    if tarif is None:
        raise TarifInconnu
    return tarif


async def _verifier_place(tx: Transaction, tarif_id: UUID, nouveaux: int) -> None:
    deja = (await tx.scalars(select(func.count()).where(PrixTarif.tarif_id == tarif_id))).one()
    if deja + nouveaux > rules.LIGNES_MAX:
        raise TropDePrix(maximum=rules.LIGNES_MAX)


async def _ecrire(tx: Transaction, prix: list[dict[str, Any]]) -> None:
    for paquet in _paquets(prix):
        ajout = insert(PrixTarif).values(paquet)
        await tx.execute(
            ajout.on_conflict_do_update(
                index_elements=["tarif_id", "produit_id", "quantite_min"],
                set_={"prix_ht": ajout.excluded.prix_ht, "remise": ajout.excluded.remise},
            )
        )


def _paquets(prix: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for debut in range(0, len(prix), PAQUET):
        yield prix[debut : debut + PAQUET]


async def _par_reference(tx: Transaction, references: set[str]) -> dict[str, UUID]:
    choix = select(CopieProduit.reference, CopieProduit.produit_id).where(CopieProduit.reference.in_(references))
    return {ligne.reference: ligne.produit_id for ligne in await tx.execute(choix)}


def _placer(entete: Sequence[str]) -> dict[str, int]:
    titres = {normaliser_recherche(titre): place for place, titre in reversed(list(enumerate(entete)))}
    places = {champ: titres[nom] for champ, noms in TITRES.items() for nom in reversed(noms) if nom in titres}
    if "reference" not in places or not places.keys() & {"prix_ht", "remise"}:
        raise ColonnesTarif
    return places


def _cellule(rangee: Sequence[str], place: int | None) -> str:
    return rangee[place] if place is not None and place < len(rangee) else ""


def _lire(rangee: Sequence[str], places: dict[str, int], produits: dict[str, UUID]) -> SaisiePrix:
    """A row of prices; ValueError holds the French sentence of what is wrong."""
    reference = _cellule(rangee, places["reference"])
    produit_id = produits.get(reference)
    if produit_id is None:
        raise ValueError(f"la référence « {reference[:40]} » n’est pas au catalogue")
    nombres = {champ: _nombre(_cellule(rangee, places.get(champ))) for champ in rules.COLONNES if champ != "reference"}
    if (nombres["prix_ht"] is None) == (nombres["remise"] is None):
        raise ValueError("donnez un prix ou une remise, et un seul des deux")
    try:
        valeurs = {champ: nombre for champ, nombre in nombres.items() if nombre is not None}
        return SaisiePrix.model_validate({"produit_id": produit_id, **valeurs})
    except ValidationError:
        raise ValueError("un nombre est hors limites") from None


def _nombre(texte: str) -> Decimal | None:
    try:
        return lire_nombre(texte.replace("%", ""))
    except ValueError:
        raise ValueError(f"« {texte[:40]} » n’est pas un nombre") from None
