"""What whoever sends a devis should read again: nothing here holds it. Pure."""

from collections.abc import Iterable, Sequence

from services.commercial.presentation.rules import VARIABLE
from services.commercial.proposition.rules.chiffrage import Ligne

CITEES = 3
# CGI, annexe II, 242 nonies A: the number of the client is printed when the tax is his to pay.
AVEC_NUMERO = {"intracom": "Vente intracommunautaire", "autoliquidation": "Autoliquidation"}


def a_relire(textes: Iterable[str], lignes: Sequence[Ligne], *, regime_tva: str, tva_intracom: str) -> list[str]:
    """Sentences in French. A variable typed in a devis is printed as it is: only models replace them."""
    lus = [*textes, *(mot for ligne in lignes for mot in (ligne.designation, ligne.description))]
    dits = [_variables(list(dict.fromkeys(trouvee[0] for lu in lus for trouvee in VARIABLE.finditer(lu))))]
    if regime_tva in AVEC_NUMERO and not tva_intracom:
        dits.append(
            f"{AVEC_NUMERO[regime_tva]} : le numéro de TVA du client manque, il est obligatoire. "
            "Ajoutez-le à sa fiche, ou changez le régime de TVA du devis."
        )
    return [dit for dit in dits if dit]


def _variables(trouvees: list[str]) -> str:
    if not trouvees:
        return ""
    cites = ", ".join(trouvees[:CITEES]) + ("…" if len(trouvees) > CITEES else "")
    return f"{cites} : imprimé tel quel, seuls les modèles remplacent ces mots. Écrivez ce que le client doit lire."
