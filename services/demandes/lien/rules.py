"""What each fact of the circuit means for the page of a demande: an object, its state, a French sentence. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch
from uuid import UUID

from shared.contracts.base import Fact
from shared.contracts.billing import AffaireClientCreee, FactureEmise, FactureEnvoyee, FacturePayee
from shared.contracts.commercial import (
    AffaireCreee,
    AffaireModifiee,
    DevisEnvoye,
    DevisRefuse,
    DevisValide,
    EtudeCreee,
)
from shared.contracts.demandes import (
    InterventionAnnulee,
    InterventionDemarree,
    InterventionPlanifiee,
    InterventionTerminee,
)
from shared.contracts.inventory import (
    FeuilleApprovisionnee,
    FeuilleCreee,
    FeuillePrete,
    FeuilleValidee,
    PreparationCloturee,
)
from shared.contracts.maintenance import ContratModifie, EquipementAjoute, VisiteDue, VisiteRealisee
from shared.contracts.purchasing import (
    BesoinsCommandes,
    CommandeCloturee,
    CommandePassee,
    NegociationOuverte,
    ReceptionValidee,
)
from shared.kernel.clock import PARIS
from shared.kernel.money import ZERO

CANAUX = {"mail": "par e-mail", "chorus": "sur Chorus Pro", "papier": "par courrier"}
NATURES = {"facture": "la facture", "acompte": "la facture d’acompte", "avoir": "l’avoir"}
CONTRATS = {
    "brouillon": "est en préparation",
    "actif": "est actif",
    "resilie": "est résilié",
    "termine": "est terminé",
}
ETATS = {
    "ouverte": "Ouverte",
    "envoye": "Envoyé",
    "valide": "Signé",
    "refuse": "Refusé",
    "non_retenu": "Non retenu",
    "passee": "Passée",
    "cloturee": "Clôturée",
    "validee": "Validée",
    "en_cours": "En cours",
    "prete": "Prête",
    "preparation_cloturee": "Préparation clôturée",
    "a_facturer": "À facturer",
    "emise": "Émise",
    "envoyee": "Envoyée",
    "payee": "Payée",
    "payee_en_partie": "Payée en partie",
    "brouillon": "Brouillon",
    "actif": "Actif",
    "resilie": "Résilié",
    "termine": "Terminé",
    "opportunite": "Opportunité",
    "affaire": "Affaire",
    "modele": "Modèle",
    "installe": "Installé",
    "a_planifier": "À planifier",
    "realisee": "Réalisée",
    "annulee": "Annulée",
}


@dataclass(frozen=True, slots=True)
class Apport:
    """`phrase` is told on the time line and as the reason of a rule; without it the fact only keeps the link fresh."""

    objet_type: str
    objet_id: UUID
    etat: str
    phrase: str = ""
    numero: str | None = None
    libelle: str | None = None
    montant: Decimal | None = None
    est_cout: bool = False
    detail: str = ""
    lien: bool = True


def demandes_de(fait: Fact) -> list[UUID]:
    """The demandes a fact names, once each."""
    fiche = getattr(fait, "fiche", None)
    seules = (getattr(fait, "demande_id", None), getattr(fiche, "demande_id", None))
    toutes = [*seules, *getattr(fait, "demande_ids", ())]
    return sorted({d for d in toutes if d is not None})


@singledispatch
def apport(_fait: Fact) -> Apport | None:
    """What a fact brings to a demande; None when only rules may care."""
    return None


@apport.register
def _(f: EtudeCreee) -> Apport:
    return Apport("etude", f.etude_id, "ouverte", f"l’étude {f.numero} a été ouverte", f.numero, f.objet)


@apport.register
def _(f: DevisEnvoye) -> Apport:
    phrase = f"le devis {f.numero} a été envoyé à {', '.join(f.destinataires)}"
    return Apport("proposition", f.proposition_id, "envoye", phrase, f.numero, f.objet, f.total_ht)


@apport.register
def _(f: DevisValide) -> Apport:
    phrase = f"le devis {f.numero} a été signé par {f.valide_par}"
    return Apport("proposition", f.proposition_id, "valide", phrase, f.numero, f.objet, f.total_ht)


@apport.register
def _(f: DevisRefuse) -> Apport:
    etat, mot = ("refuse", "refusé par le client") if f.est_refus_client else ("non_retenu", "écarté")
    return Apport("proposition", f.proposition_id, etat, f"le devis {f.numero} a été {mot}", f.numero, detail=f.motif)


@apport.register
def _(f: AffaireCreee) -> Apport:
    phrase = f"l’affaire {f.fiche.code} a été ouverte"
    return Apport("affaire", f.affaire_id, f.fiche.etat, phrase, f.fiche.code, f.fiche.libelle)


@apport.register
def _(f: AffaireModifiee) -> Apport:
    return Apport("affaire", f.affaire_id, f.fiche.etat, "", f.fiche.code, f.fiche.libelle)


@apport.register
def _(f: NegociationOuverte) -> Apport:
    phrase = f"une négociation a été ouverte avec {f.fournisseur_nom or 'un fournisseur'}"
    return Apport(
        "negociation", f.negociation_id, "ouverte", phrase, libelle=f.designation or None, detail=f.designation
    )


@apport.register
def _(f: CommandePassee) -> Apport:
    phrase = f"la commande {f.numero} a été passée à {f.fournisseur_nom}"
    nom = f.fournisseur_nom
    return Apport("commande", f.commande_id, "passee", phrase, f.numero, nom, f.total_ht, est_cout=True)


@apport.register
def _(f: CommandeCloturee) -> Apport:
    return Apport("commande", f.commande_id, "cloturee", f"la commande {f.numero} est close", f.numero)


@apport.register
def _(f: BesoinsCommandes) -> Apport:
    return Apport("besoins", f.demande_id, "cloturee", "tout ce qui manquait est commandé", lien=False)


@apport.register
def _(f: ReceptionValidee) -> Apport:
    phrase = f"la réception {f.numero} ({f.fournisseur_nom}) a été validée"
    nom = f.fournisseur_nom
    return Apport("reception", f.reception_id, "validee", phrase, f.numero, nom, f.total_ht, est_cout=True)


@apport.register
def _(f: FeuilleCreee) -> Apport:
    suite = "et tout est en stock" if f.tout_en_stock else "et des produits manquent"
    phrase = f"la feuille de travail {f.etat.numero} a été ouverte {suite}"
    return Apport("feuille", f.feuille_id, "ouverte", phrase, f.etat.numero, f.etat.objet)


@apport.register
def _(f: FeuilleApprovisionnee) -> Apport:
    reste = f"{f.reste_a_recevoir.normalize():f}".replace(".", ",")
    produits = "produits" if f.reste_a_recevoir >= 2 else "produit"
    phrase = "tous les produits attendus sont reçus" if f.complet else f"il reste {reste} {produits} à recevoir"
    return Apport("feuille", f.feuille_id, "en_cours", phrase)


@apport.register
def _(f: FeuillePrete) -> Apport:
    return Apport("feuille", f.feuille_id, "prete", "toutes les colonnes de la feuille de travail sont vertes")


@apport.register
def _(f: PreparationCloturee) -> Apport:
    return Apport("feuille", f.feuille_id, "preparation_cloturee", "la préparation a été clôturée sur place")


@apport.register
def _(f: FeuilleValidee) -> Apport:
    phrase = f"la feuille de travail {f.numero} a été validée"
    return Apport("feuille", f.feuille_id, "validee", phrase, f.numero, f.objet)


@apport.register
def _(f: AffaireClientCreee) -> Apport:
    quoi = "l’acompte" if f.origine == "acompte" else "l’affaire client"
    phrase = f"{quoi} {f.numero} est {'prêt' if f.origine == 'acompte' else 'prête'} à facturer"
    return Apport("affaire_client", f.affaire_client_id, "a_facturer", phrase, f.numero, None, f.total_ht)


@apport.register
def _(f: FactureEmise) -> Apport:
    phrase = f"{NATURES[f.nature]} {f.numero} a été émise" if f.nature != "avoir" else f"l’avoir {f.numero} a été émis"
    return Apport("facture", f.facture_id, "emise", phrase, f.numero, f.nature.capitalize(), f.total_ht)


@apport.register
def _(f: FactureEnvoyee) -> Apport:
    phrase = f"la facture {f.numero} a été envoyée {CANAUX[f.canal]}"
    return Apport("facture", f.facture_id, "envoyee", phrase, f.numero, detail=", ".join(f.destinataires))


@apport.register
def _(f: FacturePayee) -> Apport:
    soldee = f.solde_ttc <= ZERO
    etat, mot = ("payee", "payée") if soldee else ("payee_en_partie", "payée en partie")
    return Apport("facture", f.facture_id, etat, f"la facture {f.numero} a été {mot}", f.numero)


@apport.register
def _(f: ContratModifie) -> Apport:
    phrase = f"le contrat {f.numero} {CONTRATS[f.etat]}"
    return Apport("contrat", f.contrat_id, f.etat, phrase, f.numero, f.objet)


@apport.register
def _(f: EquipementAjoute) -> Apport:
    return Apport("equipement", f.equipement_id, "installe", "", f.fiche.etiquette, f.fiche.designation)


@apport.register
def _(f: VisiteDue) -> Apport:
    phrase = f"la visite {f.periode} du contrat {f.contrat_numero} est à prévoir"
    return Apport("visite", f.visite_id, "a_planifier", phrase, f.contrat_numero, f.objet)


@apport.register
def _(f: VisiteRealisee) -> Apport:
    return Apport("visite", f.visite_id, "realisee", f"la visite a été réalisée le {f.realisee_le:%d/%m/%Y}")


@apport.register
def _(f: InterventionPlanifiee) -> Apport:
    debut = f.debut.astimezone(PARIS)
    phrase = f"une intervention est planifiée le {debut:%d/%m/%Y} à {debut:%H:%M}"
    return Apport("intervention", f.intervention_id, "a_planifier", phrase, lien=False)


@apport.register
def _(f: InterventionAnnulee) -> Apport:
    phrase = f"l’intervention du {f.debut.astimezone(PARIS):%d/%m/%Y} est annulée"
    return Apport("intervention", f.intervention_id, "annulee", phrase, detail=f.motif, lien=False)


@apport.register
def _(f: InterventionDemarree) -> Apport:
    return Apport("intervention", f.intervention_id, "en_cours", "l’intervention a commencé", lien=False)


@apport.register
def _(f: InterventionTerminee) -> Apport:
    phrase = "l’intervention est terminée"
    return Apport("intervention", f.intervention_id, "termine", phrase, detail=f.compte_rendu, lien=False)
