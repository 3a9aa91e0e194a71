"""Every way the gateway says no."""

from typing import Any

from shared.kernel.refusals import Conflict, Forbidden, Invalid, NotFound, Refusal
from shared.web.auth import NonAuthentifie


class IdentifiantsRefuses(NonAuthentifie):
    """Identifiant ou mot de passe incorrect."""


class TropDEssais(Forbidden):
    """Trop d’essais infructueux : réessayez dans {minutes} min."""


class TropSouvent(Refusal):
    """Trop de demandes depuis votre connexion ; réessayez dans quelques minutes."""


class BilletPerime(NonAuthentifie):
    """La vérification a trop attendu ; reprenez avec votre mot de passe."""


class CodeFaux(NonAuthentifie):
    """Ce code n’est pas le bon, ou il a déjà servi ; tapez celui que l’application affiche maintenant."""


class SecondFacteurAttendu(NonAuthentifie):
    """Ce compte demande aussi un code de vérification : joignez-le (« code »)."""


class SecondFacteurAActiver(Forbidden):
    """Votre rôle demande la double authentification ; activez-la dans Mon compte pour continuer."""


class MotDePasseAChanger(Forbidden):
    """Votre mot de passe est provisoire ; choisissez le vôtre dans Mon compte pour continuer."""


class SecondFacteurExige(Conflict):
    """Votre rôle demande la double authentification : elle ne se désactive pas."""


class SecondFacteurDejaActif(Conflict):
    """La double authentification est déjà active ; désactivez-la avant d’en préparer une autre."""


class SecondFacteurAbsent(Conflict):
    """La double authentification n’est pas en préparation sur ce compte ; recommencez depuis Mon compte."""


class SessionRequise(Forbidden):
    """Ceci se fait en étant connecté dans un navigateur, pas avec un jeton."""


class PorteeInconnue(Invalid):
    """La portée « {portee} » dépasse ce que votre compte permet ; choisissez-en une de la liste."""


class PorteesManquantes(Invalid):
    """Choisissez au moins une portée, ou cochez « Tout ce que je peux faire »."""


class JetonCsrfAbsent(Forbidden):
    """La page n’est plus à jour ; rechargez-la, puis recommencez."""


class CompteInconnu(NotFound):
    """Ce compte n’existe pas ou n’existe plus."""


class DernierAdministrateur(Conflict):
    """« {nom} » est le dernier administrateur actif ; donnez d’abord ce rôle à quelqu’un d’autre."""


class CollaborateurDejaRelie(Conflict):
    """Ce collaborateur a déjà le compte « {identifiant} » ; fermez-le, ou choisissez quelqu’un d’autre."""


class TempsAbsent(NotFound):
    """Ce temps n’existe pas ou a été retiré."""


class IdentifiantPris(Conflict):
    """L’identifiant « {identifiant} » est déjà utilisé ; choisissez-en un autre."""


class MotDePasseActuelFaux(Invalid):
    """Le mot de passe actuel n’est pas celui-là ; retapez-le."""


class MotDePasseInchange(Invalid):
    """Le nouveau mot de passe est le même que l’actuel ; choisissez-en un autre."""


class MotDePasseTropCourt(Invalid):
    """Le nouveau mot de passe compte au moins {minimum} caractères."""


class ConfirmationDifferente(Invalid):
    """Les deux saisies du nouveau mot de passe diffèrent ; retapez-les."""


class PageEntreeInconnue(Invalid):
    """Cette page d’entrée ne vous est pas ouverte ; choisissez-en une de la liste."""


class RoleInconnu(Invalid):
    """Le rôle « {role} » n’existe pas."""


class ServiceInconnu(NotFound):
    """Le service « {service} » n’existe pas."""


class ServiceAbsent(Refusal):
    """Le service {libelle} ne répond pas pour l’instant ; le reste de l’application fonctionne, réessayez dans un moment."""


class Refus(Refusal):
    """A service refused; its problem is shown as it is."""

    def __init__(self, statut: int, probleme: dict[str, Any]) -> None:
        self.statut = statut
        self.probleme = probleme
        super().__init__()

    @property
    def detail(self) -> str:
        """The sentence of the service."""
        return str(self.probleme.get("detail") or "L’opération a été refusée.")

    @property
    def erreurs(self) -> dict[str, str]:
        """Messages by field, for forms."""
        return {e["champ"]: e["message"] for e in self.probleme.get("erreurs", [])}
