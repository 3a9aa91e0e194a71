"""The words of a model that become those of the devis it is laid down in. Pure."""

import re
from collections.abc import Mapping

VARIABLE = re.compile(r"\{([a-zéè]+)\}", re.IGNORECASE)
SANS_ACCENT = str.maketrans("éè", "ee")


def remplacer(texte: str, valeurs: Mapping[str, str]) -> str:
    """`{client}` by what it is here, whatever its accents and capitals; what is no variable stays as it is written."""

    def valeur(trouvee: re.Match[str]) -> str:
        return valeurs.get(trouvee[1].lower().translate(SANS_ACCENT), trouvee[0])

    return VARIABLE.sub(valeur, texte)
