"""The devis on paper, and what the client sees of it: built from values that have no place for a cost.

Hidden products and costs are left behind here, in `papier`: nothing after this function can print them.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.copies import queries as copies
from services.commercial.copies.models import CopieCollaborateur
from services.commercial.errors import SocieteNonRenseignee
from services.commercial.proposition.models import Proposition
from services.commercial.proposition.rules import chiffrage
from services.commercial.proposition.rules.chiffrage import Genre
from services.commercial.proposition.rules.statuts import Statut
from shared.contracts.contacts import FicheTiers, SocieteModifiee
from shared.documents import formats, identites, mentions
from shared.documents.papier import Adresse, Echeance, Ligne, Papier, Saut, Texte, Titre
from shared.documents.renderer import Renderer
from shared.kernel.clock import jour_paris
from shared.kernel.money import CENT_POUR_CENT, ZERO, arrondi

DOSSIER = Path(__file__).parent
CADRES = {
    "intracom": "intracommunautaire",
    "export": "export",
    "autoliquidation": "autoliquidation",
    "franchise": "franchise",
}
TAUX_REDUITS = (Decimal("5.5"), Decimal(10))


@dataclass(frozen=True, slots=True)
class Devis:
    """Everything a devis says: the paper, its general conditions, who answers questions about it; `titre` is what it is."""

    titre: str
    papier: Papier
    conditions: str
    commercial: str
    commercial_courriel: str


async def composer(session: AsyncSession, proposition: Proposition, *, le: date, filigrane: str = "") -> Devis:
    """The devis of a proposition loaded with its lines, as of the day `le`."""
    societe = await copies.societe(session)
    if societe is None:
        raise SocieteNonRenseignee
    tiers = await copies.tiers(session, proposition.tiers_id)
    commercial = await _commercial(session, proposition.commercial_id)
    return Devis(
        titre(proposition.avenant_rang),
        papier(proposition, tiers, societe, commercial.nom if commercial else "", le=le, filigrane=filigrane),
        proposition.conditions,
        commercial.nom if commercial else "",
        commercial.email if commercial else "",
    )


async def imprimer(renderer: Renderer, devis: Devis) -> bytes:
    """The PDF, printed by another process. Never inside a transaction."""
    return await renderer.pdf(
        template="devis.html", donnees={"papier": devis.papier, "conditions": devis.conditions}, dossier=DOSSIER
    )


def filigrane_de(proposition: Proposition) -> str:
    """What crosses a document that was not sent as it stands."""
    en_cours = proposition.statut is Statut.BROUILLON or proposition.est_modifiee_depuis_envoi
    return "PROJET" if en_cours else ""


def titre(avenant_rang: int | None) -> str:
    """What it is: « Devis », or « Avenant n° 2 »."""
    return f"Avenant n°\u00a0{avenant_rang}" if avenant_rang else "Devis"


def cite(numero: str, avenant_rang: int | None) -> str:
    """It inside a sentence: « le devis DEV-2026-00012 », « l’avenant DEV-2026-00012-A1 »."""
    return f"l’avenant {numero}" if avenant_rang else f"le devis {numero}"


def devis_amende(numero: str, avenant_rang: int | None) -> str:
    """The number of the devis an avenant amends, which begins its own; "" for a devis."""
    return numero.removesuffix(f"-A{avenant_rang}") if avenant_rang else ""


def nom_fichier(proposition: Proposition) -> str:
    """How the file is called."""
    return f"{titre(proposition.avenant_rang)} {proposition.numero}.pdf"


def papier(
    p: Proposition, tiers: FicheTiers | None, societe: SocieteModifiee, commercial: str, *, le: date, filigrane: str
) -> Papier:
    """The paper: only what the client may read."""
    totaux = chiffrage.chiffrer(p.lignes, p.convention).totaux
    amende = devis_amende(p.numero, p.avenant_rang)
    return Papier(
        genre=titre(p.avenant_rang) + (f" au devis {amende}" if amende else ""),
        numero=p.numero,
        le=le,
        societe=identites.societe(societe),
        destinataire=_destinataire(p, tiers),
        objet=p.objet,
        introduction=p.introduction,
        reperes=tuple(_reperes(p, commercial)),
        lignes=tuple(_lignes(p)),
        totaux=totaux,
        echeances=_echeances(p.acompte_pourcent, totaux.total_ttc),
        mentions=_mentions(p, tiers, societe, le),
        filigrane=filigrane,
    )


def _lignes(p: Proposition) -> list[Ligne | Titre | Texte | Saut]:
    rangees: list[Ligne | Titre | Texte | Saut] = []
    sous_totaux, masquees = chiffrage.sous_totaux(p.lignes, p.convention), chiffrage.masquees(p.lignes)
    for ligne, numero in zip(p.lignes, chiffrage.numeroter(p.lignes), strict=True):
        if ligne.genre is Genre.SECTION:
            rangees.append(Titre(texte=ligne.designation, total_ht=sous_totaux[ligne.id]))
        elif ligne.genre is Genre.SAUT:
            rangees.append(Saut())
        elif ligne.genre is Genre.COMMENTAIRE:
            rangees.append(Texte(texte="\n".join(filter(None, (ligne.designation, ligne.description)))))
        else:
            chiffres = chiffrage.chiffrer_ligne(ligne, p.convention)
            est_dite = ligne.id not in masquees
            rangees.append(
                Ligne(
                    numero=numero,
                    designation=ligne.designation,
                    detail=ligne.description,
                    quantite=ligne.quantite,
                    unite=ligne.unite,
                    prix_ht=chiffres.prix_ht if est_dite else None,
                    remise=ligne.remise if est_dite else ZERO,
                    total_ht=chiffres.total_ht if est_dite else None,
                    tva=ligne.taux_tva,
                    option=not ligne.compte,
                )
            )
    return rangees


def _reperes(p: Proposition, commercial: str) -> list[tuple[str, str]]:
    reperes = [("Valable jusqu’au", formats.date_longue(p.valide_jusqu_au))]
    if p.demande_numero:
        reperes.append(("Votre demande", p.demande_numero))
    if commercial:
        reperes.append(("Votre contact", commercial))
    if p.livraison_souhaitee:
        reperes.append(("Livraison souhaitée", formats.date_longue(p.livraison_souhaitee)))
    return reperes


def _echeances(acompte_pourcent: Decimal, total_ttc: Decimal) -> tuple[Echeance, ...]:
    if not acompte_pourcent:
        return ()
    acompte = arrondi(total_ttc * acompte_pourcent / CENT_POUR_CENT)
    libelle = f"Acompte à la commande ({formats.pourcentage(acompte_pourcent)})"
    return (
        Echeance(libelle=libelle, le=None, montant_ttc=acompte),
        Echeance(libelle="Solde", le=None, montant_ttc=total_ttc - acompte),
    )


def _mentions(p: Proposition, tiers: FicheTiers | None, societe: SocieteModifiee, le: date) -> tuple[str, ...]:
    cadre = CADRES.get(p.regime_tva)
    regime = mentions.Regime(
        client_professionnel=bool(tiers and tiers.siren),
        option_debits=societe.option_debits,
        cadres=frozenset({cadre} if cadre else ()),
        taux_reduit=any(ligne.taux_tva in TAUX_REDUITS for ligne in p.lignes if ligne.genre is Genre.LIGNE),
    )
    return mentions.mentions_devis(le, regime, validite=formats.date_longue(p.valide_jusqu_au))


def _destinataire(p: Proposition, tiers: FicheTiers | None) -> Adresse:
    """The client's address chosen for this proposition, else the main one; the name alone if the copy is late."""
    if tiers is None:
        return Adresse(nom=p.tiers_nom)
    choisie = next((a for a in tiers.adresses if a.code == p.adresse_code), tiers.adresse)
    return identites.destinataire(tiers.model_copy(update={"adresse": choisie}))


async def _commercial(session: AsyncSession, commercial_id: UUID | None) -> CopieCollaborateur | None:
    return await session.get(CopieCollaborateur, commercial_id) if commercial_id else None


def jour_du_document(proposition: Proposition) -> date:
    """The day printed on a document asked for now: that of its last change, so that it does not move by itself."""
    return jour_paris(proposition.modifie_le)
