"""Numbers pasted from a spreadsheet: read as the server reads them, never taken for 0, undone and done again as one."""

from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_editeur import ouvrir
from tests.shared.kernel.test_nombre import FAUX, LUS

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(240)]
LIGNES: list[dict[str, Any]] = [
    {"designation": "Baie", "quantite": "3", "cout_ht": "100", "marge": "50"},
    {"genre": "section", "designation": "Prises"},
    {"designation": "Prise RJ45", "quantite": "4", "cout_ht": "10", "marge": "50"},
]


def coller(champ: Locator, texte: str) -> None:
    """What Ctrl+V does with cells copied from a spreadsheet."""
    champ.click()
    champ.evaluate(
        """(champ, texte) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", texte);
        champ.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        texte,
    )


def lues(produit: Produit, chemin: str) -> list[tuple[str, Any, str | None]]:
    return [
        (ligne["designation"], Decimal(ligne["quantite"]), ligne["prix_fixe_ht"])
        for ligne in produit.lire("manon", chemin)["lignes"]
    ]


def devis(produit: Produit, asseoir: Asseoir, lignes: list[dict[str, Any]]) -> tuple[Page, str]:
    chemin = ouvrir(produit, lignes)
    page = asseoir("manon")
    page.goto(f"/devis/propositions/{chemin.rsplit('/', 1)[1]}")
    return page, chemin


def test_l_editeur_lit_les_nombres_comme_le_serveur(produit: Produit, asseoir: Asseoir) -> None:
    page, chemin = devis(produit, asseoir, [{"designation": "Une", "cout_ht": "10", "marge": "50"}])
    coller(page.locator("[data-champ=prix_ht]"), "\n".join(ecrit for ecrit, _ in LUS))
    attendus = [Decimal(attendu) for _, attendu in LUS]
    bientot(lambda: [Decimal(prix or -1) for _, _, prix in lues(produit, chemin)] == attendus)
    expect(page.locator("[aria-invalid=true]")).to_have_count(0)


def test_un_bloc_colle_saute_les_titres_et_garde_ce_qui_n_est_pas_un_nombre(produit: Produit, asseoir: Asseoir) -> None:
    page, chemin = devis(produit, asseoir, LIGNES)
    quantites = page.locator(".qg-ligne [data-champ=quantite]")
    coller(quantites.first, "7\t\t\t1,234.50\nsur demande\t\t\t99,90\n2\t\t\t1 000,00\r\n")
    attendu = [
        ("Baie", Decimal(7), "1234.5000"),
        ("Prises", Decimal(1), None),
        ("Prise RJ45", Decimal(4), "99.9000"),
        ("", Decimal(2), "1000.0000"),
    ]
    bientot(lambda: lues(produit, chemin) == attendu)
    expect(quantites.nth(1)).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-enregistrement]")).to_have_text("1 nombre illisible, non enregistré")
    expect(page.get_by_text("1 cellule n’est pas un nombre")).to_be_visible()
    page.keyboard.press("Control+z")
    bientot(lambda: [q for _, q, _ in lues(produit, chemin)] == [3, 1, 4])
    expect(page.locator("[aria-invalid=true]")).to_have_count(0)
    expect(page.locator("[data-enregistrement]")).to_contain_text("Enregistré à")
    page.keyboard.press("Control+y")
    bientot(lambda: lues(produit, chemin) == attendu)
    expect(quantites.nth(1)).to_have_attribute("aria-invalid", "true")
    quantites.nth(1).fill("6")
    bientot(lambda: [q for _, q, _ in lues(produit, chemin)] == [7, 1, 6, 2])
    expect(page.locator("[data-enregistrement]")).to_contain_text("Enregistré à")


def test_un_bloc_colle_sur_un_titre_fait_des_lignes_dessous(produit: Produit, asseoir: Asseoir) -> None:
    page, chemin = devis(produit, asseoir, LIGNES)
    coller(page.locator(".qg-section [data-champ=designation]"), "Coffret\t2\nBandeau\t5")
    attendu = [("Baie", 3), ("Prises", 1), ("Coffret", 2), ("Bandeau", 5), ("Prise RJ45", 4)]
    bientot(lambda: [(nom, q) for nom, q, _ in lues(produit, chemin)] == attendu)


def test_ce_qui_n_est_pas_un_nombre_n_est_pas_enregistre(produit: Produit, asseoir: Asseoir) -> None:
    page, chemin = devis(produit, asseoir, LIGNES)
    quantite = page.locator(".qg-ligne [data-champ=quantite]").first
    for faux in FAUX:
        quantite.fill(faux)
        expect(quantite).to_have_attribute("aria-invalid", "true")
        expect(page.locator("[data-enregistrement]")).to_have_text("1 nombre illisible, non enregistré")
        quantite.fill("3")
    quantite.fill("trois")
    page.locator(".qg-ligne [data-champ=designation]").first.fill("Baie 42U")
    bientot(lambda: lues(produit, chemin)[0][:2] == ("Baie 42U", 3))
    expect(page.locator("[data-t=total_ht]")).to_have_text("510,00\u00a0€")


def test_la_colonne_des_unites_et_une_cellule_de_plusieurs_lignes_trouvent_leur_place(
    produit: Produit, asseoir: Asseoir
) -> None:
    page, chemin = devis(produit, asseoir, LIGNES[:1])
    colle = 'Câble cat. 6\t1\u202f250,5\tm\t0,85 €\t45 %\r\n"Baie 12U\nPorte ""vitrée""\nSerrure"\t1\tforfait\t1 234,56\t30\r\n'
    coller(page.locator(".qg-ligne [data-champ=designation]").first, colle)
    attendu = [
        ("Câble cat. 6", "", "m", Decimal("1250.5"), Decimal("0.85")),
        ("Baie 12U", 'Porte "vitrée"\nSerrure', "forfait", Decimal(1), Decimal("1234.56")),
    ]
    bientot(lambda: _decrites(produit, chemin) == attendu)
    expect(page.locator(".qg-unite")).to_have_text(["m", "forfait"])
    expect(page.locator("[aria-invalid=true]")).to_have_count(0)
    page.keyboard.press("Control+z")
    bientot(lambda: _decrites(produit, chemin) == [("Baie", "", "u", Decimal(3), Decimal(100))])
    coller(page.locator(".qg-ligne [data-champ=designation]").first, "Pose\th\t2,5\t38\nRaccordement\tu\t4\t12")
    attendu = [("Pose", "", "h", Decimal("2.5"), Decimal(38)), ("Raccordement", "", "u", Decimal(4), Decimal(12))]
    bientot(lambda: _decrites(produit, chemin) == attendu)


def _decrites(produit: Produit, chemin: str) -> list[tuple[str, str, str, Decimal, Decimal]]:
    return [
        (
            ligne["designation"],
            ligne["description"],
            ligne["unite"],
            Decimal(ligne["quantite"]),
            Decimal(ligne["cout_ht"]),
        )
        for ligne in produit.lire("manon", chemin)["lignes"]
    ]
