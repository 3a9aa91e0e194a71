"""Every list that is taken away. A new column is a line here and a cell in its page, in the same order."""

from datetime import date, timedelta
from decimal import Decimal

from gateway.pages.achats.textes import COMMANDES, RECEPTIONS
from gateway.pages.atelier.presentation import ETATS_OBJET
from gateway.pages.devis.vues import ETATS_AFFAIRE, ETATS_ETUDE, STATUTS
from gateway.pages.listes.definition import Adresse, Colonne, Json, Liste, champs, jour, mot, nombre, oui, texte
from gateway.pages.parc.textes import CONTRATS, PERIODICITES, VISITES
from shared.fichiers.tableur import Valeur

URGENCES = {"basse": "Basse", "normale": "Normale", "haute": "Haute", "urgente": "Urgente"}
CONTROLES = {"a_controler": "À contrôler", "bloquee": "Bloquée", "controlee": "Contrôlée"}
FILTRES_DEMANDES = (
    *("q", "type_code", "etat_code", "urgence", "responsable_id", "en_retard", "sous_contrat", "ouvertes"),
    *("tiers_id", "affaire_id", "equipement_id", "attente_jours", "a_relancer", "tri", "miennes"),
)
SITUATIONS_COMMANDE: dict[str, Json] = {
    "en_cours": {"en_cours": "true"},
    "a_approuver": {"etat": "a_approuver"},
    "retard": {"retard": "true"},
    "cloturees": {"etat": "cloturee"},
    "toutes": {},
}
RENOUVELER_SOUS = timedelta(days=90)


def _relances(adresse: Adresse) -> bool:
    """Who waits is called back: show when it was done."""
    return bool({"attente_jours", "a_relancer"} & adresse.keys())


def _etat_facture(f: Json) -> Valeur:
    if f["nature"] == "avoir":
        return "Avoir"
    return {"payee": "Payée", "envoyee": "Envoyée"}.get(f["etat"], "À envoyer")


def _miennes(adresse: Adresse, _jour: date) -> Json:
    return {**_demandes(adresse, _jour), "miennes": True, "ouvertes": True}


def _commandes(adresse: Adresse, _jour: date) -> Json:
    """A search looks everywhere."""
    situation = "toutes" if "q" in adresse else adresse.get("situation", "en_cours")
    return {**SITUATIONS_COMMANDE.get(situation, SITUATIONS_COMMANDE["en_cours"]), **champs("q")(adresse, _jour)}


def _receptions(adresse: Adresse, _jour: date) -> Json:
    situation = adresse.get("situation", "")
    return {"etat": situation if situation in RECEPTIONS else "", **champs("q")(adresse, _jour)}


def _contrats(situation: str, adresse: Adresse, jour_: date) -> Json:
    particuliers: dict[str, Json] = {"tous": {}, "a_renouveler": {"a_renouveler_avant": jour_ + RENOUVELER_SOUS}}
    return {**particuliers.get(situation, {"etat": situation}), **champs("q", "tiers_id")(adresse, jour_)}


def _contrats_du_parc(adresse: Adresse, jour_: date) -> Json:
    situation = adresse.get("situation") or ("tous" if "tiers_id" in adresse else "actif")
    return _contrats("tous" if "q" in adresse else situation, adresse, jour_)


def _recurrents(adresse: Adresse, jour_: date) -> Json:
    return _contrats(adresse.get("situation", "actif"), adresse, jour_)


def _couverture(p: Json) -> Valeur:
    if not p["equipements"]:
        return "Parc vide"
    return "Tout sous contrat" if p["sous_contrat"] == p["equipements"] else "En partie" if p["sous_contrat"] else None


def _visites(adresse: Adresse, _jour: date) -> Json:
    """A search looks everywhere."""
    situation = "" if "q" in adresse else adresse.get("situation", "a_traiter")
    return {"etat": "" if situation == "toutes" else situation, **champs("q")(adresse, _jour)}


def _type_de_produit(p: Json) -> Valeur:
    return str(p["type_libelle"]) if p["type_libelle"] else "Service" if p["nature"] == "service" else None


def _disponible(p: Json) -> Valeur:
    return Decimal(str(p["disponible"])) if p["est_stockable"] else None


def _par_an(c: Json) -> Valeur:
    return Decimal(str(c["montant_ht"])) * 12 / int(c["periodicite_mois"])


def _recu(c: Json) -> Valeur:
    return Decimal(str(c["recue"] or 0))


_demandes = champs(*FILTRES_DEMANDES)
COLONNES_DEMANDES = (
    Colonne("Demande", texte("objet"), "large"),
    Colonne("Client", texte("tiers_nom"), "tel-non", tri="client"),
    Colonne("État", texte("etat_libelle"), "tel-non"),
    Colonne("Urgence", mot("urgence", URGENCES), "tel-non", tri="urgence"),
    Colonne("Âge", jour("cree_le"), "num tel-non", tri="anciennete"),
    Colonne("Dernière relance", jour("derniere_relance_le"), "num", si=_relances),
    Colonne("Échéance", jour("echeance"), "num", tri="echeance"),
    Colonne("Montant HT", nombre("montant_ht"), "num", total="total_ht"),
    Colonne("Resp.", texte("responsable_nom"), "centre tel-non"),
    Colonne("Numéro", texte("numero"), fichier_seul=True),
    Colonne("Relances", nombre("nb_relances"), fichier_seul=True),
    Colonne("Prochaine relance", jour("prochaine_relance_le"), fichier_seul=True),
    Colonne("Sous contrat", oui("sous_contrat"), fichier_seul=True),
)
CONTACTS = Liste(
    *("contacts", "Contacts", "contacts", "/tiers", "contact"),
    champs("q", "role"),
    (
        Colonne("Nom", texte("nom"), "large"),
        Colonne("Type", lambda t: ", ".join(t["roles"]), "tel-non"),
        Colonne("Ville", texte("ville"), "tel-non"),
        Colonne("Téléphone", texte("telephone")),
        Colonne("E-mail", texte("email"), "tel-non"),
        Colonne("Encours TTC", nombre("encours_ttc"), "num tel-non", total="encours_ttc"),
        Colonne("Code", texte("code"), fichier_seul=True),
        Colonne("Organisme public", oui("est_public"), fichier_seul=True),
    ),
    "/tiers/totaux",
)
DEMANDES = Liste(
    *("demandes", "Demandes", "demandes", "/demandes", "demande"),
    *(_demandes, COLONNES_DEMANDES, "/demandes/totaux"),
)
MES_DEMANDES = Liste(
    *("mes-demandes", "Mes demandes", "demandes", "/demandes", "demande"),
    *(_miennes, COLONNES_DEMANDES, "/demandes/totaux"),
)
ETUDES = Liste(
    *("etudes", "Études", "commercial", "/etudes", "étude"),
    champs("q", "etat", "commercial_id", "tiers_id"),
    (
        Colonne("Étude", texte("objet"), "large"),
        Colonne("Propositions", lambda e: Decimal(len(e["propositions"])), "large tel-non"),
        Colonne("État", mot("etat", ETATS_ETUDE)),
        Colonne("Demande", texte("demande_numero"), "tel-non"),
        Colonne("Commercial", None, "tel-non"),
        Colonne("Créée le", jour("cree_le"), "num tel-non"),
        Colonne("Montant HT", nombre("montant_ht"), "num", total="total_ht"),
        Colonne("Numéro", texte("numero"), fichier_seul=True),
        Colonne("Client", texte("tiers_nom"), fichier_seul=True),
    ),
    "/etudes/totaux",
)
PROPOSITIONS = Liste(
    *("propositions", "Propositions", "commercial", "/propositions", "proposition"),
    champs("q", "statut", "tiers_id", "a_approuver"),
    (
        Colonne("Proposition", texte("objet"), "large"),
        Colonne("Client", texte("tiers_nom"), "large tel-non"),
        Colonne("État", mot("statut", STATUTS)),
        Colonne("Validité", jour("valide_jusqu_au"), "num tel-non"),
        Colonne("Envoyée le", jour("envoye_le"), "num tel-non"),
        Colonne("Marque", nombre("taux_marque"), "num tel-non", droit="couts.voir"),
        Colonne("Total HT", nombre("total_ht"), "num", total="total_ht"),
        Colonne("Numéro", texte("numero"), fichier_seul=True),
        Colonne("Demande", texte("demande_numero"), fichier_seul=True),
        Colonne("Signée le", jour("valide_le"), fichier_seul=True),
        Colonne("Total TTC", nombre("total_ttc"), fichier_seul=True),
        Colonne("Coût HT", nombre("cout_ht"), fichier_seul=True, droit="couts.voir"),
    ),
    "/propositions/totaux",
)
AFFAIRES = Liste(
    *("affaires", "Affaires", "commercial", "/affaires", "affaire"),
    champs("q", "etat"),
    (
        Colonne("Affaire", texte("libelle"), "large"),
        Colonne("Client", texte("tiers_nom"), "large tel-non"),
        Colonne("État", mot("etat", ETATS_AFFAIRE), "tel-non"),
        Colonne("Priorité", nombre("priorite"), "num tel-non"),
        Colonne("Montant HT", nombre("montant_ht"), "num", total="total_ht"),
        Colonne("Code", texte("code"), fichier_seul=True),
        Colonne("Référence externe", texte("reference_externe"), fichier_seul=True),
    ),
    "/affaires/totaux",
)
ACHATS = Liste(
    *("commandes", "Commandes", "purchasing", "/commandes", "commande"),
    _commandes,
    (
        Colonne("Commande", texte("numero")),
        Colonne("Fournisseur", texte("fournisseur_nom"), "tel-non"),
        Colonne("N° fournisseur", texte("numero_fournisseur"), "tel-non"),
        Colonne("Passée le", jour("cree_le"), "tel-non"),
        Colonne("Livraison", jour("livraison_prevue")),
        Colonne("Reçu", _recu, "num"),
        Colonne("Total HT", nombre("total_ht"), "num tel-non", total="total_ht", droit="couts.voir"),
        Colonne("État", mot("etat", COMMANDES), "tel-non"),
        Colonne("Commandé", nombre("commandee"), fichier_seul=True),
    ),
    "/commandes/totaux",
)
ENTREES = Liste(
    *("receptions", "Réceptions", "purchasing", "/receptions", "réception"),
    _receptions,
    (
        Colonne("Réception", texte("numero")),
        Colonne("Fournisseur", texte("fournisseur_nom"), "tel-non"),
        Colonne("Commandes", lambda r: ", ".join(r["commandes"]), "tel-non"),
        Colonne("Facture", texte("facture_fournisseur"), "tel-non"),
        Colonne("Le", lambda r: jour("validee_le")(r) or jour("cree_le")(r), "tel-non"),
        Colonne("Reçu", nombre("quantite"), "num"),
        Colonne("Total HT", nombre("total_ht"), "num tel-non", total="total_ht", droit="couts.voir"),
        Colonne("État", mot("etat", RECEPTIONS)),
        Colonne("Bon de livraison", texte("bon_livraison"), fichier_seul=True),
    ),
    "/receptions/totaux",
)
FACTURES = Liste(
    *("factures", "Factures clients", "billing", "/factures", "facture"),
    champs("q", "situation", "tiers_id"),
    (
        Colonne("Numéro", texte("numero")),
        Colonne("Client", texte("tiers_nom"), "large tel-non"),
        Colonne("Émise le", jour("emise_le"), "tel-non"),
        Colonne("Échéance", jour("echeance"), "tel-non"),
        Colonne("État", _etat_facture),
        Colonne("Total TTC", nombre("total_ttc"), "num tel-non", total="total_ttc"),
        Colonne("Reste dû", nombre("solde_ttc"), "num", total="reste_du_ttc"),
        Colonne("Total HT", nombre("total_ht"), fichier_seul=True),
        Colonne("TVA", nombre("total_tva"), fichier_seul=True),
        Colonne("Période", texte("periode"), fichier_seul=True),
    ),
    "/factures/totaux",
)
FACTURES_FOURNISSEUR = Liste(
    *("factures-fournisseurs", "Factures fournisseurs", "billing", "/affaires-fournisseur", "facture"),
    champs("q", "etat"),
    (
        Colonne("Numéro", texte("numero")),
        Colonne("Fournisseur", texte("fournisseur_nom"), "large tel-non"),
        Colonne("Facture du fournisseur", texte("facture_fournisseur"), "tel-non"),
        Colonne("Réception", texte("reception_numero"), "tel-non"),
        Colonne("Échéance", jour("echeance"), "tel-non"),
        Colonne("État", mot("etat", CONTROLES)),
        Colonne("Total HT", nombre("montant_ht"), "num", total="total_ht"),
        Colonne("Date de facture", jour("date_facture"), fichier_seul=True),
        Colonne("Frais HT", nombre("frais_ht"), fichier_seul=True),
    ),
    "/affaires-fournisseur/totaux",
)
_FIN_CONTRAT = (
    Colonne("Numéro", texte("numero"), fichier_seul=True),
    Colonne("Objet", texte("objet"), fichier_seul=True),
    Colonne("Début", jour("debut"), fichier_seul=True),
)
RECURRENTS = Liste(
    *("contrats-recurrents", "Contrats récurrents", "maintenance", "/contrats", "contrat"),
    _recurrents,
    (
        Colonne("Client", texte("tiers_nom"), "large"),
        Colonne("État", mot("etat", CONTRATS), "tel-non"),
        Colonne("Périodicité", mot("periodicite_mois", dict(PERIODICITES)), "tel-non"),
        Colonne("Montant HT", nombre("montant_ht"), "num", total="annuel_ht", total_dit="par an", ajoute=_par_an),
        Colonne("Prochaine facture", jour("prochaine_facture")),
        Colonne("Fin", jour("fin"), "tel-non"),
        *_FIN_CONTRAT,
    ),
    "/contrats/totaux",
)
CONTRATS_DU_PARC = Liste(
    *("contrats", "Contrats de maintenance", "maintenance", "/contrats", "contrat"),
    _contrats_du_parc,
    (
        Colonne("Client", texte("tiers_nom"), "large"),
        Colonne("État", mot("etat", CONTRATS), "tel-non"),
        Colonne("Montant HT", nombre("montant_ht"), "num", total="annuel_ht", total_dit="par an", ajoute=_par_an),
        Colonne("Équipements", nombre("equipements"), "num tel-non"),
        Colonne("Prochaine facture", jour("prochaine_facture"), "tel-non"),
        Colonne("Prochaine visite", jour("prochaine_visite"), "tel-non"),
        Colonne("Fin", jour("fin"), "tel-non"),
        Colonne("Périodicité", mot("periodicite_mois", dict(PERIODICITES)), fichier_seul=True),
        *_FIN_CONTRAT,
    ),
    "/contrats/totaux",
)
PARCS = Liste(
    *("parcs", "Parcs clients", "maintenance", "/parcs", "parc"),
    champs("q"),
    (
        Colonne("Client", texte("nom"), "large"),
        Colonne("Équipements", nombre("equipements"), "num", total="equipements", est_nombre=True),
        Colonne("Sous contrat", nombre("sous_contrat"), "num", total="sous_contrat", est_nombre=True),
        Colonne("Lieux", nombre("lieux"), "num tel-non", total="lieux", est_nombre=True),
        Colonne("Couverture", _couverture, "tel-non"),
    ),
    "/parcs/totaux",
)
VISITES_DUES = Liste(
    *("visites", "Visites", "maintenance", "/visites", "visite"),
    _visites,
    (
        Colonne("Prévue le", jour("date_prevue")),
        Colonne("Client", texte("tiers_nom"), "large"),
        Colonne("État", mot("etat", VISITES)),
        Colonne("Demande", texte("demande_numero"), "tel-non"),
        Colonne("Planifiée le", jour("planifiee_le"), "tel-non"),
        Colonne("Intervenant", texte("intervenant"), "tel-non"),
        Colonne("Contrat", texte("contrat_numero"), fichier_seul=True),
        Colonne("Objet", texte("objet"), fichier_seul=True),
    ),
)
PRODUITS = Liste(
    *("produits", "Produits", "inventory", "/produits", "produit"),
    champs("q", "famille", "type_id", "inactifs"),
    (
        Colonne("Produit", texte("designation"), "large"),
        Colonne("Famille", texte("famille"), "tel-non"),
        Colonne("Type", _type_de_produit, "tel-non"),
        Colonne("Achat HT", nombre("prix_achat_ht"), "num tel-non", droit="couts.voir"),
        Colonne("Vente HT", nombre("prix_vente_ht"), "num"),
        Colonne("Disponible", _disponible, "num"),
        Colonne("Référence", texte("reference"), fichier_seul=True),
        Colonne("Unité", texte("unite"), fichier_seul=True),
    ),
)
OBJETS = Liste(
    *("objets", "Objets", "inventory", "/historiques", "objet"),
    champs("q", "etat", "produit_id", "depot_id"),
    (
        Colonne("Objet", texte("designation"), "large"),
        Colonne("N° de série", texte("numero_serie"), "tel-non"),
        Colonne("État", mot("etat", ETATS_OBJET)),
        Colonne("Où", texte("lieu"), "tel-non"),
        Colonne("Facture", texte("facture_fournisseur"), "tel-non"),
        Colonne("Reçu le", jour("recu_le"), "tel-non"),
        Colonne("Référence", texte("reference"), fichier_seul=True),
        Colonne("Étiquette", texte("etiquette"), fichier_seul=True),
        Colonne("Quantité", nombre("quantite"), fichier_seul=True),
    ),
)
LISTES = {
    liste.cle: liste
    for liste in (
        *(
            CONTACTS,
            DEMANDES,
            MES_DEMANDES,
            ETUDES,
            PROPOSITIONS,
            AFFAIRES,
            ACHATS,
            ENTREES,
            FACTURES,
            FACTURES_FOURNISSEUR,
        ),
        *(RECURRENTS, CONTRATS_DU_PARC, PARCS, VISITES_DUES, PRODUITS, OBJETS),
    )
}
