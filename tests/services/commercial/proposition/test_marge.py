"""The lowest margin the client may choose: never more than what a search through every choice finds."""

from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from services.commercial.proposition.rules import marge
from services.commercial.proposition.rules.chiffrage import Ligne, ProduitCache, chiffrer_ligne
from shared.kernel.ids import new_id

montants = st.integers(0, 500).map(Decimal)
lignes = st.builds(
    lambda cout, taux, option, variante, cache: Ligne(
        id=new_id(), designation="Ligne", cout_ht=cout, marge=taux, est_option=option, variante=variante,
        produits=(ProduitCache(id=new_id(), produit_id=new_id(), reference="", designation="", quantite=Decimal(1), cout_ht=cache),),
    ),
    montants, st.integers(-50, 200).map(Decimal), st.booleans(), st.sampled_from(["", "", "A", "B"]), montants,
)  # fmt: skip


def _toutes(proposees: list[Ligne]) -> list[Decimal]:
    """The taux of every choice that sells something."""
    groupes: dict[str, list[Ligne | None]] = {}
    for rang, ligne in enumerate(proposees):
        seule: list[Ligne | None] = [None] if ligne.est_option and not ligne.variante else []
        groupes.setdefault(ligne.variante or f"seule-{rang}", seule).append(ligne)
    trouves = []
    for choix in product(*groupes.values()):
        chiffres = [chiffrer_ligne(ligne, "marge") for ligne in choix if ligne and not ligne.est_a_fixer]
        vente = sum((c.total_ht for c in chiffres), Decimal(0))
        cout = sum((max(c.cout_total_ht, c.cout_cache_ht) for c in chiffres), Decimal(0))
        if vente > 0:
            trouves.append((vente - cout) * 100 / vente)
    return trouves


@given(st.lists(lignes, min_size=1, max_size=6), montants.filter(bool))
def test_the_lowest_margin_is_the_lowest_of_every_choice(proposees: list[Ligne], vente: Decimal) -> None:
    ferme = Ligne(id=new_id(), designation="Pose", cout_ht=vente, marge=Decimal(10))
    trouve = marge.plus_basse([ferme, *proposees], "marge")
    assert trouve is not None
    assert abs(trouve - min(_toutes([ferme, *proposees]))) < Decimal("0.0001")


def test_nothing_sold_has_no_margin() -> None:
    assert marge.plus_basse([], "marge") is None
    assert marge.plus_basse([Ligne(id=new_id(), designation="Offert", prix_fixe_ht=Decimal(0))], "marge") is None
