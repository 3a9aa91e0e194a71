"""The sheet of a batch of labels."""

from collections.abc import Sequence

from services.inventory.etiquette import rules
from shared.documents.etiquettes import Etiquette, planche
from shared.documents.gabarit import Page

LARGEUR_TITRE = 34


def composer(
    lignes: Sequence[tuple[str, str | None, str | None, str | None]],
    *,
    public_url: str,
    societe: str,
    telephone: str,
    format: str,
    depart: int,
) -> Page:
    """The pages of a batch: the object's name when the label is bound, else the company's; the code under the QR."""
    etiquettes = [
        Etiquette(
            adresse=rules.adresse(public_url, code),
            titre=(designation or societe)[:LARGEUR_TITRE],
            code=rules.lisible(code),
            detail=(f"N° {serie}" if serie else reference) or telephone,
        )
        for code, reference, serie, designation in lignes
    ]
    return planche(etiquettes, format, depart=depart)
