"""The browser and the server find the same cents: 2 000 random lines, six VAT rates, both conventions."""

import json
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

from deploy import frontend
from services.commercial.proposition.rules.chiffrage import Convention, prix_calcule
from shared.kernel.money import ZERO, arrondi, contributions_ht, total_ligne_ht, totaux

CONVENTIONS: tuple[Convention, ...] = ("marge", "marque")


def une_ligne(hasard: random.Random, convention: Convention) -> dict[str, Any]:
    def entre(a: int, b: int, decimales: int) -> str:
        return str(Decimal(hasard.randint(a, b)).scaleb(-decimales))

    return {
        "quantite": entre(-5_000, 99_999_999, 3),
        "cout": entre(0, 99_999_999, 4),
        "marge": entre(-9_000, 9_900 if convention == "marque" else 20_000, 2),
        "prix_fixe": hasard.choice([None, entre(-9_999_999, 9_999_999, 2)]),
        "remise": hasard.choice(["0", "5", "12.5", "33.33", "100"]),
        "taux": hasard.choice(["20", "10", "8.5", "5.5", "2.1", "0"]),
        "deee": hasard.choice(["0", entre(0, 999_999, 4)]),
        "copie": hasard.choice(["0", entre(0, 9_999, 2)]),
        "convention": convention,
    }


def attendu(ligne: dict[str, Any]) -> tuple[Decimal, Decimal, Decimal]:
    quantite, cout = Decimal(ligne["quantite"]), Decimal(ligne["cout"])
    fixe = ligne["prix_fixe"]
    prix = Decimal(fixe) if fixe is not None else prix_calcule(cout, Decimal(ligne["marge"]), ligne["convention"])
    signe = -1 if prix < 0 else 1
    contributions = contributions_ht(quantite, signe * Decimal(ligne["deee"]), signe * Decimal(ligne["copie"]))
    total = total_ligne_ht(quantite, prix, Decimal(ligne["remise"])) + sum(contributions, ZERO)
    return prix, total, arrondi(quantite * cout)


def test_le_navigateur_compte_comme_le_serveur(tmp_path: Path) -> None:
    frontend.build()
    hasard = random.Random(20261123)
    lignes = [une_ligne(hasard, CONVENTIONS[i % 2]) for i in range(2000)]
    rendu = json.loads(frontend.executer(Path(__file__).with_name("chiffrage.ts"), tmp_path, json.dumps(lignes)))
    attendues = [attendu(ligne) for ligne in lignes]
    assert rendu["lignes"] == [[str(int(p.scaleb(6))), str(int(t * 100)), str(int(c * 100))] for p, t, c in attendues]
    ventes = [(t, Decimal(ligne["taux"])) for ligne, (_, t, _) in zip(lignes, attendues, strict=True)]
    groupes = {g.taux: g.montant_tva for g in totaux(ventes).groupes}
    assert {Decimal(t).quantize(Decimal("0.01")): Decimal(m) / 100 for t, m in rendu["tva"]} == groupes
