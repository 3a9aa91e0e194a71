"""What a list is: where it is read, how its address becomes what the service is asked, its columns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gateway.session.dependances import Utilisateur
from shared.fichiers.tableur import Valeur
from shared.kernel.clock import jour_paris

Json = dict[str, Any]
Adresse = Mapping[str, str]  # the query of the page, without what is empty


@dataclass(frozen=True, slots=True)
class Colonne:
    """A column, on screen and in files. `valeur` is what files hold, None for the screen alone; `tri` its key to sort by.

    `total` is the key of the service's totals shown at its foot, `total_dit` what is written after; euros, unless `est_nombre`;
    `ajoute` is what one row counts for in it, where that is not `valeur`; `droit` hides the column from who lacks it; `si` says
    for which addresses it exists; `fichier_seul` columns are not on the screen.
    """

    libelle: str
    valeur: Callable[[Json], Valeur] | None
    classe: str = ""
    tri: str = ""
    total: str = ""
    total_dit: str = ""
    est_nombre: bool = False
    ajoute: Callable[[Json], Valeur] | None = None
    droit: str = ""
    si: Callable[[Adresse], bool] | None = None
    fichier_seul: bool = False


@dataclass(frozen=True, slots=True)
class Liste:
    """A list: `chemin` of `service`, which checks rights; `parametres` turns the address into what the service is asked.

    `unite` is what a row is called, `totaux` the path of the totals when the service adds up.
    """

    cle: str
    titre: str
    service: str
    chemin: str
    unite: str
    parametres: Callable[[Adresse, date], Json]
    colonnes: tuple[Colonne, ...]
    totaux: str = ""

    def permises(self, user: Utilisateur, adresse: Adresse) -> list[Colonne]:
        """The columns this person may see at this address."""
        return [c for c in self.colonnes if (not c.droit or user.may(c.droit)) and (c.si is None or c.si(adresse))]


def champs(*noms: str) -> Callable[[Adresse, date], Json]:
    """The service is asked what the address says, for these names."""

    def parametres(adresse: Adresse, _jour: date) -> Json:
        return {nom: adresse[nom] for nom in noms if nom in adresse}

    return parametres


def texte(nom: str) -> Callable[[Json], Valeur]:
    """A field as it is."""
    return lambda ligne: str(ligne[nom]) if ligne[nom] is not None else None


def nombre(nom: str) -> Callable[[Json], Valeur]:
    """An amount or a quantity."""
    return lambda ligne: Decimal(str(ligne[nom])) if ligne[nom] is not None else None


def jour(nom: str) -> Callable[[Json], Valeur]:
    """A day, or the day in France of an instant."""

    def lire(ligne: Json) -> Valeur:
        lu = ligne[nom]
        if lu is None:
            return None
        return jour_paris(datetime.fromisoformat(lu)) if "T" in lu else date.fromisoformat(lu)

    return lire


def mot(nom: str, mots: Mapping[Any, Any]) -> Callable[[Json], Valeur]:
    """The word of a code, the first of several when words come with colours."""

    def lire(ligne: Json) -> Valeur:
        dit = mots.get(ligne[nom], ligne[nom])
        return str(dit[0] if isinstance(dit, tuple) else dit)

    return lire


def oui(nom: str) -> Callable[[Json], Valeur]:
    """Oui or nothing."""
    return lambda ligne: "Oui" if ligne[nom] else None
