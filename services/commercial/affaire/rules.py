"""What an affaire may be. Pure. Source: zoom-affaire, "Définition"."""

from enum import StrEnum
from uuid import UUID

from services.commercial.errors import AdresseInconnue, AffaireSurProspect, ChefDeProjetInconnu, SiteInconnu
from shared.contracts.contacts import FicheTiers

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


def verifier_adresse(adresse_code: str, tiers: FicheTiers) -> None:
    """The address is one of the tiers it is said to be of."""
    if adresse_code and all(adresse.code != adresse_code for adresse in tiers.adresses):
        raise AdresseInconnue(code=adresse_code)


def verifier_rattaches(site_code: str, chef_projet_client_id: UUID | None, tiers: FicheTiers) -> None:
    """The site and the client's project head are those of the main tiers."""
    if site_code and all(site.code != site_code for site in tiers.sites):
        raise SiteInconnu(code=site_code)
    if chef_projet_client_id and all(p.interlocuteur_id != chef_projet_client_id for p in tiers.interlocuteurs):
        raise ChefDeProjetInconnu
