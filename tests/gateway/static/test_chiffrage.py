"""The browser and the server find the same cents: 2 000 random lines, six VAT rates, both conventions."""

import json
import random
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from deploy import frontend
from services.commercial.proposition.rules.chiffrage import ChiffresLigne, Convention, Ligne, chiffrer_ligne
from shared.kernel.money import totaux

CONVENTIONS: tuple[Convention, ...] = ("marge", "marque")


def une_ligne(hasard: random.Random, convention: Convention) -> dict[str, Any]:
    def entre(a: int, b: int, decimales: int) -> str:
        return str(Decimal(hasard.randint(a, b)).scaleb(-decimales))

    return {
        "quantite": entre(-5_000, 99_999_999, 3),
        "cout": entre(0, 99_999_999, 4),
        "marge": hasard.choice(["0", entre(-9_000, 9_900 if convention == "marque" else 20_000, 2)]),
        "prix_fixe": hasard.choice([None, entre(-9_999_999, 9_999_999, 2)]),
        "remise": hasard.choice(["0", "5", "12.5", "33.33", "100"]),
        "taux": hasard.choice(["20", "10", "8.5", "5.5", "2.1", "0"]),
        "deee": hasard.choice(["0", entre(0, 999_999, 4)]),
        "copie": hasard.choice(["0", entre(0, 9_999, 2)]),
        "convention": convention,
    }


def attendu(ligne: dict[str, Any]) -> ChiffresLigne:
    return chiffrer_ligne(
        Ligne(
            id=UUID(int=1),
            designation="Essai",
            quantite=Decimal(ligne["quantite"]),
            cout_ht=Decimal(ligne["cout"]),
            marge=Decimal(ligne["marge"]),
            prix_fixe_ht=None if ligne["prix_fixe"] is None else Decimal(ligne["prix_fixe"]),
            remise=Decimal(ligne["remise"]),
            deee_ht=Decimal(ligne["deee"]),
            copie_privee_ht=Decimal(ligne["copie"]),
        ),
        ligne["convention"],
    )


def en_texte(c: ChiffresLigne) -> list[str]:
    """As the browser writes them: millionths of a euro, then cents."""
    prix = "null" if c.prix_ht is None else str(int(c.prix_ht.scaleb(6)))
    return [prix, str(int(c.total_ht * 100)), str(int(c.cout_total_ht * 100))]


def test_le_navigateur_compte_comme_le_serveur(tmp_path: Path) -> None:
    frontend.build()
    hasard = random.Random(20261123)
    lignes = [une_ligne(hasard, CONVENTIONS[i % 2]) for i in range(2000)]
    rendu = json.loads(frontend.executer(Path(__file__).with_name("chiffrage.ts"), tmp_path, json.dumps(lignes)))
    attendues = [attendu(ligne) for ligne in lignes]
    assert rendu["lignes"] == [en_texte(c) for c in attendues]
    assert any(c.est_a_fixer for c in attendues)
    ventes = [(c.total_ht, Decimal(ligne["taux"])) for ligne, c in zip(lignes, attendues, strict=True)]
    groupes = {g.taux: g.montant_tva for g in totaux(ventes).groupes}
    assert {Decimal(t).quantize(Decimal("0.01")): Decimal(m) / 100 for t, m in rendu["tva"]} == groupes
