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
from services.commercial.presentation import documents as presentes
from services.commercial.presentation import queries as presentations
from services.commercial.presentation import rules as habillage
from services.commercial.presentation.rules import Presentation
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.rules import chiffrage
from services.commercial.proposition.rules.chiffrage import Genre
from services.commercial.proposition.rules.statuts import Statut
from shared.contracts.contacts import FicheTiers, SocieteModifiee
from shared.documents import formats, identites, mentions
from shared.documents.papier import Adresse, Echeance, Ligne, Papier, Saut, Texte, Titre, contributions
from shared.kernel.clock import jour_paris
from shared.kernel.money import ZERO, Totaux, acompte
from shared.means import Means

DOSSIER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Devis:
    """Everything a devis says: the paper, its general conditions, who answers questions about it; `titre` is what it is.

    `certification`: the sentence the client certifies for its reduced rates. `retractation`: a consumer buys off premises, the form by which one withdraws is annexed.
    `presentation_id` is the version it looks like, `cgv` the name and the hash of the file whose pages follow, if one does.
    """

    titre: str
    papier: Papier
    conditions: str
    commercial: str
    commercial_courriel: str
    presentation_id: UUID | None = None
    cgv: tuple[str, str] | None = None
    retractation: bool = False
    certification: str = ""


async def composer(session: AsyncSession, proposition: Proposition, *, le: date, filigrane: str = "") -> Devis:
    """The devis of a proposition loaded with its lines, as of the day `le`."""
    societe = await copies.societe(session)
    if societe is None:
        raise SocieteNonRenseignee
    tiers = await copies.tiers(session, proposition.tiers_id)
    commercial = await _commercial(session, proposition.commercial_id)
    nom = commercial.nom if commercial else ""
    presentation_id, presentation = await _presentation(session, proposition)
    adressee = await copies.adressee(session, proposition.tiers_id, proposition.adressage())
    nu = papier(proposition, tiers, adressee, societe, nom, le=le, filigrane=filigrane)
    valeurs = _valeurs(proposition, nom, le)
    return Devis(
        titre(proposition.avenant_rang),
        habillage.habiller(nu, presentation, valeurs),
        proposition.conditions or habillage.remplacer(presentation.conditions, valeurs),
        nom,
        commercial.email if commercial else "",
        presentation_id,
        (presentation.cgv_nom, presentation.cgv_sha256) if presentation.cgv_sha256 else None,
        proposition.est_hors_etablissement and not _est_professionnel(tiers),
        certification(proposition, le),
    )


def certification(p: Proposition, le: date) -> str:
    """What the client certifies by signing, so that what counts may bear a reduced rate; "" when none does."""
    return mentions.texte("taux_reduit", le, mentions.Regime()) if chiffrage.a_taux_reduit(p.lignes) else ""


async def _presentation(session: AsyncSession, p: Proposition) -> tuple[UUID | None, Presentation]:
    """How it looks: as it did when it left or was signed, else as the agency wants today."""
    if p.est_presentee:
        return p.presentation_id, await presentations.valeurs(session, p.presentation_id)
    courante = await presentations.courante(session, p.agence_id)
    return (courante.id, courante.valeurs) if courante else (None, habillage.DEFAUT)


def _valeurs(p: Proposition, commercial: str, le: date) -> dict[str, str]:
    """What the variables of the texts of a presentation are here."""
    return {
        "client": p.tiers_nom,
        "date": formats.date_longue(le),
        "validite": formats.date_longue(p.valide_jusqu_au),
        "objet": p.objet,
        "numero": p.numero,
        "commercial": commercial,
    }


async def imprimer(means: Means, devis: Devis) -> bytes:
    """The PDF, printed by another process, its general conditions after it. Never inside a transaction."""
    pdf = await means.renderer.pdf(
        template="devis.html",
        donnees={"papier": devis.papier, "conditions": devis.conditions, "retractation": devis.retractation},
        dossier=DOSSIER,
    )
    return await presentes.suivre_de_cgv(means, pdf, devis.cgv[1] if devis.cgv else "")


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
    p: Proposition,
    tiers: FicheTiers | None,
    adressee: FicheTiers | None,
    societe: SocieteModifiee,
    commercial: str,
    *,
    le: date,
    filigrane: str,
) -> Papier:
    """The paper: only what the client may read. `adressee` receives it."""
    totaux = chiffrage.chiffrer(p.lignes, p.convention).totaux
    amende = devis_amende(p.numero, p.avenant_rang)
    return Papier(
        genre=titre(p.avenant_rang) + (f" au devis {amende}" if amende else ""),
        numero=p.numero,
        le=le,
        societe=identites.societe(societe),
        destinataire=identites.destinataire(adressee) if adressee else Adresse(nom=p.tiers_nom),
        objet=p.objet,
        introduction=p.introduction,
        reperes=tuple(_reperes(p, commercial)),
        lignes=tuple(_lignes(p)),
        totaux=totaux,
        echeances=_echeances(p.acompte_pourcent, totaux),
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
            bornes = () if chiffres.est_a_fixer else contributions(ligne.quantite, *ligne.contributions)
            rangees.append(
                Ligne(
                    numero=numero,
                    designation=ligne.designation,
                    detail=ligne.description,
                    quantite=ligne.quantite,
                    unite=ligne.unite,
                    prix_ht=chiffres.prix_ht if est_dite else None,
                    remise=ligne.remise if est_dite else ZERO,
                    total_ht=chiffres.vente_ht if est_dite and not chiffres.est_a_fixer else None,
                    tva=ligne.taux_tva,
                    option=not ligne.compte,
                    a_fixer=chiffres.est_a_fixer,
                    contributions=bornes,
                )
            )
    return rangees


def _reperes(p: Proposition, commercial: str) -> list[tuple[str, str]]:
    reperes = [("Valable jusqu’au", formats.date_longue(p.valide_jusqu_au))]
    if p.tiers_secondaire_id:
        reperes.append(("Client", p.tiers_nom))
    if p.demande_numero:
        reperes.append(("Votre demande", p.demande_numero))
    if commercial:
        reperes.append(("Votre contact", commercial))
    if p.livraison_souhaitee:
        reperes.append(("Livraison souhaitée", formats.date_longue(p.livraison_souhaitee)))
    return reperes


def _echeances(acompte_pourcent: Decimal, totaux: Totaux) -> tuple[Echeance, ...]:
    """What is due when: the deposit to the cent as it will be invoiced."""
    demande_ttc = acompte(totaux, acompte_pourcent).total_ttc
    if demande_ttc <= ZERO:
        return ()
    libelle = f"Acompte à la commande ({formats.pourcentage(acompte_pourcent)})"
    return (
        Echeance(libelle=libelle, le=None, montant_ttc=demande_ttc),
        Echeance(libelle="Solde", le=None, montant_ttc=totaux.total_ttc - demande_ttc),
    )


def _mentions(p: Proposition, tiers: FicheTiers | None, societe: SocieteModifiee, le: date) -> tuple[str, ...]:
    lignes = [ligne for ligne in p.lignes if ligne.genre is Genre.LIGNE]
    regime = mentions.Regime(
        client_professionnel=_est_professionnel(tiers),
        option_debits=societe.option_debits,
        cadres=mentions.cadres(p.regime_tva, (ligne.nature for ligne in lignes if ligne.taux_tva == ZERO)),
        taux_reduit=any(ligne.est_a_taux_reduit for ligne in lignes),
    )
    return mentions.mentions_devis(
        le,
        regime,
        validite=formats.date_longue(p.valide_jusqu_au),
        hors_etablissement=p.est_hors_etablissement,
    )


def _est_professionnel(tiers: FicheTiers | None) -> bool:
    return bool(tiers and (tiers.siren or tiers.tva_intracom or tiers.est_public))


async def _commercial(session: AsyncSession, commercial_id: UUID | None) -> CopieCollaborateur | None:
    return await session.get(CopieCollaborateur, commercial_id) if commercial_id else None


def jour_du_document(proposition: Proposition) -> date:
    """The day printed on a document asked for now: that of its last change, so that it does not move by itself."""
    return jour_paris(proposition.modifie_le)
