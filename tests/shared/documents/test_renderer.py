"""Printing: same bytes for the same document, deaf to files and network, alive after a crash."""

import asyncio
import dataclasses
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdf
import pytest

from shared.documents.confidentiel import DonneeConfidentielle
from shared.documents.errors import CaracteresNonImprimables, DocumentTropLong, ImpressionImpossible
from shared.documents.gabarit import Page
from shared.documents.papier import Ligne, Papier
from shared.documents.renderer import Renderer
from tests.shared.documents.conftest import GABARITS
from tests.shared.documents.exemples import un_client, un_devis, une_facture
from tests.shared.documents.lecture import plat, textes


async def imprimer(renderer: Renderer, papier: Papier, template: str = "facture.html") -> bytes:
    return await renderer.pdf(template=template, donnees={"papier": papier}, dossier=GABARITS)


async def test_meme_document_memes_octets(renderer: Renderer) -> None:
    premier, second = await imprimer(renderer, une_facture(12)), await imprimer(renderer, une_facture(12))
    async with Renderer() as autre:
        ailleurs = await imprimer(autre, une_facture(12))
    assert premier == second == ailleurs
    assert premier != await imprimer(renderer, une_facture(11))


async def test_dates_et_titre_du_document(renderer: Renderer) -> None:
    with pikepdf.open(BytesIO(await imprimer(renderer, une_facture(1)))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Facture FC-2026-1180"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261130")
        assert str(pdf.Root["/Lang"]) == "fr"


async def test_numero_et_pagination_sur_chaque_page(renderer: Renderer) -> None:
    pages = textes(await imprimer(renderer, un_devis(60), "devis.html"))
    assert len(pages) >= 4
    for rang, texte in enumerate(pages, start=1):
        assert f"Page {rang} / {len(pages)}" in plat(texte)
        assert "DEV-2026-0412" in texte
        assert "SIRET 732 829 320 00074" in plat(texte)
        assert "Désignation" in texte or "Bon pour accord" in texte


async def test_tout_ce_qui_doit_etre_lu(renderer: Renderer) -> None:
    facture = une_facture(12)
    texte = plat(" ".join(textes(await imprimer(renderer, facture))))
    assert facture.totaux is not None
    for attendu in (
        "Facture",
        "FC-2026-1180",
        "30 novembre 2026",
        "Cabinet dentaire Martin-Lefèvre",
        "552 100 554",
        "Tresserve",
        "RCS Chambéry 732 829 320",
        "TVA FR44732829320",
        "Enregistreur NVR 16 voies PoE, 2 × 8 To",
        "TVA 10 %",
        "TVA 20 %",
        "7 152,87 €",
        "8 568,44 €",
        "−2 570,53 €",
        "5 997,91 €",
        "indemnité forfaitaire pour frais de recouvrement de 40 €",
        "FR76 3000 6000 0112 3456 7890 189",
    ):
        assert attendu in texte, attendu


async def test_colonnes_absentes_quand_elles_sont_vides(renderer: Renderer) -> None:
    lignes = (Ligne(designation="Switch", quantite=Decimal(2)),)
    bon = dataclasses.replace(une_facture(1), genre="Bon de livraison", lignes=lignes, totaux=None, deductions=())
    texte = " ".join(textes(await imprimer(renderer, bon)))
    assert "Switch" in texte
    for absent in ("PU HT", "Remise", "Total HT", "Net à payer"):
        assert absent not in texte


async def test_valeurs_echappees(renderer: Renderer) -> None:
    hostile = "<b>A</b> & \"B\" 'C' <script>alert(1)</script>"
    papier = dataclasses.replace(un_devis(1), objet=hostile, destinataire=dataclasses.replace(un_client(), nom=hostile))
    assert hostile in plat(textes(await imprimer(renderer, papier))[0])


@pytest.mark.parametrize(
    "nom", ["cout_ht", "marge", "prix_achat_ht", "produits_caches", "taux_marque", "lignes_cachees"]
)
async def test_cout_et_produit_cache_n_entrent_pas(renderer: Renderer, nom: str) -> None:
    with pytest.raises(DonneeConfidentielle, match=nom):
        await renderer.pdf(
            template="facture.html", donnees={"papier": une_facture(1), "x": [{nom: 1}]}, dossier=GABARITS
        )


def test_aucun_champ_du_papier_ne_porte_un_cout() -> None:
    noms = {champ.name for classe in (Papier, Ligne) for champ in dataclasses.fields(classe)}
    assert not [nom for nom in noms if any(mot in nom for mot in ("cout", "marge", "achat", "cache"))]


async def test_caractere_sans_dessin_refuse(renderer: Renderer) -> None:
    chinois = dataclasses.replace(une_facture(1), destinataire=dataclasses.replace(un_client(), nom="漢字 😀"))
    with pytest.raises(CaracteresNonImprimables, match="漢"):
        await imprimer(renderer, chinois)


async def test_ni_fichier_ni_reseau(renderer: Renderer, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mot de passe")
    visites = 0

    async def compter(_lecteur: asyncio.StreamReader, ecrivain: asyncio.StreamWriter) -> None:
        nonlocal visites
        visites += 1
        ecrivain.close()

    serveur = await asyncio.start_server(compter, "127.0.0.1", 0)
    adresse = f"http://127.0.0.1:{serveur.sockets[0].getsockname()[1]}/x"
    appels = "".join(
        f'<img src="{cible}"><a rel="attachment" href="{cible}">x</a><link rel="stylesheet" href="{cible}">'
        f'<link rel="attachment" href="{cible}"><object data="{cible}"></object>'
        f'<div style="background:url({cible})">x</div><svg width="9" height="9"><image href="{cible}"/></svg>'
        for cible in (secret.as_uri(), adresse, f"ftp{adresse[4:]}")
    )
    async with serveur:
        pdf = await renderer.imprimer(Page(f"<html><body>{appels}<p>fini</p></body></html>", ()))
    with pikepdf.open(BytesIO(pdf)) as lu:
        assert len(lu.attachments) == 0
    assert visites == 0
    assert b"mot de passe" not in pdf
    assert "fini" in textes(pdf)[0]


async def test_renaissance_apres_un_arret_brutal() -> None:
    async with Renderer() as seul:
        await imprimer(seul, une_facture(1))
        seul._libres[0]._processus.kill()
        assert (await imprimer(seul, une_facture(1))).startswith(b"%PDF-")


async def test_recyclage_et_plusieurs_a_la_fois() -> None:
    async with Renderer(2, recyclage=1) as deux:
        pdfs = await asyncio.gather(*(imprimer(deux, une_facture(1)) for _ in range(3)))
        assert deux._libres == []
    assert len(set(pdfs)) == 1


async def test_document_trop_long_refuse_et_processus_arrete() -> None:
    async with Renderer(delai=0.01) as presse:
        with pytest.raises(DocumentTropLong, match="secondes"):
            await imprimer(presse, une_facture(1))
        assert presse._libres == []


async def test_page_impossible_refusee_puis_suite(renderer: Renderer) -> None:
    with pytest.raises(ImpressionImpossible, match="RecursionError"):
        await renderer.imprimer(Page("<div>" * 3000, ()))
    assert (await imprimer(renderer, une_facture(1))).startswith(b"%PDF-")


async def test_formulaire_remplissable(renderer: Renderer) -> None:
    html = (
        '<html><body><form><input name="eq_1_compteur" value="12"><input name="ro_visite" value="abc">'
        '<select name="eq_1_etat"><option value="ok">En service</option></select>'
        '<textarea name="eq_1_remarque"></textarea><input type="checkbox" name="eq_1_sav"></form></body></html>'
    )
    pdf = await renderer.imprimer(Page(html, ("input,select,textarea{appearance:auto}",)), formulaire=True)
    with pikepdf.open(BytesIO(pdf)) as lu:
        formulaire = lu.Root["/AcroForm"]
        assert {"/Helv", "/ZaDb"} <= set(formulaire["/DR"]["/Font"].keys())
        champs = {str(champ["/T"]): champ for champ in formulaire["/Fields"]}
    assert int(champs["ro_visite"]["/Ff"]) & 1
    assert not int(champs["eq_1_compteur"].get("/Ff", 0)) & 1
    rempli = pypdf.PdfWriter(clone_from=BytesIO(pdf))
    rempli.update_page_form_field_values(rempli.pages[0], {"eq_1_compteur": "345 é"})
    sortie = BytesIO()
    rempli.write(sortie)
    lus = pypdf.PdfReader(BytesIO(sortie.getvalue())).get_fields() or {}
    assert lus["eq_1_compteur"]["/V"] == "345 é"


async def test_titre_de_section_jamais_seul_en_bas_de_page(renderer: Renderer) -> None:
    for nombre in (9, 10, 11, 24, 40):
        for texte in textes(await imprimer(renderer, un_devis(nombre), "devis.html")):
            corps = [plat(ligne) for ligne in texte.split("Alpes Réseaux, SAS")[0].splitlines() if ligne.strip()]
            assert not corps[-1].startswith(("Vidéosurveillance", "Wi-Fi et réseau", "Main-d’œuvre"))
