"""The product types of the demo company: the form, the operations and the label of each. Data only."""

from typing import Any


def champ(cle: str, libelle: str, type_: str = "texte", **reste: Any) -> dict[str, Any]:
    """A field of a configuration form."""
    return {"cle": cle, "libelle": libelle, "type": type_, **reste}


IP = champ("adresse_ip", "Adresse IP", "adresse_ip", requis=True)
MAC = champ("adresse_mac", "Adresse MAC", "adresse_mac")
EMPLACEMENT = champ("emplacement", "Emplacement chez le client", aide="Étage, bureau, local technique", commun=False)
MDP = champ("mot_de_passe", "Mot de passe administrateur", secret=True)
FIRMWARE = ("firmware", "Firmware mis à jour")

# code, libellé, icône, champs, opérations d’atelier, étiquette requise
PHOTOGRAPHIEES = ("essai", "cadrage", "badge")  # operations that a photo shows
TYPES: tuple[tuple[str, str, str, tuple[dict[str, Any], ...], tuple[tuple[str, str], ...], bool], ...] = (
    (
        "copieur",
        "Copieur",
        "printer",
        (
            IP,
            champ("compteur_noir", "Compteur noir", "nombre", requis=True, unite="pages", commun=False),
            champ("compteur_couleur", "Compteur couleur", "nombre", unite="pages", commun=False),
            champ("scan", "Numérisation vers", "choix", options=["Dossier partagé", "E-mail", "Les deux", "Aucune"]),
            EMPLACEMENT,
            MDP,
        ),
        (FIRMWARE, ("carnet", "Carnet d’adresses chargé"), ("essai", "Page d’essai imprimée")),
        True,
    ),
    (
        "telephone",
        "Téléphone",
        "phone",
        (
            champ("poste", "Numéro de poste", requis=True, commun=False),
            champ("utilisateur", "Utilisateur", commun=False),
            MAC,
            champ("sip", "Mot de passe SIP", secret=True),
        ),
        (("provision", "Provisionné sur l’autocommutateur"),),
        False,
    ),
    (
        "commutateur",
        "Commutateur",
        "network",
        (IP, MAC, champ("vlans", "VLAN", aide="Par exemple : 10 données, 20 voix"), EMPLACEMENT, MDP),
        (FIRMWARE, ("sauvegarde", "Configuration sauvegardée")),
        True,
    ),
    (
        "routeur",
        "Routeur et pare-feu",
        "router",
        (
            IP,
            champ("ip_publique", "Adresse IP publique", "adresse_ip"),
            champ("operateur", "Opérateur", "choix", options=["Orange", "SFR", "Bouygues", "Free Pro", "Autre"]),
            champ("acces_distant", "Accès distant", "url", commun=False),
            MDP,
        ),
        (FIRMWARE, ("regles", "Règles de filtrage chargées"), ("sauvegarde", "Configuration sauvegardée")),
        True,
    ),
    (
        "borne_wifi",
        "Borne Wi-Fi",
        "wifi",
        (IP, MAC, champ("ssid", "Réseaux diffusés"), EMPLACEMENT),
        (("adoption", "Rattachée au contrôleur"),),
        True,
    ),
    (
        "camera",
        "Caméra",
        "cctv",
        (
            IP,
            champ("zone", "Zone filmée", requis=True, commun=False),
            champ("retention", "Conservation des images", "nombre", unite="jours", aide="30 jours au plus"),
            MDP | {"commun": True},
        ),
        (FIRMWARE, ("cadrage", "Cadrage vérifié")),
        True,
    ),
    (
        "enregistreur",
        "Enregistreur vidéo",
        "hard-drive",
        (IP, champ("capacite", "Capacité", "nombre", unite="To"), EMPLACEMENT, MDP),
        (FIRMWARE, ("disques", "Disques contrôlés")),
        True,
    ),
    (
        "controle_acces",
        "Contrôle d’accès",
        "key-round",
        (
            champ("porte", "Porte", requis=True, commun=False),
            IP,
            champ("site", "Code site", secret=True, commun=True),
            champ("securite_positive", "Ouverture en cas de coupure", "booleen"),
        ),
        (("badge", "Badge d’essai accepté"),),
        True,
    ),
    (
        "ordinateur",
        "Ordinateur",
        "laptop",
        (
            champ("nom_poste", "Nom du poste", requis=True, commun=False),
            champ("utilisateur", "Utilisateur", commun=False),
            champ("garantie", "Fin de garantie", "date"),
            MDP,
        ),
        (("master", "Système installé"), ("maj", "Mises à jour faites"), ("antivirus", "Antivirus installé")),
        True,
    ),
    (
        "serveur",
        "Serveur",
        "server",
        (
            champ("nom_poste", "Nom du serveur", requis=True, commun=False),
            IP,
            champ("idrac", "Adresse d’administration", "adresse_ip"),
            champ("garantie", "Fin de garantie", "date"),
            MDP,
        ),
        (FIRMWARE, ("raid", "Grappe de disques montée"), ("sauvegarde", "Sauvegarde programmée")),
        True,
    ),
    (
        "onduleur",
        "Onduleur",
        "battery-charging",
        (champ("batteries", "Date des batteries", "date", requis=True), IP | {"requis": False}, EMPLACEMENT),
        (("autonomie", "Autonomie mesurée"),),
        True,
    ),
)
