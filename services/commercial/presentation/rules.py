"""How a devis looks, applied to a paper. Pure. Texts know a few variables and nothing else: they are never a template."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from shared.documents.papier import Papier

VARIABLE = re.compile(r"\{([a-zéè]+)\}", re.IGNORECASE)
SANS_ACCENT = str.maketrans("éè", "ee")
COULEUR = r"^#[0-9a-fA-F]{6}$"


class Colonne(StrEnum):
    """A column of the lines that may be left out."""

    NUMERO = "numero"
    PRIX = "prix"
    REMISE = "remise"
    TVA = "tva"


@dataclass(frozen=True, slots=True, kw_only=True)
class Presentation:
    """What staff chose; empty means as the product prints it. `logo` is a data: URI, `cgv_sha256` the file whose pages follow."""

    couleur: str = ""
    logo: str = ""
    entete: str = ""
    pied: str = ""
    mentions: str = ""
    conditions: str = ""
    sans: frozenset[Colonne] = frozenset()
    cgv_nom: str = ""
    cgv_sha256: str = ""


DEFAUT = Presentation()


def remplacer(texte: str, valeurs: Mapping[str, str]) -> str:
    """`{client}` by what it is here, whatever its accents and capitals; what is no variable stays as it is written."""

    def valeur(trouvee: re.Match[str]) -> str:
        return valeurs.get(trouvee[1].lower().translate(SANS_ACCENT), trouvee[0])

    return VARIABLE.sub(valeur, texte)


def habiller(papier: Papier, presentation: Presentation, valeurs: Mapping[str, str]) -> Papier:
    """The same paper, looking so; its own legal sentences stay, those of the company come after."""
    societe = replace(
        papier.societe,
        couleur=presentation.couleur or papier.societe.couleur,
        logo=presentation.logo or papier.societe.logo,
    )
    ajoutees = [ligne for ligne in remplacer(presentation.mentions, valeurs).splitlines() if ligne.strip()]
    if presentation.cgv_sha256:
        ajoutees.append(
            f"Nos conditions générales de vente, à la suite de ce document (« {presentation.cgv_nom} », empreinte "
            f"{presentation.cgv_sha256[:16]}), font partie de cette offre."
        )
    return replace(
        papier,
        societe=societe,
        entete=remplacer(presentation.entete, valeurs),
        pied=remplacer(presentation.pied, valeurs),
        sans=frozenset(colonne.value for colonne in presentation.sans),
        mentions=(*papier.mentions, *ajoutees),
    )
