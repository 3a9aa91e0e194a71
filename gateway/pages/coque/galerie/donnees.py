"""Sample company shown by the gallery."""

from datetime import date, timedelta
from typing import Any

from gateway.pages.coque.contexte import Recent, Session
from gateway.pages.coque.formats import aujourd_hui

SESSION = Session(
    nom="Manon Leclerc",
    initiales="ML",
    permissions=frozenset({"*", "administration"}),
    page_entree="/galerie",
    csrf="galerie",
    fonction="Commerciale, agence d’Annecy",
    recents=(
        Recent("DEV-2026-0412", "/galerie/devis", "Cabinet Martin-Lefèvre", "file-pen-line"),
        Recent("Mairie de Sévrier", "/galerie/fiche", "Contact", "building-2"),
        Recent("CF-1187 Elecdis", "/galerie/liste", "Commande fournisseur", "package-open"),
    ),
)
PERSONNES = (
    "Manon Leclerc", "Thomas Berger", "Sophie Durand", "Karim Aït Ouali", "Julien Perrin", "Claire Girard",
    "Nicolas Mercier", "Anaïs Faure",
)  # fmt: skip
CLIENTS = (
    "Cabinet dentaire Martin-Lefèvre", "Camping La Ravoire", "Lycée Gabriel Fauré", "Hôtel Les Trésoms",
    "Communauté de communes des Aravis", "Menuiserie Duchêne", "Plasti-Alpes Industrie", "Architectes Atelier 74",
    "Notaires Blanc & Associés", "Pharmacie du Lac", "Garage des Alpes", "EHPAD Les Cèdres", "Supermarché Casino Thônes",
    "Mairie de Sévrier", "Boulangerie Chez Élise", "SCI La Tournette",
)  # fmt: skip
OBJETS = (
    ("Baie de brassage 24U et recette cuivre", "network"), ("Renouvellement parc copieurs A3 couleur", "printer"),
    ("Onduleur salle serveur hors service", "plug-zap"), ("Borne de recharge 2 × 22 kW parking visiteurs", "plug-zap"),
    ("Remplacement NVR 16 voies et 4 caméras dôme", "cctv"), ("Couverture Wi-Fi étage + comptoir d’accueil", "wifi"),
    ("Contrôle d’accès 3 portes, badges Mifare", "key-round"), ("Migration téléphonie vers trunk SIP, 14 postes", "phone"),
    ("Affichage dynamique hall d’entrée", "monitor"), ("Serveur NAS et sauvegarde externalisée", "server"),
    ("Sonorisation salle polyvalente", "speaker"),
)  # fmt: skip
COLONNES = (
    ("a-realiser", "Devis à réaliser", 32, "ardoise"), ("attente", "Attente client", 31, "ambre"),
    ("valide", "Devis validé", 16, "turquoise"), ("achats", "Achats en cours", 28, "violet"),
    ("recus", "Produits reçus", 14, "bleu"), ("preparation", "Préparation", 9, "cyan"),
)  # fmt: skip


DEPLACEES: dict[str, str] = {}


def carte(n: int, etat: str = "") -> dict[str, Any]:
    """The n-th card of the sample board."""
    objet, icone = OBJETS[(n * 7) % len(OBJETS)]
    jour = aujourd_hui()
    return {
        "id": f"c{n}", "rang": f"{n:03d}", "colonne": etat or COLONNES[n // 9 % len(COLONNES)][0], "etat": etat,
        "reference": f"D-{2200 + n}", "client": CLIENTS[(n * 5) % len(CLIENTS)], "objet": objet,
        "icone": icone, "urgence": ("urgente", "urgente", "haute", "normale")[n // 6 % 4 if n % 6 else 2],
        "responsable": PERSONNES[n * 3 % 8], "cree_le": jour - timedelta(days=(n * 13) % 60),
        "echeance": jour + timedelta(days=(n * 11) % 40 - 9) if n % 3 else None,
        "montant": None if n % 4 == 1 else str(5000 + (n * 7919) % 24000), "contrat": n % 3 == 0,
        "commentaires": n % 6, "version": 1,
    }  # fmt: skip


def cartes() -> list[dict[str, Any]]:
    """Cards by column."""
    return [
        {"id": cle, "libelle": libelle, "nombre": total, "somme": 264_000 + total * 2800, "teinte": teinte,
         "cartes": [carte(i * 9 + j) for j in range(8)]}
        for i, (cle, libelle, total, teinte) in enumerate(COLONNES)
    ]  # fmt: skip


def contacts() -> list[dict[str, Any]]:
    villes = ("Annecy", "Sévrier", "Cran-Gevrier", "Rumilly", "Albertville", "Thônes", "Faverges")
    return [
        {"id": i, "nom": nom, "ville": villes[i % 7], "telephone": f"+33450{i + 10:02d}{i + 20:02d}{i + 30:02d}",
         "type": "Client · Fournisseur" if i % 4 == 0 else "Client", "demandes": i * 3 % 5, "encours": 412.5 * (i % 9),
         "parc": i * 13 % 60, "contrat": i % 3 == 0, "responsable": PERSONNES[i % 8]}
        for i, nom in enumerate(CLIENTS)
    ]  # fmt: skip


def ligne(n: int, nom: str, **autres: Any) -> dict[str, Any]:
    """A line as commercial answers it."""
    defaut: dict[str, Any] = {
        "id": f"l{n}", "genre": "ligne", "numero": str(n), "designation": nom, "description": "", "unite": "u", "prix_fixe_ht": None,
        "remise": "0", "taux_tva": "20", "taux_marque": None, "nature": "bien", "maintenance_souhaitee": False, "produits": [],
        "est_option": False, "variante": "", "est_retenue": True, "caches_suivent": True, "deee_ht": "0", "copie_privee_ht": "0", "produit_id": None, "prix_convenu_ht": None,
        "cout_cache_ht": "664.16", "cout_total_ht": "684.50", "alerte": False, "cout_couvrant_ht": None,
    }  # fmt: skip
    return {**defaut, **autres}


def section(cle: str, titre: str) -> dict[str, Any]:
    return {
        "id": cle,
        "genre": "section",
        "designation": titre,
        "a_prix_masques": False,
        "description": "",
        "numero": "",
        "produits": [],
    }


CACHES = [
    {"id": r, "produit_id": r, "reference": r, "designation": p, "fournisseur_nom": f, "quantite": q, "cout_ht": a, "stock": s, "note": ""}
    for r, p, f, q, a, s in (
        ("DS-7616NXI-K2", "NVR 16 voies 4K", "Elecdis", "1", "398", "2"),
        ("WD82PURX", "Disque 8 To surveillance", "Also France", "2", "131", "6"),
        ("RJ45-C6-1M", "Cordon Cat. 6 1 m", "Elecdis", "2", "1.90", "148"),
        ("ETIQ-QR", "Étiquette QR parc", None, "3", "0.12", "0"),
    )
]  # fmt: skip
LIGNES = [
    section("s1", "Vidéosurveillance"),
    ligne(1, "Enregistreur NVR 16 voies PoE, 2 × 8 To", description="Enregistrement continu 30 jours, accès mobile, garantie 5 ans",
          quantite="1", cout_ht="684.50", marge="38", prix_ht="944.61", total_ht="944.61", taux_marque="27.5", produits=CACHES),
    ligne(2, "Caméra dôme 4 Mpx antivandale", description="IK10, IP67, infrarouge 30 m", quantite="4", cout_ht="112",
          marge="45", prix_ht="162.40", remise="5", total_ht="617.12", taux_marque="27.4", produits=CACHES[:2]),
    ligne(3, "Câblage cuivre catégorie 6, recette incluse", quantite="180", unite="m", cout_ht="0.86", marge="110",
          prix_ht="1.81", total_ht="325.80", taux_marque="52.5", produits=CACHES[2:3]),
    section("s2", "Wi-Fi et réseau"),
    ligne(4, "Point d’accès Wi-Fi 7, plafond", description="Contrôleur local, portail invité", quantite="3", cout_ht="148",
          marge="42", prix_ht="229", prix_fixe_ht="229", total_ht="687.00", taux_marque="35.4", produits=CACHES[:1]),
    ligne(5, "Commutateur 24 ports PoE+ 250 W", quantite="1", cout_ht="379", marge="32", prix_ht="500.28",
          remise="10", total_ht="450.25", taux_marque="15.8", produits=CACHES[:3]),
    section("s3", "Main-d’œuvre et services"),
    {"id": "t1", "genre": "commentaire", "designation": "Intervention en heures ouvrées, nacelle non comprise.", "description": "", "numero": "",
     "produits": []},
    ligne(6, "Pose, raccordement et mise en service", description="2 techniciens, 1,5 jour",
          quantite="24", unite="h", cout_ht="38", marge="55", prix_ht="58.90", total_ht="1413.60", taux_marque="35.5", nature="service"),
    ligne(7, "Déplacement zone 2", quantite="3", cout_ht="22", marge="60", prix_ht="35.20", remise="100", total_ht="0"),
]  # fmt: skip
TOTAUX = {
    "nb_a_fixer": 0, "cout_ht": "3148.30", "marge_ht": "1470.08", "taux_marge": "46.7", "taux_marque": "31.8", "total_ht": "4618.38",
    "groupes": [{"taux": "20.00", "montant_tva": "923.68"}], "total_ttc": "5542.06",
}  # fmt: skip
PRODUITS = [
    {"id": r, "reference": r, "libelle": p, "prix": x, "stock": s}
    for r, p, x, s in (
        ("DS-2CD2147", "Caméra dôme 4 Mpx 2,8 mm", "112", 1), ("DS-7616NXI", "NVR 16 voies 4K", "398", 2),
        ("USW-24-POE", "Switch 24 ports PoE+", "366", 0),
    )
]  # fmt: skip


def semaine() -> list[date]:
    lundi = aujourd_hui() - timedelta(days=aujourd_hui().weekday())
    return [lundi + timedelta(days=i) for i in range(6)]


def planning() -> list[dict[str, Any]]:
    """Interventions by person then by half-day index."""
    teintes = ("turquoise", "bleu", "ambre", "violet", "vert", "rose")
    lignes = []
    for i, nom in enumerate(PERSONNES[2:]):
        cases: dict[int, list[tuple[str, str, str, bool]]] = {}
        for k in range(3):
            cases.setdefault((i * 5 + k * 4) % 12, []).append(
                (f"i{i}{k}", CLIENTS[(i * 3 + k) % len(CLIENTS)], teintes[(i + k) % 6], i == 2 and k == 1)
            )
        lignes.append({"id": f"p{i}", "nom": nom, "equipe": "SAV" if i > 3 else "Installation", "cases": cases,
                       "absences": {8: "Congés", 9: "Congés"} if i == 1 else {}})  # fmt: skip
    return lignes
