"""A place is a path, from the largest to the smallest: "Bât B / 2e". Pure."""

from services.maintenance.errors import CheminInvalide

SEPARATEUR = " / "
NIVEAUX_MAX = 6


def chemin(saisie: str) -> tuple[str, ...]:
    """The levels of a typed path, tidied; refuses an empty or endless one."""
    niveaux = tuple(" ".join(n.split()) for n in saisie.split("/") if n.strip())
    if not 0 < len(niveaux) <= NIVEAUX_MAX:
        raise CheminInvalide(niveaux=NIVEAUX_MAX)
    return niveaux


def ecrire(niveaux: tuple[str, ...]) -> str:
    """The path as people read it."""
    return SEPARATEUR.join(niveaux)


def ancetres(niveaux: tuple[str, ...]) -> list[str]:
    """Every path from the root to the place itself."""
    return [ecrire(niveaux[: rang + 1]) for rang in range(len(niveaux))]


def renommer(ancien: str, nom: str) -> str:
    """The path with its last level renamed."""
    avant, separateur, _ = ancien.rpartition(SEPARATEUR)
    return f"{avant}{separateur}{nom}"
