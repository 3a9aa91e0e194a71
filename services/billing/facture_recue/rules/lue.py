"""An invoice as read, in the words of the standard (BT-n, EN 16931), whatever syntax it came in."""

from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from shared.kernel.text import normaliser_recherche

# UNTDID 1001, those of the French rules: credit notes, of an invoice, of a deposit, self-billed, factored.
AVOIRS = frozenset({"381", "261", "262", "396", "502", "503"})


class Lu(BaseModel):
    """A part of what was read: it never changes."""

    model_config = ConfigDict(frozen=True)


class Partie(Lu):
    """A party: its name (BT-27), SIREN (BT-30), VAT number (BT-31), address, and where it is written to by platforms (BT-34,
    with its scheme); empty when not said.
    """

    nom: str
    siren: str = ""
    tva: str = ""
    lignes: tuple[str, ...] = ()
    code_postal: str = ""
    ville: str = ""
    pays: str = ""
    electronique: str = ""
    electronique_schema: str = ""

    @property
    def identifiants(self) -> list[str]:
        """What it may be known by, the surest first; the SIREN of a French VAT number is its end."""
        return identifiants(self.siren, self.tva)

    @property
    def cle(self) -> str:
        """What tells it from other suppliers: SIREN, VAT number, or name when it says neither."""
        return next(iter(self.identifiants), normaliser_recherche(self.nom))


class LigneFacture(Lu):
    """A line (BG-25). `prix_ht` is net of its discounts, without its charges, which `total_ht` (BT-131) includes."""

    designation: str
    references: tuple[str, ...] = ()
    quantite: Decimal
    prix_ht: Decimal
    total_ht: Decimal


class GroupeTva(Lu):
    """A rate and what it bears on (BG-23)."""

    taux: Decimal
    base_ht: Decimal
    montant_tva: Decimal


class FactureLue(Lu):
    """The whole invoice; amounts in euros. `remises_ht` and `charges_ht` are those of the whole (BT-107, BT-108).

    A credit note says positive amounts, and which invoice it corrects (`corrige`, BT-25).
    """

    syntaxe: str
    genre: str
    numero: str
    date_facture: date
    echeance: date | None = None
    devise: str
    commande: str = ""
    corrige: str = ""
    vendeur: Partie
    acheteur: Partie
    lignes: tuple[LigneFacture, ...]
    groupes: tuple[GroupeTva, ...]
    lignes_ht: Decimal
    remises_ht: Decimal = Decimal(0)
    charges_ht: Decimal = Decimal(0)
    total_ht: Decimal
    total_tva: Decimal
    total_ttc: Decimal

    @property
    def est_avoir(self) -> bool:
        """A credit note, whatever it credits."""
        return self.genre in AVOIRS


def identifiants(siren: str | None, tva: str | None) -> list[str]:
    """SIREN, else the one a French VAT number ends with, and the VAT number itself."""
    numero_tva = "".join((tva or "").split()).upper()
    deduit = numero_tva[4:] if numero_tva.startswith("FR") and len(numero_tva) == 13 else ""
    return [connu for connu in ("".join((siren or "").split()) or deduit, numero_tva) if connu]
