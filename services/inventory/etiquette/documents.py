"""The sheet of a batch of labels."""

from collections.abc import Sequence

from services.inventory.etiquette import rules
from services.inventory.etiquette.schemas import Impression
from shared.documents.etiquettes import Etiquette, planche, sur_mesure
from shared.documents.gabarit import Page

LARGEUR_TITRE = 34


def composer(
    lignes: Sequence[tuple[str, str | None, str | None, str | None]],
    *,
    public_url: str,
    societe: str,
    telephone: str,
    impression: Impression,
) -> Page:
    """The pages of a batch: the object's name when the label is bound, else the company's; the code under the QR."""
    etiquettes = [
        Etiquette(
            adresse=rules.adresse(public_url, code),
            titre=(designation or societe)[:LARGEUR_TITRE],
            code=rules.lisible(code),
            detail=_detail(impression, reference, serie, telephone),
        )
        for code, reference, serie, designation in lignes
    ]
    libre = impression.format == "libre"
    papier = sur_mesure(impression.largeur, impression.hauteur) if libre else impression.format
    return planche(etiquettes, papier, depart=impression.depart)


def _detail(impression: Impression, reference: str | None, serie: str | None, telephone: str) -> str:
    """What stands under the code; a label still on its roll says whom to call."""
    if impression.detail == "rien":
        return ""
    if reference is None or impression.detail == "telephone":
        return telephone
    return f"N° {serie}" if serie and impression.detail == "serie" else reference
