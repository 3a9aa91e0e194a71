"""What an affaire may be. Pure. Source: zoom-affaire, "Définition"."""

from enum import StrEnum

from services.commercial.errors import AffaireSurProspect

PRIORITE_HAUTE = 0
PRIORITE_NORMALE = 5


class EtatAffaire(StrEnum):
    """The three kinds of project files, in one table."""

    OPPORTUNITE = "opportunite"
    AFFAIRE = "affaire"
    MODELE = "modele"


def abreger(texte: str) -> str:
    """Only letters and digits: "Mairie-Lyon 3!" becomes "MairieLyon3"."""
    return "".join(c for c in texte if c.isalnum())


def verifier_tiers(etat: EtatAffaire, roles: tuple[str, ...], nom: str) -> None:
    """No état "affaire" on a prospect: it must be converted into a client first."""
    if etat is EtatAffaire.AFFAIRE and "prospect" in roles and "client" not in roles:
        raise AffaireSurProspect(nom=nom)
