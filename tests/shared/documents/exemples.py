"""Realistic documents to print: a quote and an invoice of any length."""

from datetime import date, timedelta
from decimal import Decimal

from shared.documents.logo import data_uri
from shared.documents.papier import Adresse, Deduction, Echeance, Ligne, Papier, Societe, Texte, Titre
from shared.kernel.money import arrondi, total_ligne_ht, totaux

LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 268 48">
<rect width="48" height="48" rx="11" fill="#0b6e7a"/>
<path d="M13 33 24 13l11 20M18 26h12" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>
<text x="60" y="33" font-family="Inter, DejaVu Sans" font-weight="700" font-size="26" fill="#14262b">Alpes R\xc3\xa9seaux</text></svg>"""

RAYONS: dict[str, list[tuple[str, str, str, str, str, str]]] = {
    "Vidéosurveillance": [
        (
            "Enregistreur NVR 16 voies PoE, 2 × 8 To",
            "Enregistrement continu 30 jours, accès mobile, garantie 5 ans",
            "DS-7616NXI-K2",
            "1",
            "",
            "944.61",
        ),
        ("Caméra dôme 4 Mpx antivandale", "IK10, IP67, infrarouge 30 m", "DS-2CD2147", "4", "", "162.40"),
        ("Câblage cuivre catégorie 6, recette incluse", "", "", "180", "m", "1.81"),
    ],
    "Wi-Fi et réseau": [
        ("Point d’accès Wi-Fi 7, plafond", "Contrôleur local, portail invité", "U7-PRO", "3", "", "229.00"),
        ("Commutateur 24 ports PoE+ 250 W", "", "USW-24-POE", "1", "", "500.28"),
    ],
    "Main-d’œuvre et services": [
        ("Pose, raccordement et mise en service", "Deux techniciens, horaires ouvrés", "", "14", "h", "62.00"),
        ("Formation des utilisateurs", "", "", "2", "h", "75.00"),
    ],
}


def une_societe() -> Societe:
    return Societe(
        nom="Alpes Réseaux",
        forme="SAS",
        capital="50 000 €",
        adresse=Adresse(nom="Alpes Réseaux", lignes=("12 rue des Forges",), code_postal="73000", ville="Chambéry"),
        siren="732829320",
        siret="73282932000074",
        rcs="Chambéry 732 829 320",
        naf="4321A",
        tva="FR44732829320",
        telephone="0479000000",
        courriel="bonjour@alpes-reseaux.example",
        site="alpes-reseaux.example",
        logo=data_uri(LOGO),
        assurance="Assurance décennale Exemple Assurances n° 123 456, couverture France métropolitaine",
        iban="FR7630006000011234567890189",
        bic="AGRIFRPP",
    )


def un_client() -> Adresse:
    return Adresse(
        nom="Cabinet dentaire Martin-Lefèvre",
        contact="À l’attention de Mme Zoé Œuvrard",
        lignes=("Bâtiment B, 2e étage", "48 avenue du Comte Vert"),
        code_postal="73100",
        ville="AIX-LES-BAINS",
        siren="552100554",
        tva="FR27552100554",
    )


def des_lignes(nombre: int, *, option: bool = False) -> tuple[Ligne | Titre | Texte, ...]:
    """`nombre` priced lines spread over sections, with their subtotals."""
    lignes: list[Ligne | Titre | Texte] = []
    rang = tour = 0
    while rang < nombre:
        for rayon, articles in RAYONS.items():
            retenus = articles[: nombre - rang]
            section = [
                _ligne(rang + i + 1, article, remise=Decimal(5 if (rang + i) % 6 == 1 else 0))
                for i, article in enumerate(retenus)
            ]
            if section:
                suffixe = f" — zone {tour + 1}" if nombre > 12 else ""
                lignes.append(
                    Titre(texte=rayon + suffixe, total_ht=sum((s.total_ht or Decimal(0) for s in section), Decimal(0)))
                )
                lignes.extend(section)
            rang += len(section)
        tour += 1
    if option:
        lignes.append(
            Ligne(
                numero=str(rang + 1),
                designation="Onduleur 1 500 VA en baie",
                quantite=Decimal(1),
                prix_ht=Decimal("389.00"),
                total_ht=Decimal("389.00"),
                tva=Decimal(20),
                option=True,
            )
        )
    lignes.append(Texte(texte="Les travaux en hauteur supposent un accès libre aux faux plafonds."))
    return tuple(lignes)


def _ligne(numero: int, article: tuple[str, str, str, str, str, str], remise: Decimal) -> Ligne:
    designation, detail, reference, quantite, unite, prix = article
    return Ligne(
        numero=str(numero),
        designation=designation,
        detail=detail,
        reference=reference,
        quantite=Decimal(quantite),
        unite=unite,
        prix_ht=Decimal(prix),
        remise=remise,
        total_ht=total_ligne_ht(Decimal(quantite), Decimal(prix), remise),
        tva=Decimal("10") if "Formation" in designation else Decimal("20"),
    )


def un_devis(nombre: int = 12) -> Papier:
    lignes = des_lignes(nombre, option=True)
    le = date(2026, 11, 4)
    sommes = totaux(
        (x.total_ht, x.tva)
        for x in lignes
        if isinstance(x, Ligne) and x.total_ht is not None and x.tva is not None and not x.option
    )
    acompte = arrondi(sommes.total_ttc * Decimal("0.3"))
    return Papier(
        genre="Devis",
        numero="DEV-2026-0412",
        le=le,
        societe=une_societe(),
        destinataire=un_client(),
        objet="Rénovation de la vidéosurveillance et du Wi-Fi",
        reperes=(
            ("Validité", "jusqu’au 4 décembre 2026"),
            ("Votre interlocutrice", "Manon Leclerc"),
            ("Affaire", "AF-2026-0188"),
            ("Proposition", "A · NVR et Wi-Fi 7"),
        ),
        introduction="Suite à notre visite du 28 octobre, nous avons le plaisir de vous proposer la solution suivante.",
        lignes=lignes,
        totaux=sommes,
        echeances=(
            Echeance(libelle="Acompte à la commande, 30 %", le=None, montant_ttc=acompte),
            Echeance(libelle="Solde à la réception", le=None, montant_ttc=sommes.total_ttc - acompte),
        ),
        mentions=("Devis gratuit. Prix valables jusqu’à la date de validité indiquée.",),
    )


def une_facture(nombre: int = 12) -> Papier:
    lignes = des_lignes(nombre)
    le = date(2026, 11, 30)
    sommes = totaux(
        (x.total_ht, x.tva) for x in lignes if isinstance(x, Ligne) and x.total_ht is not None and x.tva is not None
    )
    acompte = Deduction(
        libelle="Acompte FA-2026-0981 du 06/11/2026", montant_ttc=arrondi(sommes.total_ttc * Decimal("0.3"))
    )
    return Papier(
        genre="Facture",
        numero="FC-2026-1180",
        le=le,
        societe=une_societe(),
        destinataire=un_client(),
        livraison=Adresse(
            nom="Cabinet dentaire", lignes=("3 place de la Mairie",), code_postal="73100", ville="Tresserve"
        ),
        objet="Rénovation de la vidéosurveillance et du Wi-Fi",
        reperes=(
            ("Date d’échéance", "30 décembre 2026"),
            ("Date de livraison", "27 novembre 2026"),
            ("Votre commande", "BC 4471"),
            ("Devis", "DEV-2026-0412"),
        ),
        lignes=lignes,
        totaux=sommes,
        deductions=(acompte,),
        echeances=(
            Echeance(
                libelle="Virement à 30 jours",
                le=le + timedelta(days=30),
                montant_ttc=sommes.total_ttc - acompte.montant_ttc,
            ),
        ),
        mentions=(
            "Nature de l’opération : livraison de biens et prestation de services. TVA acquittée sur les débits.",
            "En cas de retard de paiement, pénalités au taux de trois fois l’intérêt légal et indemnité forfaitaire pour frais de recouvrement de 40 €. Pas d’escompte pour paiement anticipé.",
        ),
    )
