"""Every way billing says no."""

from shared.kernel.refusals import Conflict, Invalid, NotFound


class AffaireClientInconnue(NotFound):
    """Cette affaire client n’existe pas ou n’existe plus."""


class FactureInconnue(NotFound):
    """Cette facture n’existe pas ou n’existe plus."""


class AffaireFournisseurInconnue(NotFound):
    """Cette affaire fournisseur n’existe pas ou n’existe plus."""


class AvoirFournisseurInconnu(NotFound):
    """Cet avoir fournisseur n’existe pas ou n’existe plus."""


class AvoirFournisseurTropGrand(Invalid):
    """L’avoir de {montant} dépasse les {reste} encore attendus. Vérifiez le montant hors taxes."""


class AvoirFournisseurDejaRecu(Conflict):
    """L’avoir {numero} est déjà enregistré pour le retour {retour}."""


class AvoirFournisseurFutur(Invalid):
    """L’avoir {numero} est daté d’un jour à venir ; vérifiez sa date."""


class FactureNonJointe(NotFound):
    """Aucun fichier n’est joint à l’affaire fournisseur {numero}."""


class CampagneInconnue(NotFound):
    """Cette campagne de facturation n’existe pas ou n’existe plus."""


class DocumentEnPreparation(NotFound):
    """Le PDF de la facture {numero} est en préparation ; réessayez dans quelques secondes."""


class AffaireDejaFacturee(Conflict):
    """L’affaire {numero} est déjà facturée ; pour corriger, faites un avoir sur la facture."""


class AffaireEnCorrection(Conflict):
    """L’affaire {numero} n’est pas prête à facturer ({correction}) : attendez que la feuille soit validée de nouveau."""


class AffaireVide(Conflict):
    """L’affaire {numero} n’a aucune ligne ; ajoutez une ligne avant de facturer."""


class PrixAFixer(Conflict):
    """« {designation} » n’a pas de prix : donnez-le, ou cochez « Offert », puis enregistrez avant de facturer {numero}."""


class AffaireNegative(Conflict):
    """L’affaire {numero} est en faveur du client : reportez ses lignes sur une affaire à facturer, ou faites un avoir."""


class AdresseManquante(Conflict):
    """{nom} n’a pas d’adresse : complétez sa fiche dans le carnet d’adresses avant de facturer."""


class SocieteNonRenseignee(Conflict):
    """L’identité de la société n’est pas renseignée ; complétez-la dans Administration avant de facturer."""


class AchatTransition(Conflict):
    """La facture fournisseur {numero} est {actuel} ; elle ne peut pas devenir {vise}."""


class FactureNonBloquee(Conflict):
    """La facture fournisseur {numero} n’est pas bloquée : il n’y a rien à libérer."""


class LigneAchatInconnue(Invalid):
    """La facture fournisseur {numero} n’a pas toutes les lignes saisies (étrangères : {nombre}) ; rechargez la page."""


class FactureRecueInconnue(NotFound):
    """Cette facture reçue n’existe pas ou n’existe plus."""


class FactureRecueIllisible(Invalid):
    """Ce fichier ne se lit pas comme une facture électronique ({ou}). Déposez un PDF Factur-X, ou un XML au format CII ou UBL."""


class AvoirRecuNegatif(Invalid):
    """L’avoir {numero} ({fournisseur}) est de {montant} HT : un avoir crédite un montant positif. Demandez-lui de le corriger."""


class AvoirRecuTropGrand(Conflict):
    """L’avoir {numero} crédite {montant} HT, plus que les {reste} HT qui restent de cette facture."""


class FactureRecueCreditee(Conflict):
    """La facture {numero} est corrigée par un avoir déjà rapproché : refusez d’abord l’avoir."""


class FactureRecueDevise(Invalid):
    """La facture {numero} est en {devise} : seules les factures en euros se lisent. Saisissez-la sur sa réception."""


class FactureRecueAutreClient(Invalid):
    """La facture {numero} est adressée à {client} (SIREN {siren}), pas à nous : demandez à {fournisseur} de la corriger."""


class FactureRecueDejaDeposee(Conflict):
    """La facture {numero} ({fournisseur}) a déjà été déposée le {le} par {par}."""


class FactureFournisseurDejaControlee(Conflict):
    """La facture {numero} ({fournisseur}) est déjà contrôlée : {achat}."""


class FactureRecueTraitee(Conflict):
    """La facture {numero} est déjà {actuel} ; rechargez la page."""


class FactureRecueRefusee(Conflict):
    """La facture {numero} ({fournisseur}) a été refusée : son fournisseur doit en émettre une autre, sous un nouveau numéro."""


class FactureRecueRepondue(Conflict):
    """Son fournisseur sait déjà que la facture {numero} est {statut} : refusez-la si elle n’est pas à payer."""


class FactureRecueAStatut(Conflict):
    """La facture {numero} est déjà {statut} pour son fournisseur : refusez-la plutôt que de l’écarter."""


class FactureRecueBloquee(Conflict):
    """La facture {numero} est bloquée ({achat}) : libérez-la, approuvez-la en partie ou mettez-la en litige."""


class StatutInconnu(NotFound):
    """Ce statut n’existe pas sur cette facture ; rechargez la page."""


class StatutImpossible(Conflict):
    """La facture {numero} est {actuel} ; elle ne peut pas devenir {vise}. {suite}."""


class StatutMotifManquant(Invalid):
    """Dites pourquoi elle est {statut} : choisissez un motif dans la liste."""


class StatutMotifInconnu(Invalid):
    """« {motif} » n’est pas un motif pour une facture {statut} ; choisissez-en un dans la liste."""


class PrecisionManquante(Invalid):
    """Précisez ce qu’est cet « autre motif » : le fournisseur doit pouvoir y répondre."""


class PaiementTransmisIncomplet(Invalid):
    """Indiquez le montant TTC payé et la date du paiement."""


class PaiementTransmisTropGrand(Invalid):
    """Le paiement de {montant} dépasse ce qui reste dû sur la facture : {reste}."""


class PaiementTransmisFutur(Invalid):
    """Ce paiement est daté d’un jour à venir ; vérifiez sa date."""


class MessageImpossible(Conflict):
    """Le message pour la plateforme ne peut pas être écrit : il manque {manques}."""


class ReceptionNonAttendue(Conflict):
    """Cette réception n’attend pas de facture de ce fournisseur ; rechargez la page et choisissez-en une autre."""


class CourrielManquant(Conflict):
    """{nom} n’a pas d’adresse e-mail de facturation ; complétez sa fiche ou choisissez un autre canal."""


class CanalIncoherent(Conflict):
    """Cette facture part par {canal} ; indiquez le dépôt avec « Marquer comme envoyée »."""


class ReglementTropGrand(Invalid):
    """Le règlement de {montant} dépasse le reste dû de {solde}."""


class AvoirImpossible(Conflict):
    """La facture {numero} est déjà entièrement créditée ou n’est pas une facture."""


class AcompteDejaDeduit(Conflict):
    """L’acompte {numero} est déduit de la facture {facture} : faites d’abord un avoir sur cette facture."""


class LigneInvalide(Invalid):
    """La ligne « {designation} » n’est pas acceptable : {raison}."""


class PeriodeInvalide(Invalid):
    """La période « {periode} » n’est pas valable ; choisissez un mois, par exemple 2026-11."""


class CampagneExistante(Conflict):
    """La campagne de {periode} existe déjà ; reprenez-la là où elle en est."""


class EtapeNonAtteinte(Conflict):
    """Validez d’abord l’étape « {precedente} » de la campagne."""


class OperationInconnue(NotFound):
    """Cette opération bancaire n’existe pas ou n’existe plus."""


class ReleveInconnu(Invalid):
    """Ce fichier n’est pas un relevé reconnu ; exportez-le de la banque au format CAMT.053, CFONB 120 ou OFX."""


class ReleveIllisible(Invalid):
    """Ce relevé ne se lit pas ({ou}) ; rien n’a été enregistré. Demandez un nouveau fichier à la banque."""


class ReleveIncoherent(Invalid):
    """Le relevé ne tombe pas juste ({ou}) : les opérations mènent à {calcule}, la banque annonce {annonce} ; rien n’a été enregistré."""


class OperationDejaTraitee(Conflict):
    """Cette opération est déjà traitée ; actualisez la page."""


class OperationDebitrice(Invalid):
    """Cette opération est une sortie d’argent : elle ne règle aucune facture client. Écartez-la en disant ce qu’elle est."""


class MontantNonAffecte(Invalid):
    """Il reste {reste} que ces factures ne peuvent pas prendre ; choisissez-en d’autres ou complétez la sélection."""
