"""How demandes look: icons, addresses of linked objects, the left panel, sentences of the time line."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from gateway.session.dependances import Utilisateur
from shared.kernel.text import normaliser_recherche

Json = dict[str, Any]

# objet_type: (icon, label, address with {id}, permission that opens it)
OBJETS: dict[str, tuple[str, str, str, str]] = {
    "etude": ("file-search", "Étude", "/devis/etudes/{id}", "devis.lire"),
    "proposition": ("file-pen-line", "Devis", "/devis/propositions/{id}", "devis.lire"),
    "affaire": ("folder-kanban", "Affaire", "/devis/affaires/{id}", "affaire.lire"),
    "negociation": ("handshake", "Négociation", "/achats/negociations/{id}", "achat.lire"),
    "commande": ("package-open", "Commande", "/achats/commandes/{id}", "achat.lire"),
    "reception": ("package-check", "Réception", "/achats/receptions/{id}", "achat.lire"),
    "besoins": ("list-checks", "Besoins", "/achats?demande_id={id}", "achat.lire"),
    "feuille": ("wrench", "Feuille de travail", "/atelier/feuilles/{id}", "feuille.lire"),
    "affaire_client": ("receipt-text", "Affaire client", "/administratif/a-facturer/{id}", "facture.lire"),
    "facture": ("receipt-euro", "Facture", "/administratif/factures/{id}", "facture.lire"),
    "contrat": ("shield-check", "Contrat", "/parc/contrats/{id}", "contrat.lire"),
    "visite": ("calendar-check", "Visite", "/parc/visites/{id}", "visite.lire"),
    "equipement": ("boxes", "Objet du parc", "/parc/equipements/{id}", "parc.lire"),
    "intervention": ("calendar-days", "Intervention", "/planning/interventions/{id}", "planning.lire"),
}
PLURIELS = {
    "etude": "Études",
    "proposition": "Propositions",
    "affaire": "Affaires",
    "negociation": "Négociations",
    "commande": "Commandes",
    "reception": "Réceptions",
    "feuille": "Feuilles de travail",
    "affaire_client": "Affaires client",
    "facture": "Factures",
    "contrat": "Contrats",
    "equipement": "Objets du parc",
}
EN_NOMBRE = ("negociation", "equipement")  # so many of them that one line counts them
GENRES = {
    "passage": "arrow-left-right",
    "note": "message-square",
    "relance": "phone-outgoing",
    "temps": "timer",
    "fichier": "paperclip",
    "creation": "plus",
}
# Icons that types, boards and subjects may carry: written here, the build of the interface finds them.
ICONES = (
    *(("briefcase-business", "Mallette"), ("file-pen-line", "Devis"), ("package-open", "Colis"), ("wrench", "Clé")),
    *(("life-buoy", "Bouée"), ("calendar-check", "Visite"), ("calendar-plus", "À planifier"), ("ticket", "Ticket")),
    *(("receipt-euro", "Facture"), ("building-2", "Entreprise"), ("square-kanban", "Tableau"), ("network", "Réseau")),
    *(("wifi", "Wi-Fi"), ("printer", "Imprimante"), ("phone", "Téléphone"), ("cctv", "Caméra"), ("key-round", "Accès")),
    *(("server", "Serveur"), ("monitor", "Écran"), ("speaker", "Sonorisation"), ("plug-zap", "Énergie")),
    *(("shield-check", "Sécurité"), ("hard-drive", "Stockage"), ("truck", "Livraison"), ("hammer", "Chantier")),
)
URGENCES = (("basse", "Basse"), ("normale", "Normale"), ("haute", "Haute"), ("urgente", "Urgente"))
SERVICES = (
    ("tous", "Tous"),
    ("commercial", "Commercial"),
    ("achats", "Achats"),
    ("stock", "Magasin"),
    ("atelier", "Atelier"),
    ("planning", "Planning"),
    ("technicien", "Techniciens"),
    ("support", "Support"),
    ("administratif", "Administratif"),
)
URGENCES_MOTS = {"basse": "basses", "normale": "normales", "haute": "hautes", "urgente": "urgentes"}
RANGS_URGENCE = {"urgente": 0, "haute": 1, "normale": 2, "basse": 3}
# The services each job works for: their columns concern it.
SERVICES_DU_METIER = {
    "accueil": ("support",),
    "commercial": ("commercial",),
    "achats": ("achats",),
    "magasin": ("stock",),
    "atelier": ("atelier",),
    "planning": ("planning",),
    "technicien": ("technicien", "support"),
    "administratif": ("administratif",),
}
# The board each job opens first.
TABLEAU_DU_METIER = {
    "commercial": "commercial",
    "achats": "achats",
    "magasin": "atelier",
    "atelier": "atelier",
    "planning": "a-planifier",
    "technicien": "sav",
    "administratif": "administratif",
}


def tableau_de(user: Utilisateur) -> str:
    """The board of the service somebody works for."""
    return next(
        (tableau for metier, tableau in TABLEAU_DU_METIER.items() if metier in user.compte.metiers), "commercial"
    )


def tableau_d_entree(user: Utilisateur, tableaux: list[Json], dernier: str | None) -> str:
    """The board last looked at, else that of somebody's service, else one that waits for it, else the first."""
    actifs = [t for t in tableaux if t["est_actif"]]
    codes = [t["code"] for t in actifs]
    concernes = [t["code"] for t in actifs if _miennes(t, services_de(user))]
    voulus = (dernier, tableau_de(user), *concernes, *codes)
    return next((code for code in voulus if code in codes), "commercial")


def services_de(user: Utilisateur) -> frozenset[str]:
    """The services somebody works for."""
    return frozenset(s for metier in user.compte.metiers for s in SERVICES_DU_METIER.get(metier, ()))


def adresse(objet_type: str | None, objet_id: UUID | str | None, user: Utilisateur) -> str | None:
    """Where an object of another service is read; None without the right to."""
    connu = OBJETS.get(objet_type or "")
    if connu is None or objet_id is None or not user.may(connu[3]):
        return None
    return connu[2].format(id=objet_id)


def carte(lue: Json, tri: str) -> Json:
    """A card of the service as the macro of the board wants it; `rang` sorts as `tri` does, read as text."""
    return {
        "rang": _rang(lue, tri),
        "colonne": lue.get("colonne_id"),
        "id": lue["id"],
        "etat": f"{lue['type_code']}:{lue['etat_code']}",
        "reference": lue["numero"],
        "urgence": lue["urgence"],
        "icone": lue["icone"],
        "client": lue["tiers_nom"],
        "objet": lue["objet"],
        "responsable": lue["responsable_nom"],
        "cree_le": lue["cree_le"],
        "echeance": lue["echeance"],
        "montant": lue["montant_ht"],
        "contrat": lue["sous_contrat"],
        "commentaires": lue["nb_notes"],
        "version": lue["version"],
    }


def _rang(lue: Json, tri: str) -> str:
    """As the service sorts its columns (services/demandes/tableau), so that a card that arrives finds its place."""
    if tri == "montant":
        return f"{10**12 - Decimal(lue['montant_ht'] or 0):016.2f} {lue['id']}"
    if tri == "echeance":
        return f"{lue['echeance'] or '9999-12-31'} {lue['id']}"
    debut = f"{RANGS_URGENCE[lue['urgence']]} " if tri == "urgence" else ""
    return f"{debut}{lue['cree_le'][:19]} {lue['id']}"


def etats_de(colonne: Json) -> list[str]:
    """The states of a column, as cards name theirs."""
    return [f"{e['type']}:{e['etat']}" for e in colonne["etats"]]


async def agences(user: Utilisateur) -> dict[str, str]:
    """The names of the agencies; none when the directory does not answer."""
    lue = await user.services.panneau("contacts", "/societe")
    return {a["id"]: a["nom"] for a in lue["agences"]} if lue else {}


def ne_montre(filtre: Json, agences: Mapping[str, str]) -> str:
    """What a column keeps, in words: "urgente, sous contrat"; "" when it keeps everything. `agences`: their names."""
    mots = [" ou ".join(URGENCES_MOTS[u] for u in filtre["urgences"])] if filtre["urgences"] else []
    for champ, oui, non in (
        ("sous_contrat", "sous contrat", "sans contrat"),
        ("est_confiee", "avec un responsable", "sans responsable"),
    ):
        if filtre[champ] is not None:
            mots.append(oui if filtre[champ] else non)
    if filtre["agence_id"]:
        nom = agences.get(filtre["agence_id"])
        mots.append(f"de l’agence {nom}" if nom else "d’une seule agence")
    return ", ".join(mots)


def requete(params: Json, **changements: object) -> str:
    """A query string with some values changed; empty ones leave it."""
    valeurs = {**params, **changements}
    return urlencode({k: v for k, v in valeurs.items() if v not in (None, "", False)})


def duree(minutes: int | None) -> str:
    """90 -> "1 h 30"; a day of work is 7 hours."""
    if not minutes:
        return "Durée libre"
    if minutes >= 420:
        jours = f"{minutes / 420:.1f}".rstrip("0").rstrip(".").replace(".", ",")
        return f"{jours}\u00a0j"
    heures, reste = divmod(minutes, 60)
    if not heures:
        return f"{reste}\u00a0min"
    return f"{heures}\u00a0h{f' {reste:02d}' if reste else ''}"


def moments(recit: list[Json], user: Utilisateur) -> list[Json]:
    """The time line: icon, title, text, link of each moment."""
    return [_moment(m, user) for m in recit]


def _moment(m: Json, user: Utilisateur) -> Json:
    genre = m["genre"]
    connu = OBJETS.get(m["objet_type"] or "")
    return {
        **m,
        "icone": connu[0] if genre == "fait" and connu else GENRES.get(genre, "bell"),
        "href": adresse(m["objet_type"], m["objet_id"], user),
        "duree": duree(m["minutes"]) if m["minutes"] else None,
    }


def etapes(demande: Json, peut_deplacer: bool) -> list[Json]:
    """The status steps: those behind, the present one, those ahead; clickable when the type allows the move.

    Once one end is reached, the other ends are not ahead, unless the type lets it go there.
    """
    ici = demande["etat_code"]
    finie = any(e["code"] == ici and e["est_terminal"] for e in demande["etats"])
    offerts = {ici, *demande["possibles"]}
    etats = [e for e in demande["etats"] if not finie or not e["est_terminal"] or e["code"] in offerts]
    rang = [e["code"] for e in etats].index(ici)
    return [_etape(demande, e, n, rang, peut_deplacer) for n, e in enumerate(etats)]


def _etape(demande: Json, etat: Json, n: int, rang: int, peut_deplacer: bool) -> Json:
    permis = peut_deplacer and etat["code"] in demande["possibles"]
    return {
        "libelle": etat["libelle"],
        "etat": "courante" if n == rang else "passee" if n < rang else "a_venir",
        "url": f"/demandes/{demande['id']}/passer/{etat['code']}" if permis else None,
        "demande": permis and etat["code"] in questions(demande),
    }


def questions(demande: Json) -> set[str]:
    """The states that something is asked before: why it goes there, or the time a repair took while none is recorded."""
    temps = {e["code"] for e in demande["etats"] if e["exige_temps"]} if demande["temps_minutes"] <= 0 else set()
    return temps | set(demande["motifs"])


def boutons(demande: Json, user: Utilisateur) -> list[Json]:
    """The smart buttons: what exists of the project, with its count, where to read it or to begin it."""
    par_type = _par_type(demande)
    attendus = ("proposition", "negociation", "feuille", "facture") if demande["type_nature"] == "vente" else ()
    autres = [t for t in ("etude", "affaire", "commande", "reception", "affaire_client", "contrat") if par_type.get(t)]
    presents = [t for t in ("proposition", "feuille", "facture") if par_type.get(t)]
    voulus = dict.fromkeys((*attendus, *presents, *autres))
    return [_bouton(demande, objet, par_type.get(objet, []), user) for objet in voulus]


def _par_type(demande: Json) -> dict[str, list[Json]]:
    par_type: dict[str, list[Json]] = {}
    for lien in demande["liens"]:
        par_type.setdefault(lien["objet_type"], []).append(lien)
    return par_type


def _bouton(demande: Json, objet: str, liens: list[Json], user: Utilisateur) -> Json:
    href: str | None
    if objet == "proposition" and not liens:
        href = f"/devis/nouvelle?demande_id={demande['id']}" if user.may("devis.modifier") else None
    elif objet == "negociation":
        href = adresse("besoins", demande["id"], user)
    elif len(liens) == 1:
        href = adresse(objet, liens[0]["objet_id"], user)
    else:
        href = "#objets" if liens else None
    libelle = OBJETS[objet][1] if len(liens) == 1 else PLURIELS[objet]
    return {"valeur": len(liens) or "—", "libelle": libelle, "icone": OBJETS[objet][0], "href": href}


def objets(demande: Json, user: Utilisateur) -> list[Json]:
    """Every object of the project in the order they came, each with its address; what comes in number is one line."""
    par_type = _par_type(demande)
    groupes = {t: par_type[t] for t in EN_NOMBRE if len(par_type.get(t, ())) > 1}
    lignes = [_objet(lien, user) for lien in demande["liens"] if lien["objet_type"] not in groupes]
    return lignes + [_groupe(demande, t, liens, user) for t, liens in groupes.items()]


def _objet(lien: Json, user: Utilisateur) -> Json:
    icone, libelle, _, _ = OBJETS.get(lien["objet_type"], ("box", lien["objet_type"], "", ""))
    href = adresse(lien["objet_type"], lien["objet_id"], user)
    return {**lien, "icone": icone, "titre": lien["numero"] or libelle, "genre": libelle, "href": href}


def _groupe(demande: Json, objet_type: str, liens: list[Json], user: Utilisateur) -> Json:
    parc = f"/parc/{demande['tiers_id']}" if user.may("parc.lire") else None
    return {
        "objet_type": objet_type,
        "icone": OBJETS[objet_type][0],
        "titre": f"{len(liens)} {PLURIELS[objet_type][0].lower()}{PLURIELS[objet_type][1:]}",
        "genre": ", ".join(dict.fromkeys(filter(None, (lien["libelle"] for lien in liens[:6])))) or "Toutes ensemble",
        "libelle": None,
        "montant": None,
        "etat_libelle": liens[-1]["etat_libelle"],
        "href": parc if objet_type == "equipement" else adresse("besoins", demande["id"], user),
    }


async def panneau(user: Utilisateur, tableau: str | None = None) -> Json:
    """The boards, the columns that wait for somebody's services and the personal views of the left panel, counted."""
    tableaux, compteurs = await user.services.panneaux(("demandes", "/tableaux"), ("demandes", "/demandes/compteurs"))
    services = services_de(user)
    actifs = [{**t, "me_concerne": bool(_miennes(t, services))} for t in tableaux or () if t["est_actif"]]
    entree = sorted(actifs, key=lambda t: (t["code"] != tableau, t["code"] != tableau_de(user)))
    return {"tableaux": actifs, "pour_moi": colonnes_de(entree, services), "compteurs": compteurs or {}}


def _miennes(tableau: Json, services: frozenset[str]) -> list[Json]:
    return [c for c in tableau["colonnes"] if c["service"] in services and not c["est_finale"]]


def colonnes_de(tableaux: list[Json], services: frozenset[str]) -> list[Json]:
    """The columns that wait for these services, each once: on the first of the boards that shows its states."""
    vues: set[str] = set()
    gardees: list[Json] = []
    for t in tableaux:
        for colonne in _miennes(t, services):
            neufs = set(etats_de(colonne)) - vues
            if neufs:
                vues |= neufs
                gardees.append({**colonne, "url": f"/demandes/tableaux/{t['code']}#col-{colonne['id']}"})
    return gardees


def code_de(libelle: str) -> str:
    """ "Mes achats (Annecy)" -> "mes-achats-annecy"."""
    return re.sub(r"[^a-z0-9]+", "-", normaliser_recherche(libelle)).strip("-0123456789")[:40].strip("-")


def entier(texte: str | None) -> int | None:
    """A number typed in a form, or None."""
    return int(texte) if texte and texte.strip().isdigit() else None


def jour(texte: str | None) -> str | None:
    """A date of a form as the service wants it; None when empty or unreadable."""
    try:
        return date.fromisoformat(texte).isoformat() if texte else None
    except ValueError:
        return None
