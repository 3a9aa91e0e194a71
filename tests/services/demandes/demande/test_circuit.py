"""The circuit of a sale: facts of the other services move the demande, by rules that are data."""

from itertools import permutations

import pytest

from shared.contracts.demandes import EtatChange
from tests.builders import demandes as b
from tests.builders.demandes import Monde


@pytest.mark.feature("DM-08")
async def test_une_demande_commerciale_nait_en_devis_a_realiser(monde: Monde) -> None:
    demande = await monde.ouvrir()
    assert demande["etat_code"] == "devis_a_realiser"
    assert demande["numero"] == "D-0001"
    assert demande["tiers_nom"] == "Cabinet Martin-Lefèvre"


async def test_le_circuit_entier_suit_les_faits(monde: Monde) -> None:
    demande = await monde.ouvrir()
    etapes = (
        (b.etude_creee(demande), "devis_a_realiser"),
        (b.devis_envoye(demande), "attente_client"),
        (b.devis_valide(demande), "devis_valide"),
        (b.feuille_creee(demande), "devis_valide"),
        (b.negociation_ouverte(demande), "achats_en_cours"),
        (b.negociation_ouverte(demande), "achats_en_cours"),
        (b.commande_passee(demande), "achats_en_cours"),
        (b.besoins_commandes(demande), "attente_reception"),
        (b.feuille_approvisionnee(demande, reste=2), "produits_recus_partiel"),
        (b.feuille_approvisionnee(demande), "produits_recus"),
        (b.feuille_prete(demande), "livraison_a_prevoir"),
        (b.feuille_validee(demande), "a_facturer"),
        (b.facture_envoyee(demande), "facture"),
    )
    for fait, attendu in etapes:
        await monde.recevoir(fait)
        assert await monde.etat(demande) == attendu, fait.type
    assert (await monde.lire(demande))["est_close"]


async def test_un_acompte_envoye_ne_ferme_pas_la_demande(monde: Monde) -> None:
    demande = await monde.ouvrir()
    await monde.recevoir(b.devis_valide(demande), b.feuille_validee(demande))
    await monde.recevoir(b.facture_envoyee(demande, est_definitive=False))
    assert await monde.etat(demande) == "a_facturer"
    await monde.recevoir(b.facture_envoyee(demande))
    assert await monde.etat(demande) == "facture"


async def test_tout_en_stock_passe_droit_en_preparation(monde: Monde) -> None:
    demande = await monde.ouvrir()
    await monde.recevoir(b.devis_valide(demande), b.feuille_creee(demande, tout_en_stock=True))
    assert await monde.etat(demande) == "preparation"


@pytest.mark.parametrize("ordre", list(permutations(range(3))))
async def test_un_fait_tardif_ne_fait_jamais_reculer(monde: Monde, ordre: tuple[int, ...]) -> None:
    demande = await monde.ouvrir()
    faits = (b.devis_envoye(demande), b.devis_valide(demande), b.feuille_creee(demande, tout_en_stock=True))
    await monde.recevoir(*(faits[rang] for rang in ordre))
    assert await monde.etat(demande) == "preparation"


async def test_un_fait_recu_deux_fois_ne_fait_rien_de_plus(monde: Monde) -> None:
    demande = await monde.ouvrir()
    envoi = b.enveloppe(b.devis_envoye(demande))
    await monde.recevoir(envoi, envoi)
    assert len(await b.faits(monde.database, EtatChange)) == 1
    recit = (await monde.http.get(f"/demandes/{demande['id']}/chronologie")).json()
    assert [m["genre"] for m in recit] == ["passage", "fait", "creation"]


async def test_une_negociation_commune_fait_avancer_chaque_demande(monde: Monde) -> None:
    une, autre = await monde.ouvrir(), await monde.ouvrir()
    await monde.recevoir(b.devis_valide(une), b.devis_valide(autre), b.negociation_ouverte(une, autre))
    assert [await monde.etat(une), await monde.etat(autre)] == ["achats_en_cours"] * 2


async def test_chaque_passage_automatique_dit_sa_regle_son_fait_et_son_auteur(monde: Monde) -> None:
    demande = await monde.ouvrir()
    envoi = b.enveloppe(b.devis_envoye(demande), par="Julien Perrin")
    await monde.recevoir(envoi)
    recit = (await monde.http.get(f"/demandes/{demande['id']}/chronologie")).json()
    passage = next(m for m in recit if m["genre"] == "passage")
    assert passage["regle"] == "Devis envoyé au client"
    assert passage["parce_que"] == "le devis DEV-2026-00042 a été envoyé à contact@client.fr"
    assert passage["fait_type"] == "commercial.devis_envoye.v1"
    assert passage["par_nom"] == "Julien Perrin"
    (annonce,) = await b.faits(monde.database, EtatChange)
    assert (annonce.de, annonce.vers, annonce.est_automatique) == ("devis_a_realiser", "attente_client", True)


async def test_le_refus_du_client_propose_perdu_et_attend_une_decision(monde: Monde) -> None:
    demande = await monde.ouvrir()
    await monde.recevoir(b.devis_envoye(demande), b.devis_refuse(demande, du_client=False))
    assert (await monde.lire(demande))["proposition"] is None
    await monde.recevoir(b.devis_refuse(demande))
    lue = await monde.lire(demande)
    assert lue["etat_code"] == "attente_client"
    assert lue["proposition"]["vers"] == "perdu"
    reponse = await monde.http.post(f"/demandes/{demande['id']}/appliquer-proposition")
    assert reponse.json()["etat_code"] == "perdu"
    assert (await monde.http.post(f"/demandes/{demande['id']}/appliquer-proposition")).status_code == 409


async def test_une_proposition_ecartee_laisse_la_demande_ou_elle_est(monde: Monde) -> None:
    demande = await monde.ouvrir()
    await monde.recevoir(b.devis_refuse(demande))
    reponse = await monde.http.post(f"/demandes/{demande['id']}/ignorer-proposition")
    assert reponse.json()["proposition"] is None
    assert reponse.json()["etat_code"] == "devis_a_realiser"


async def test_une_regle_inactive_ne_fait_rien(monde: Monde) -> None:
    demande = await monde.ouvrir()
    genre = (await monde.http.get("/types-demande/commercial")).json()
    regle = next(r for r in genre["regles"] if r["fait_type"] == "commercial.devis_envoye.v1")
    change = await monde.http.put(f"/types-demande/commercial/regles/{regle['id']}", json={"mode": "inactif"})
    assert change.status_code == 200
    await monde.recevoir(b.devis_envoye(demande))
    assert await monde.etat(demande) == "devis_a_realiser"


async def test_un_fait_d_une_demande_inconnue_est_ignore(monde: Monde) -> None:
    from shared.kernel.ids import new_id

    await monde.recevoir(b.devis_envoye({"id": str(new_id())}))


async def test_le_montant_suit_les_devis(monde: Monde) -> None:
    demande = await monde.ouvrir()
    un, deux = b.devis_envoye(demande, "1200.00"), b.devis_envoye(demande, "900.00")
    await monde.recevoir(un, b.enveloppe(deux, le=b.MATIN.replace(hour=15)))
    assert (await monde.lire(demande))["montant_ht"] == "900.00"
    await monde.recevoir(b.devis_valide(demande, "1200.00", un.proposition_id))
    assert (await monde.lire(demande))["montant_ht"] == "1200.00"


async def test_les_liens_vieux_n_ecrasent_pas_les_recents(monde: Monde) -> None:
    demande = await monde.ouvrir()
    envoi = b.devis_envoye(demande)
    valide = b.devis_valide(demande, proposition=envoi.proposition_id)
    await monde.recevoir(b.enveloppe(valide, seq=9_000_002), b.enveloppe(envoi, seq=9_000_001))
    (lien,) = (await monde.lire(demande))["liens"]
    assert (lien["etat"], lien["etat_libelle"]) == ("valide", "Signé")


async def test_le_montant_des_achats_est_cache_sans_le_droit(monde: Monde) -> None:
    demande = await monde.ouvrir()
    await monde.recevoir(b.commande_passee(demande))
    (lien,) = (await monde.lire(demande))["liens"]
    assert lien["montant"] == "640.00"
