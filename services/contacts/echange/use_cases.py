"""What staff and their files can cause: an import is read, tried, applied row by row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import select

from services.contacts.echange import rules as regles
from services.contacts.echange.models import ImportTiers
from services.contacts.echange.schemas import SaisieLancement
from services.contacts.errors import ColonneManquante, ImportInconnu, TropDeLignesImport
from services.contacts.genre import rules as genres
from services.contacts.genre.queries import par_mot
from services.contacts.tiers import rules as identites
from services.contacts.tiers import use_cases as annuaire
from services.contacts.tiers.models import Tiers
from services.contacts.tiers.repository import ENTIER
from services.contacts.tiers.schemas import SaisieTiers
from shared.database.transaction import Transaction
from shared.fichiers import tableur
from shared.fichiers.errors import TableurIllisible
from shared.fichiers.reception import Fichier
from shared.kernel.refusals import Refusal

APERCU = 5
LIGNES_MAX = 20_000


@dataclass
class Lot:
    """What some rows gave."""

    creations: int = 0
    modifications: int = 0
    erreurs: list[dict[str, Any]] = field(default_factory=list)


def lire(fichier: IO[bytes]) -> list[list[str]]:
    """The rows that hold something, headings first; TableurIllisible, TableurTropGros or TropDeLignesImport."""
    lues = []
    for rangee in tableur.rangees(fichier):
        if any(rangee):
            lues.append(rangee)
        if len(lues) > LIGNES_MAX + 1:
            raise TropDeLignesImport(maximum=LIGNES_MAX)
    if not lues:
        raise TableurIllisible
    return lues


async def ouvrir(tx: Transaction, import_id: UUID, fichier: Fichier, lues: list[list[str]]) -> ImportTiers:
    """A file is read: its headings, its first rows, what its columns probably mean. Sent again, it is the same import."""
    deja = await tx.get(ImportTiers, import_id)
    if deja is not None:
        return deja
    entetes, *rangees = lues
    proposees = {str(rang): cle for rang, cle in regles.proposer(entetes).items()}
    nouveau = ImportTiers(
        id=import_id,
        nom=fichier.nom,
        sha256=fichier.sha256,
        entetes=entetes,
        apercu=rangees[:APERCU],
        colonnes=proposees,
        cle="code" if "code" in proposees.values() else "",
        lignes=len(rangees),
        par=tx.actor.nom,
    )
    tx.add(nouveau)
    return nouveau


async def lancer(tx: Transaction, import_id: UUID, saisie: SaisieLancement) -> ImportTiers:
    """Try, or apply: the rows are done outside the request."""
    trouve = await tx.get(ImportTiers, import_id, with_for_update=True)
    if trouve is None:
        raise ImportInconnu
    prises = list(saisie.colonnes.values())
    if "nom" not in prises or (saisie.cle and saisie.cle not in prises):
        raise ColonneManquante(colonne=regles.LIBELLES[saisie.cle if "nom" in prises else "nom"])
    tx.publish(trouve.lancer(dict(saisie.colonnes), saisie.cle, est_essai=saisie.est_essai))
    return trouve


async def traiter(
    tx: Transaction,
    rangees: Sequence[tuple[int, Sequence[str]]],
    colonnes: Mapping[int, str],
    cle: str,
    doubles: Mapping[int, tuple[str, int]],
    phrase: Callable[[dict[str, Any]], str],
) -> Lot:
    """Rows (number in the file, cells) created or completed; each refused row is left out and told.

    `doubles`: rules.doubles of the whole file; `phrase` says in French what is wrong with a value.
    """
    lot = Lot()
    lues = [(numero, regles.lire(rangee, colonnes)) for numero, rangee in rangees]
    codes = await par_mot(tx.session)
    genre, contexte = _nommer(codes), {"genres": frozenset(codes.values())}
    connus = await _connus(tx, cle, [cellules[cle] for _, cellules in lues if cellules.get(cle)])
    for numero, cellules in lues:
        try:
            existant = _designe(connus, cle, cellules, doubles.get(numero))
            saisie = SaisieTiers.model_validate(regles.completer(_fiche(existant), cellules, genre), context=contexte)
            async with tx.session.begin_nested():
                if existant is None:
                    await annuaire.creer(tx, saisie)
                    lot.creations += 1
                else:
                    await annuaire.modifier(tx, existant.id, saisie, None)
                    lot.modifications += 1
        except (ValidationError, Refusal, regles.CelluleRefusee) as error:
            lot.erreurs += _erreurs(numero, error, phrase)
    return lot


def _nommer(codes: Mapping[str, str]) -> Callable[[str], str]:
    """The code of a kind said in the singular or in the plural; one that is not known is refused with the other cells of its row."""

    def genre(mot: str) -> str:
        code = genres.code(mot)
        return codes.get(code) or codes.get(code.removesuffix("s")) or code

    return genre


async def _connus(tx: Transaction, cle: str, valeurs: Sequence[str]) -> dict[str, list[Tiers]]:
    """The existing tiers by the value of the key."""
    if not cle or not valeurs:
        return {}
    colonne = getattr(Tiers, cle)
    voulues = {v for valeur in valeurs for v in (valeur, regles.normale(cle, valeur))}
    choix = select(Tiers).where(colonne.in_(voulues), Tiers.absorbe_par_id.is_(None)).options(*ENTIER)
    trouves: dict[str, list[Tiers]] = {}
    for tiers in await tx.scalars(choix):
        trouves.setdefault(regles.normale(cle, getattr(tiers, cle)), []).append(tiers)
    return trouves


def _designe(
    connus: Mapping[str, Sequence[Tiers]], cle: str, cellules: Mapping[str, str], double: tuple[str, int] | None
) -> Tiers | None:
    """The tiers a row completes, None when it creates one; CelluleRefusee when its key cannot say which."""
    if double is not None:
        colonne, ligne = regles.LIBELLES[double[0]], double[1]
        raise regles.CelluleRefusee(colonne, f"Même valeur que la ligne {ligne} ; gardez une seule de ces lignes.")
    valeur = cellules.get(cle, "")
    trouves = connus.get(regles.normale(cle, valeur), ())
    if len(trouves) > 1:
        phrase = f"Plusieurs contacts portent « {valeur} » ; choisissez une autre clé, ou réunissez-les d’abord."
        raise regles.CelluleRefusee(regles.LIBELLES[cle], phrase)
    if cle == "code" and valeur and not trouves:
        phrase = (
            f"Aucun contact ne porte le code « {valeur} » ; videz la cellule pour créer, ou choisissez une autre clé."
        )
        raise regles.CelluleRefusee(regles.LIBELLES[cle], phrase)
    return trouves[0] if trouves else None


def _fiche(tiers: Tiers | None) -> dict[str, Any]:
    if tiers is None:
        return {}
    champs = {
        c: getattr(tiers, c) for c in SaisieTiers.model_fields if c not in ("adresses", "interlocuteurs", "sites")
    }
    enfants = {
        nom: [{c: getattr(e, c) for c in modele.model_fields} for e in getattr(tiers, nom)]
        for nom, modele in annuaire.ENFANTS.items()
    }
    return {**champs, **enfants}


def _erreurs(
    numero: int, error: ValidationError | Refusal | regles.CelluleRefusee, phrase: Callable[[dict[str, Any]], str]
) -> list[dict[str, Any]]:
    if isinstance(error, ValidationError):
        return [{"ligne": numero, "colonne": _colonne(e["loc"]), "message": phrase(dict(e))} for e in error.errors()]
    if isinstance(error, regles.CelluleRefusee):
        colonne, message = error.args
    else:
        colonne, message = regles.LIBELLES.get(regles.REFUSEES.get(error.code, ""), ""), error.detail
    return [{"ligne": numero, "colonne": colonne, "message": message}]


def _colonne(lieu: tuple[int | str, ...]) -> str:
    connues = (str(p) for p in reversed(lieu) if p in regles.LIBELLES)
    return regles.LIBELLES[next(connues, "nom")]


def lisible(tiers: Tiers, libelles: Mapping[str, str]) -> list[str]:
    """A tiers as a row of the export, in the order of the columns; `libelles` gives the name of each kind."""
    adresse = tiers.adresses[0] if tiers.adresses else None
    valeurs: dict[str, Any] = {c.cle: getattr(tiers, c.cle, None) for c in regles.COLONNES}
    valeurs["roles"] = ", ".join(libelles.get(role, role) for role in tiers.roles)
    valeurs["telephone"] = identites.telephone_lisible(tiers.telephone)
    valeurs["est_public"] = "oui" if tiers.est_public else "non"
    valeurs["plafond_encours_ht"] = (
        "" if tiers.plafond_encours_ht is None else f"{tiers.plafond_encours_ht:.2f}".replace(".", ",")
    )
    if adresse is not None:
        valeurs |= {"adresse": " | ".join(adresse.lignes), "code_postal": adresse.code_postal, "ville": adresse.ville}
        valeurs["pays"] = adresse.pays
    return ["" if valeurs[c.cle] is None else str(valeurs[c.cle]) for c in regles.COLONNES]
