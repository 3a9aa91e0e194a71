"""Every way demandes says no."""

from shared.kernel.refusals import Conflict, Forbidden, Invalid, NotFound


class DemandeInconnue(NotFound):
    """Cette demande n’existe pas ou n’existe plus."""


class TypeInconnu(NotFound):
    """Le type de demande « {code} » n’existe pas ; choisissez-en un dans la liste."""


class TableauInconnu(NotFound):
    """Ce tableau n’existe pas ou n’existe plus."""


class ColonneInconnue(NotFound):
    """Cette colonne n’existe plus ; rechargez le tableau."""


class RegleInconnue(NotFound):
    """Cette règle n’existe pas ou n’existe plus."""


class AbsenceInconnue(NotFound):
    """Cette absence n’existe pas ou a déjà été retirée."""


class InterventionInconnue(NotFound):
    """Cette intervention n’existe pas ou n’existe plus."""


class TempsInconnu(NotFound):
    """Ce temps n’existe pas ou a été retiré."""


class TempsDUnAutre(Forbidden):
    """Ce temps est celui de {nom} ; demandez-lui de le corriger."""


class TempsFacture(Conflict):
    """La facture {numero} a suivi ce temps : il ne change plus. Saisissez-en un autre, ou voyez avec la facturation."""


class CourrierInconnu(NotFound):
    """Ce courrier n’existe pas ou n’existe plus."""


class CourrierDejaTraite(Conflict):
    """Ce courrier a déjà été rattaché ou écarté par quelqu’un."""


class TiersNonConnu(NotFound):
    """Ce contact n’est pas encore connu des demandes ; réessayez dans un instant."""


class CollaborateurNonConnu(NotFound):
    """Ce collaborateur n’est pas connu ou n’est plus actif ; choisissez-en un autre."""


class AucunTypeDeVente(Conflict):
    """Aucun type de demande n’est une vente : choisissez-en un dans Types et états."""


class TransitionImpossible(Conflict):
    """La demande {numero} ne peut pas passer de « {de} » à « {vers} ». Étapes possibles : {possibles}."""


class DejaDansCetEtat(Conflict):
    """La demande {numero} est déjà dans l’état « {vers} »."""


class DernierTemps(Conflict):
    """La demande {numero} n’a pas d’autre temps, et « {etat} » en exige : corrigez celui-ci, ou saisissez d’abord le bon."""


class MotifDemande(Conflict):
    """Dites pourquoi la demande {numero} passe de « {de} » à « {vers} » : ce passage demande un motif."""


class TempsManquant(Conflict):
    """Saisissez d’abord le temps passé et les travaux : sans eux, la demande {numero} ne peut pas passer à « {vers} »."""


class DejaPrise(Conflict):
    """La demande {numero} est déjà prise par {nom} ; prévenez-le, ou confirmez pour la lui reprendre."""


class AucuneProposition(Conflict):
    """Aucun changement d’état n’est proposé pour la demande {numero}."""


class SavSansCouverture(Conflict):
    """Aucun dépannage possible pour {tiers} : {motif}. Faites signer les tarifs d’intervention ou un contrat."""


class PlanificationTropTot(Conflict):
    """La demande {numero} ne se planifie pas dans l’état « {etat} » ; ce choix se règle dans Types et états."""


class InterventionClose(Conflict):
    """Cette intervention est {etat} ; elle ne peut plus être modifiée."""


class SignatureIncomplete(Invalid):
    """Une signature est un nom et un tracé : indiquez qui signe et faites signer dans le cadre, ou laissez les deux vides."""


class InterventionDeplacee(Conflict):
    """Cette intervention vient d’être déplacée par quelqu’un ; le planning est à jour, recommencez."""


class CodeDejaPris(Conflict):
    """Le code « {code} » est déjà utilisé ; choisissez-en un autre."""


class VersionInconnue(NotFound):
    """Cette version du circuit n’existe pas ; choisissez-en une dans la liste."""


class EtatEncoreUtilise(Conflict):
    """L’état « {etat} » contient encore des demandes ; déplacez-les avant de le retirer."""


class EtatInconnu(Invalid):
    """L’état « {code} » n’existe pas pour ce type de demande."""


class EtatInitialManquant(Invalid):
    """Un type de demande a exactement un état de départ ; indiquez lequel."""


class EtatEnDouble(Invalid):
    """Deux états portent le code « {code} » ; donnez à chacun son code."""


class FilleDeSoiMeme(Invalid):
    """Une demande fille ne peut pas être elle-même la mère d’une autre branche : {numero} est déjà une fille."""


class HorairesInvalides(Invalid):
    """La fin doit venir après le début, dans les 31 jours ; indiquez une demi-journée ou deux heures."""


class AbsenceInvalide(Invalid):
    """La fin de l’absence doit venir après son début, dans l’année ; une demi-journée tient dans un seul jour."""


class AgendaInconnu(NotFound):
    """Cette adresse d’agenda n’existe pas ou a été révoquée ; créez-en une nouvelle dans Planning."""


class PersonneManquante(Invalid):
    """Indiquez au moins une personne ou une équipe pour planifier."""
