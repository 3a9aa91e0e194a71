"""Every way mail says no. A server that cannot be reached is not a refusal: the job is retried."""

from shared.kernel.refusals import Conflict, Invalid


class AdresseInvalide(Invalid):
    """L’adresse électronique « {adresse} » n’est pas valide ; corrigez-la."""


class EnteteInterdit(Invalid):
    """Le champ « {champ} » du courriel contient un retour à la ligne ou un caractère de contrôle."""


class SansDestinataire(Invalid):
    """Le courriel n’a aucun destinataire ; ajoutez une adresse électronique."""


class PiecesTropLourdes(Invalid):
    """Les pièces jointes dépassent {limite} ; envoyez un lien ou réduisez-les."""


class TousRefuses(Conflict):
    """Le serveur de messagerie a refusé tous les destinataires : {adresses}."""


class MessageRefuse(Conflict):
    """Le serveur de messagerie a refusé le message : {raison}."""


class ServeurIndisponible(Exception):
    """The mail server did not answer as it should: transient, the job will be retried."""


class BoiteInaccessible(Conflict):
    """La boîte aux lettres ne répond pas ou refuse la connexion : {raison}."""
