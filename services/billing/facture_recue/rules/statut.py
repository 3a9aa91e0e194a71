"""What is told to a supplier about its invoice: the statuses of the life cycle of the French reform (XP Z12-014), and their reasons.

The lists are those of the rules BR-FR-CDV (1.4.0): MDT-105 for the status, MDT-113 for the reason.
"""

from decimal import Decimal
from enum import StrEnum

from services.billing.errors import (
    PaiementTransmisTropGrand,
    PrecisionManquante,
    StatutImpossible,
    StatutMotifInconnu,
    StatutMotifManquant,
)
from shared.kernel.nombre import ecrire_euros


class Statut(StrEnum):
    """The statuses that the buyer gives."""

    APPROUVEE = "205"
    APPROUVEE_EN_PARTIE = "206"
    EN_LITIGE = "207"
    SUSPENDUE = "208"
    REFUSEE = "210"
    PAIEMENT_TRANSMIS = "211"


S = Statut
MOTS = {
    S.APPROUVEE: "approuvée",
    S.APPROUVEE_EN_PARTIE: "approuvée en partie",
    S.EN_LITIGE: "en litige",
    S.SUSPENDUE: "suspendue",
    S.REFUSEE: "refusée",
    S.PAIEMENT_TRANSMIS: "payée",
}
# The norm lets the processing statuses come in any sequence, 210 being the end. Ours: what is contested is approved again before it
# is paid, and what is said once is not said again, a payment apart.
SUITES: dict[Statut | None, frozenset[Statut]] = {
    None: frozenset({S.APPROUVEE, S.APPROUVEE_EN_PARTIE, S.EN_LITIGE, S.SUSPENDUE, S.REFUSEE}),
    S.APPROUVEE: frozenset({S.EN_LITIGE, S.SUSPENDUE, S.REFUSEE, S.PAIEMENT_TRANSMIS}),
    S.APPROUVEE_EN_PARTIE: frozenset({S.APPROUVEE, S.EN_LITIGE, S.SUSPENDUE, S.REFUSEE, S.PAIEMENT_TRANSMIS}),
    S.EN_LITIGE: frozenset({S.APPROUVEE, S.APPROUVEE_EN_PARTIE, S.SUSPENDUE, S.REFUSEE}),
    S.SUSPENDUE: frozenset({S.APPROUVEE, S.APPROUVEE_EN_PARTIE, S.EN_LITIGE, S.REFUSEE}),
    S.PAIEMENT_TRANSMIS: frozenset({S.PAIEMENT_TRANSMIS, S.EN_LITIGE, S.REFUSEE}),
    S.REFUSEE: frozenset(),
}
AUTRE = "AUTRE"
MOTIFS = {
    AUTRE: "Autre motif",
    "ADR_ERR": "Adresse de facturation erronée",
    "ART_ERR": "Article facturé à tort",
    "CALCUL_ERR": "Erreur de calcul",
    "CMD_ERR": "N° de commande absent ou erroné",
    "CODE_ROUTAGE_ERR": "Code de routage absent ou erroné",
    "CONTRAT_TERM": "Contrat terminé",
    "COORD_BANC_ERR": "Coordonnées bancaires erronées",
    "DEST_ERR": "Destinataire erroné",
    "DEST_INC": "Destinataire inconnu",
    "DOUBLE_FACT": "Prestation déjà facturée",
    "DOUBLON": "Facture en double",
    "EMMET_INC": "Émetteur inconnu",
    "JUSTIF_ABS": "Justificatif absent ou insuffisant",
    "LIVR_INCOMP": "Livraison incomplète",
    "MODPAI_ERR": "Conditions de paiement erronées",
    "MONTANTTOTAL_ERR": "Montant total erroné",
    "NON_CONFORME": "Mention obligatoire manquante",
    "PU_ERR": "Prix unitaire erroné",
    "QTE_ERR": "Quantité facturée erronée",
    "QUALITE_ERR": "Qualité livrée non conforme",
    "REF_CT_ABSENT": "Référence du contrat absente",
    "REF_ERR": "Référence erronée",
    "REM_ERR": "Remise erronée",
    "SIRET_ERR": "SIRET absent ou erroné",
    "TRANSAC_INC": "Transaction inconnue",
    "TX_TVA_ERR": "Taux de TVA erroné",
}
LIVRAISON = {"CMD_ERR", "SIRET_ERR", "CODE_ROUTAGE_ERR", "REF_CT_ABSENT", "REF_ERR"}
EN_PARTIE = {AUTRE, *LIVRAISON, "PU_ERR", "REM_ERR", "QTE_ERR", "ART_ERR", "MODPAI_ERR", "QUALITE_ERR", "LIVR_INCOMP"}
REFUS = {
    *(
        "TX_TVA_ERR",
        "MONTANTTOTAL_ERR",
        "CALCUL_ERR",
        "NON_CONFORME",
        "DOUBLON",
        "DEST_ERR",
        "TRANSAC_INC",
        "EMMET_INC",
    ),
    *("CONTRAT_TERM", "DOUBLE_FACT", "CMD_ERR", "ADR_ERR", "REF_CT_ABSENT"),
}
# Which reasons go with which status; a status that is not there takes none.
MOTIFS_DE: dict[Statut, frozenset[str]] = {
    S.APPROUVEE_EN_PARTIE: frozenset(EN_PARTIE),
    S.EN_LITIGE: frozenset({*EN_PARTIE, *REFUS, "COORD_BANC_ERR", "DEST_INC"}),
    S.SUSPENDUE: frozenset({*LIVRAISON, "JUSTIF_ABS", "COORD_BANC_ERR"}),
    S.REFUSEE: frozenset(REFUS),
}


def suites(actuel: Statut | None, *, est_avoir: bool) -> frozenset[Statut]:
    """What may be told next; a credit note is not paid."""
    return SUITES[actuel] - {S.PAIEMENT_TRANSMIS} if est_avoir else SUITES[actuel]


def passer(actuel: Statut | None, vise: Statut, *, numero: str, est_avoir: bool = False) -> Statut:
    """The new status; StatutImpossible, which says what may follow."""
    possibles = suites(actuel, est_avoir=est_avoir)
    if vise in possibles:
        return vise
    suite = [mot for statut, mot in MOTS.items() if statut in possibles]
    raise StatutImpossible(
        numero=numero,
        actuel=MOTS[actuel] if actuel else "encore sans statut",
        vise=MOTS[vise],
        suite=f"Elle peut devenir : {', '.join(suite)}" if suite else "C’est son dernier statut",
    )


def motiver(statut: Statut, motif: str, precision: str) -> None:
    """StatutMotifManquant, StatutMotifInconnu, PrecisionManquante: the reason is of the list of its status."""
    attendus = MOTIFS_DE.get(statut, frozenset())
    if attendus and not motif:
        raise StatutMotifManquant(statut=MOTS[statut])
    if motif and motif not in attendus:
        raise StatutMotifInconnu(motif=MOTIFS.get(motif, motif), statut=MOTS[statut])
    if motif == AUTRE and not precision:
        raise PrecisionManquante


def payer(total_ttc: Decimal, deja_ttc: Decimal, montant_ttc: Decimal) -> None:
    """PaiementTransmisTropGrand: payments do not exceed the invoice."""
    reste_ttc = total_ttc - deja_ttc
    if montant_ttc > reste_ttc:
        raise PaiementTransmisTropGrand(montant=ecrire_euros(montant_ttc), reste=ecrire_euros(reste_ttc))
