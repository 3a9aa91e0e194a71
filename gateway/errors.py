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


class EntrepriseInjoignable(Refusal):
    """Le service d’identité de l’entreprise ne répond pas ; réessayez, ou connectez-vous avec votre mot de passe."""


class EntrepriseRefusee(NonAuthentifie):
    """La connexion n’a pas abouti chez le service d’identité ; recommencez, ou utilisez votre mot de passe."""


class EntreprisePerimee(NonAuthentifie):
    """Cette connexion a trop attendu ou vient d’une autre fenêtre ; recommencez."""


class EntrepriseSansCompte(NonAuthentifie):
    """« {nom} » n’est relié à aucun compte ouvert ici ; demandez à un administrateur d’en ouvrir un à ce nom."""


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


class SeriesSansColonne(Invalid):
    """Ce fichier a plusieurs colonnes et aucune ne s’appelle « Numéro de série » : donnez ce titre à la bonne, ou n’en gardez qu’une."""


class PorteeInconnue(Invalid):
    """La portée « {portee} » dépasse ce que votre compte permet ; choisissez-en une de la liste."""


class PorteesManquantes(Invalid):
    """Choisissez au moins une portée, ou cochez « Tout ce que je peux faire »."""


class WebhookInconnu(NotFound):
    """Ce webhook n’existe pas ou a été supprimé."""


class EnvoiInconnu(NotFound):
    """Cet envoi n’existe pas, ou est trop ancien pour avoir été gardé."""


class WebhookArrete(Conflict):
    """Ce webhook est arrêté ; reprenez-le d’abord."""


class WebhooksTropNombreux(Conflict):
    """Il y a déjà {maximum} webhooks ; supprimez-en un qui ne sert plus."""


class AdresseRefusee(Invalid):
    """Cette adresse n’est pas acceptée ; donnez une adresse https:// publique, sans identifiant ni réseau local."""


class AdresseInjoignable(Invalid):
    """Le nom de cette adresse est introuvable ; vérifiez-le."""


class FaitReserve(Invalid):
    """« {libelle} » demande de pouvoir lire toutes ces fiches, ce que votre rôle ne permet pas ; décochez-le."""


class CoutsReserves(Invalid):
    """Vous ne voyez pas les coûts : vous ne pouvez pas les faire envoyer."""


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
    """Le rôle « {role} » n’existe pas ou a été supprimé ; choisissez-en un de la liste."""


class RolePris(Conflict):
    """Un rôle s’appelle déjà « {libelle} » ; donnez-lui un autre nom."""


class RoleTenu(Conflict):
    """Comptes qui ont encore le rôle « {role} » : {nombre}. Donnez-leur un autre rôle avant de le supprimer."""


class DernierRoleAdministrateur(Conflict):
    """Sans ce droit dans « {role} », plus personne ne pourrait administrer ; donnez-le d’abord à un autre rôle tenu."""


class EffacementImpossible(Conflict):
    """Rien n’est effacé : {services} ne répond pas et détient peut-être une pièce à conserver ; réessayez plus tard."""


class ServiceInconnu(NotFound):
    """Le service « {service} » n’existe pas."""


class FicheAbsente(NotFound):
    """Cette fiche n’existe pas ou n’existe plus."""


class EquipementSansObjet(Conflict):
    """« {designation} » ne vient pas de notre stock : ajoutez le nouveau au parc et retirez celui-ci."""


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
    def est_passager(self) -> bool:
        """Whether the same request may well be accepted in a moment: nothing was decided."""
        return self.statut == 429 or self.statut >= 500

    @property
    def erreurs(self) -> dict[str, str]:
        """Messages by field, for forms."""
        return {e["champ"]: e["message"] for e in self.probleme.get("erreurs", [])}
