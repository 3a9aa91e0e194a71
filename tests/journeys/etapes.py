"""The steps of a sale that journeys share: each acts through the gateway's API and waits for its effects."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

from shared.kernel.clock import SystemClock, jour_paris
from shared.kernel.ids import new_id
from shared.testing.eventually import eventually
from tests.builders.adresses import ANNECY
from tests.journeys.equipe import Equipe, Personne

AUJOURD_HUI = jour_paris(SystemClock().now())
PATIENCE = 60.0  # effects take milliseconds; the machine that runs the tests may be busy


async def etat(equipe: Equipe, demande_id: str, attendu: str) -> dict[str, Any]:
    """The demande, once it reached a state by itself."""

    async def lire() -> dict[str, Any]:
        demande: dict[str, Any] = await equipe.claire.lire(f"/demandes/demandes/{demande_id}")
        assert demande["etat_code"] == attendu, f"{demande['etat_code']} au lieu de {attendu}"
        return demande

    return await eventually(lire, PATIENCE)


async def catalogue(equipe: Equipe, *, camera_ht: str = "112") -> dict[str, Any]:
    """A configurable camera with serial number, bought at that price, a cable by the metre, two competing suppliers."""
    suffixe = str(new_id())[-6:].upper()
    thomas = equipe.thomas
    fournisseurs = [
        await thomas.creer(
            "/contacts/tiers", {"nom": f"{nom} {suffixe}", "roles": ["fournisseur"], "adresses": [ANNECY]}
        )
        for nom in ("Elecdis", "Also France")
    ]
    camera_type = await equipe.admin.creer(
        "/inventory/types-produit",
        {
            "code": f"camera-{suffixe.lower()}",
            "libelle": "Caméra",
            "champs": [
                {"cle": "ip", "libelle": "Adresse IP", "type": "texte", "requis": True},
                {"cle": "mot_de_passe", "libelle": "Mot de passe", "type": "texte", "secret": True},
            ],
            "actions": [{"cle": "firmware", "libelle": "Firmware mis à jour"}],
            "etiquette_requise": True,
        },
    )
    liens = [{"fournisseur_id": f["id"], "reference": f"EL-{suffixe}", "prix_ht": camera_ht} for f in fournisseurs[:1]]
    camera = await thomas.creer(
        "/inventory/produits",
        {
            "reference": f"CAM-{suffixe}",
            "designation": "Caméra dôme 4 Mpx",
            "politique_serie": "obligatoire",
            "type_id": camera_type["id"],
            "ean": f"37{int(suffixe, 16):011d}"[:13],
            "prix_achat_ht": camera_ht,
            "maintenance_requise": True,
            "fournisseurs": liens,
        },
    )
    cable = await thomas.creer(
        "/inventory/produits",
        {"reference": f"CAB-{suffixe}", "designation": "Câble catégorie 6", "unite": "m", "prix_achat_ht": "0.86"},
    )
    return {"fournisseurs": fournisseurs, "camera": camera, "cable": cable}


async def ouvrir(equipe: Equipe, objet: str) -> dict[str, Any]:
    """A new client calls: the reception opens its contact and its demande."""
    tiers = await equipe.claire.creer(
        "/contacts/tiers",
        {
            "nom": "Cabinet dentaire Martin-Lefèvre",
            "roles": ["client"],
            "siren": "732829320",
            "email": "cabinet@exemple.fr",
            "email_facturation": "compta@exemple.fr",
            "adresses": [{"lignes": ["12 rue du Lac"], "code_postal": "74000", "ville": "Annecy"}],
        },
    )

    async def demande_possible() -> Any:
        corps = {"type_code": "commercial", "tiers_id": tiers["id"], "objet": objet}
        return await equipe.claire.creer("/demandes/demandes", corps)

    return dict(await eventually(demande_possible, PATIENCE))


async def devis(equipe: Equipe, demande: dict[str, Any], produits: dict[str, Any], **camera: str) -> dict[str, Any]:
    """An étude, a proposition of two lines with their hidden products, sent by mail. `camera`: how its line is priced."""
    manon = equipe.manon

    async def etude_possible() -> Any:
        return await manon.creer("/commercial/etudes", {"demande_id": demande["id"], "objet": demande["objet"]})

    etude = await eventually(etude_possible, PATIENCE)
    proposition = (
        etude["propositions"][0]
        if etude["propositions"]
        else await manon.creer(f"/commercial/etudes/{etude['id']}/propositions", {"libelle": "Solution de base"})
    )

    async def lignes_possibles() -> Any:
        lignes = [
            {
                "designation": "Caméra dôme 4 Mpx antivandale, pose comprise",
                "quantite": "2",
                **(camera or {"cout_ht": "112", "marge": "45"}),
                "taux_tva": "20",
                "maintenance_souhaitee": True,
                "produits": [{"produit_id": produits["camera"]["id"], "quantite": "2", "note": "Façade nord"}],
            },
            {
                "designation": "Câblage cuivre catégorie 6",
                "quantite": "180",
                "unite": "m",
                "prix_fixe_ht": "1.81",
                "cout_ht": "0.86",
                "taux_tva": "20",
                "produits": [{"produit_id": produits["cable"]["id"], "quantite": "180"}],
            },
        ]
        lue = await manon.lire(f"/commercial/propositions/{proposition['id']}")
        chemin = f"/commercial/propositions/{proposition['id']}/lignes"
        return await manon.changer("PUT", chemin, {"lignes": lignes}, lue["version"])

    contenu = await eventually(lignes_possibles, PATIENCE)
    assert contenu["totaux"]["total_ht"] == "650.60"  # 2 x 162,40 + 180 x 1,81
    assert contenu["totaux"]["total_ttc"] == "780.72"
    corps = {"destinataires": ["cabinet@exemple.fr"], "sujet": "Votre devis", "message": "Voici notre offre."}
    await manon.creer(f"/commercial/propositions/{proposition['id']}/envoyer", corps)
    return dict(await manon.lire(f"/commercial/propositions/{proposition['id']}"))


async def courrier(equipe: Equipe, piece: str) -> dict[str, Any]:
    """The mail that carries `piece`, once it arrived."""

    def recus() -> list[dict[str, Any]]:
        return [m for m in equipe.systeme.boite.messages() if any(piece in nom for nom in m["pieces"])]

    return (await eventually(recus, PATIENCE * 3))[0]


async def acheter_et_recevoir(equipe: Equipe, demande_id: str, produits: dict[str, Any]) -> None:
    """Needs, competing negociations, one commande, a partial reception, then the rest."""
    thomas, sonia = equipe.thomas, equipe.sonia
    elecdis, also = produits["fournisseurs"]

    async def besoins() -> list[dict[str, Any]]:
        lus: list[dict[str, Any]] = (await thomas.lire("/purchasing/besoins", demande_id=demande_id))["elements"]
        assert len(lus) == 2, f"{len(lus)} besoins"
        return lus

    for groupe in await eventually(besoins, PATIENCE):
        (besoin,) = groupe["besoins"]
        assert besoin["manquant"] == besoin["quantite"]
        catalogue_ht = Decimal(produits["camera"]["prix_achat_ht"])
        for fournisseur, prix in ((elecdis, str(catalogue_ht - 2)), (also, str(catalogue_ht + 6))):
            corps = {
                "produit_id": groupe["produit_id"],
                "fournisseur_id": fournisseur["id"],
                "prix_ht": prix if groupe["produit_id"] == produits["camera"]["id"] else "0.80",
                "besoins": [{"besoin_id": besoin["id"], "quantite": besoin["net"]}],
            }
            await thomas.creer("/purchasing/negociations", corps)
    await etat(equipe, demande_id, "achats_en_cours")
    achats = await thomas.lire(f"/purchasing/fournisseurs/{elecdis['id']}/achats")
    commande = await thomas.creer(
        "/purchasing/commandes",
        {
            "fournisseur_id": elecdis["id"],
            "negociation_ids": [n["id"] for n in achats["negociations"]],
            "numero_fournisseur": "PO-7781",
            "livraison_prevue": (AUJOURD_HUI + timedelta(days=5)).isoformat(),
            "frais_ht": "20",
            "restantes": "fermer",
        },
    )
    await etat(equipe, demande_id, "attente_reception")
    await recevoir(equipe, commande["id"], produits, series=["SN-A1"], metres="180", facture="F-1001")
    await etat(equipe, demande_id, "produits_recus_partiel")
    await recevoir(equipe, commande["id"], produits, series=["SN-A2"], metres=None, facture="F-1002")
    await etat(equipe, demande_id, "produits_recus")
    cloturee = await sonia.lire(f"/purchasing/commandes/{commande['id']}")
    assert cloturee["etat"] == "cloturee"


async def scanner(personne: Personne, reception: str, code: str) -> dict[str, Any]:
    """One code read in a reception (its path), and what is answered."""
    lues = await personne.creer(f"{reception}/scans", {"lectures": [{"code": code}]})
    return dict(lues["lectures"][0]["lecture"])


async def recevoir(
    equipe: Equipe, commande_id: str, produits: dict[str, Any], *, series: list[str], metres: str | None, facture: str
) -> None:
    """Scan the camera and its serials, type the cable, validate with the supplier's invoice number."""
    sonia = equipe.sonia
    suffixe = produits["camera"]["reference"][-6:]
    reception = await sonia.creer("/purchasing/receptions", {"commande_ids": [commande_id]})
    chemin = f"/purchasing/receptions/{reception['id']}"
    for serie in series:
        lecture = await scanner(sonia, chemin, produits["camera"]["ean"])
        assert lecture["resultat"] == "attendu", lecture
        assert lecture["projets"], "personne ne dit quel projet attend la caméra"
        serie_lue = await scanner(sonia, chemin, f"{serie}-{suffixe}")
        assert serie_lue["numero_serie"] == f"{serie}-{suffixe}", serie_lue
    if metres:
        cable = next(ligne for ligne in reception["lignes"] if ligne["produit_id"] == produits["cable"]["id"])
        await sonia.changer("PUT", f"{chemin}/lignes/{cable['id']}", {"quantite": metres})
    await sonia.creer(f"{chemin}/valider", {"facture_fournisseur": f"{facture}-{suffixe}"})


async def preparer(equipe: Equipe, demande_id: str) -> str:
    """Configure, tick and label each camera; the feuille turns green; close and validate it."""
    karim = equipe.karim

    async def feuille_pleine() -> dict[str, Any]:
        (entete,) = (await karim.lire("/inventory/feuilles", demande_id=demande_id))["elements"]
        feuille: dict[str, Any] = await karim.lire(f"/inventory/feuilles/{entete['id']}")
        objets = [objet for colonne in feuille["colonnes"] for objet in colonne["objets"]]
        assert len(objets) == 3, f"{len(objets)} objets dans la feuille"
        return feuille

    feuille = await eventually(feuille_pleine, PATIENCE)
    await equipe.helene.creer(f"/demandes/demandes/{demande_id}/etat", {"vers": "preparation"})
    cameras = [o for c in feuille["colonnes"] for o in c["objets"] if o["est_configurable"]]
    assert {o["facture_fournisseur"].split("-")[1] for o in cameras} == {"1001", "1002"}
    lot = await karim.creer("/inventory/etiquettes/generer", {"nombre": len(cameras)})
    for rang, (objet, code) in enumerate(zip(cameras, lot["codes"], strict=True), 1):
        objet_chemin = f"/inventory/historiques/{objet['id']}"
        valeurs = {"ip": f"192.168.1.{rang}", "mot_de_passe": "secret-camera"}
        configure = await karim.changer("PUT", f"{objet_chemin}/configuration", {"valeurs": valeurs})
        assert "secret-camera" not in str(configure)
        await karim.changer("PUT", f"{objet_chemin}/actions/firmware", {"est_faite": True})
        await karim.creer(f"{objet_chemin}/etiquette", {"code": code})
    planche = await karim.fichier(f"/inventory/etiquettes/lots/{lot['id']}/planche")
    assert planche.startswith(b"%PDF-")
    await etat(equipe, demande_id, "livraison_a_prevoir")
    return str(feuille["id"])


async def installer(equipe: Equipe, demande_id: str, feuille_id: str) -> None:
    """The planner gives a day and a technician; he goes, closes, validates."""
    collaborateurs = await equipe.nadia.lire("/contacts/collaborateurs")
    nicolas = next(c["id"] for c in collaborateurs if c["prenom"] == "Nicolas")
    jour = (AUJOURD_HUI + timedelta(days=1)).isoformat()
    intervention = await equipe.nadia.creer(
        "/demandes/interventions",
        {"demande_id": demande_id, "jour": jour, "demi": "matin", "collaborateur_ids": [nicolas]},
    )
    await equipe.nicolas.creer(f"/demandes/interventions/{intervention['id']}/demarrer")
    await equipe.nicolas.creer(f"/demandes/interventions/{intervention['id']}/terminer", {"compte_rendu": "Posé."})
    await equipe.nicolas.creer(f"/inventory/feuilles/{feuille_id}/cloturer")
    await equipe.nicolas.creer(f"/inventory/feuilles/{feuille_id}/valider")
    await etat(equipe, demande_id, "a_facturer")


async def facturer(equipe: Equipe, demande_id: str, numero_devis: str) -> dict[str, Any]:
    """Accounts check the affaire client, issue the invoice, mail it."""
    celine = equipe.celine

    async def prete() -> dict[str, Any]:
        (affaire,) = (await celine.lire("/billing/affaires-client", demande_id=demande_id))["elements"]
        return dict(affaire)

    affaire = await eventually(prete, PATIENCE)
    assert (affaire["total_ht"], affaire["reference"]) == ("650.60", numero_devis)
    facture = await celine.creer(f"/billing/affaires-client/{affaire['id']}/facturer")
    assert re.fullmatch(r"FC-\d{4}-\d{5}", facture["numero"])
    await celine.creer(f"/billing/factures/{facture['id']}/envoyer")
    mail = await courrier(equipe, f"{facture['numero']}.pdf")
    assert mail["a"] == ["compta@exemple.fr"]
    await etat(equipe, demande_id, "facture")
    return dict(facture)


async def maintenir(equipe: Equipe, tiers_id: str, demande_id: str) -> None:
    """The parc, the proposed contract activated, its first recurring invoice and its first due visit."""
    celine = equipe.celine

    async def parc() -> list[dict[str, Any]]:
        objets: list[dict[str, Any]] = (await celine.lire("/maintenance/equipements", tiers_id=tiers_id))["elements"]
        assert len(objets) == 2, f"{len(objets)} objets au parc"
        return objets

    objets = await eventually(parc, PATIENCE)
    assert all(objet["etiquette"] for objet in objets)
    contrat = await celine.creer(
        "/maintenance/contrats",
        {
            "tiers_id": tiers_id,
            "objet": "Maintenance vidéosurveillance",
            "debut": AUJOURD_HUI.replace(day=1).isoformat(),
            "periodicite_mois": 1,
            "visites_par_an": 2,
            "premiere_visite_le": (AUJOURD_HUI + timedelta(days=7)).isoformat(),
            "lignes": [
                {
                    "designation": "Maintenance préventive",
                    "montant_ht": "45",
                    "taux_tva": "20",
                    "equipement_ids": [objet["id"] for objet in objets],
                }
            ],
        },
    )
    await celine.creer(f"/maintenance/contrats/{contrat['id']}/activer")
    await equipe.helene.creer("/maintenance/visites/declencher")

    async def visite() -> dict[str, Any]:
        page = await equipe.nadia.lire("/demandes/demandes", tiers_id=tiers_id, type_code="maintenance")
        (demande,) = page["elements"]
        return dict(demande)

    assert (await eventually(visite, PATIENCE))["etat_code"] == "a_planifier"

    async def campagne() -> dict[str, Any]:
        existantes = await celine.lire("/billing/campagnes")
        assert not existantes
        ouverte = await celine.creer("/billing/campagnes", {"periode": AUJOURD_HUI.strftime("%Y-%m")})
        return dict(ouverte)

    ouverte = await eventually(campagne, PATIENCE)
    assert [ligne["montant_ht"] for ligne in ouverte["lignes"]] == ["45.00"]
    for verbe in ("creer-affaires", "emettre", "envoyer"):
        ouverte = await celine.creer(f"/billing/campagnes/{ouverte['id']}/{verbe}")
    assert ouverte["lignes"][0]["facture_numero"]
    await courrier(equipe, f"{ouverte['lignes'][0]['facture_numero']}.pdf")
    assert (await equipe.claire.lire(f"/demandes/demandes/{demande_id}"))["etat_code"] == "facture"
