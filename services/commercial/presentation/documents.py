"""What a presentation adds after a devis, and an example to see before it is kept."""

import asyncio
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from services.commercial.presentation import rules
from services.commercial.presentation.rules import Presentation
from shared.contracts.contacts import SocieteModifiee
from shared.documents import assemblage, formats, identites, mentions
from shared.documents.papier import Adresse, Ligne, Papier, Titre
from shared.kernel.money import total_ligne_ht, totaux
from shared.means import Means

DOSSIER = Path(__file__).parent.parent / "proposition"
VENDUS = (
    ("Caméra dôme 4 Mpx antivandale", "Garantie **5 ans** sur site\n• pose\n• réglage", "4", "162.40", "5"),
    ("Câblage cuivre catégorie 6, recette incluse", "", "180", "2.35", "0"),
    ("Mise en service et formation", "", "7", "62", "0"),
)


async def exemple(means: Means, societe: SocieteModifiee, presentation: Presentation, le: date) -> bytes:
    """The PDF of an imaginary devis of that day."""
    papier = _papier(societe, le)
    valeurs = {
        "client": papier.destinataire.nom,
        "date": formats.date_longue(le),
        "validite": formats.date_longue(le + timedelta(days=30)),
        "objet": papier.objet,
        "numero": papier.numero,
        "commercial": "Camille Exemple",
    }
    donnees = {
        "papier": rules.habiller(papier, presentation, valeurs),
        "conditions": rules.remplacer(presentation.conditions, valeurs),
        "retractation": False,
    }
    pdf = await means.renderer.pdf(template="devis.html", donnees=donnees, dossier=DOSSIER)
    return await suivre_de_cgv(means, pdf, presentation.cgv_sha256)


async def suivre_de_cgv(means: Means, pdf: bytes, cgv_sha256: str) -> bytes:
    """The same, followed by the pages of that file, if there is one: what is signed is one file."""
    if not cgv_sha256:
        return pdf
    return await asyncio.to_thread(assemblage.joindre, pdf, await means.stockage.lire(cgv_sha256))


def _papier(societe: SocieteModifiee, le: date) -> Papier:
    lignes = [_ligne(rang, *vendu) for rang, vendu in enumerate(VENDUS, start=1)]
    vendues = [(ligne.total_ht or Decimal(0), Decimal(20)) for ligne in lignes]
    sous_total = sum((total for total, _ in vendues), Decimal(0))
    validite = formats.date_longue(le + timedelta(days=30))
    return Papier(
        genre="Devis",
        numero=f"DEV-{le.year}-00000",
        le=le,
        societe=identites.societe(societe),
        destinataire=Adresse(
            nom="Cabinet Exemple", lignes=("12 rue du Lac",), code_postal="74000", ville="Annecy", siren="732829320"
        ),
        objet="Vidéosurveillance du cabinet",
        reperes=(("Valable jusqu’au", validite), ("Votre contact", "Camille Exemple")),
        lignes=(Titre(texte="Vidéosurveillance", total_ht=sous_total), *lignes),
        totaux=totaux(vendues),
        mentions=mentions.mentions_devis(le, mentions.Regime(), validite=validite),
        filigrane="EXEMPLE",
    )


def _ligne(rang: int, designation: str, detail: str, quantite: str, prix: str, remise: str) -> Ligne:
    return Ligne(
        numero=str(rang),
        designation=designation,
        detail=detail,
        quantite=Decimal(quantite),
        unite="u",
        prix_ht=Decimal(prix),
        remise=Decimal(remise),
        total_ht=total_ligne_ht(Decimal(quantite), Decimal(prix), Decimal(remise)),
        tva=Decimal(20),
    )
