"""Numbers as the API gives them: always the same decimals, whether the row was just written or read back."""

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator

MILLIEME, DIX_MILLIEME, CENTIME = Decimal("0.001"), Decimal("0.0001"), Decimal("0.01")


def _a(pas: Decimal) -> AfterValidator:
    return AfterValidator(lambda valeur: valeur.quantize(pas))


VueQuantite = Annotated[Decimal, _a(MILLIEME)]
VuePrix = Annotated[Decimal, _a(DIX_MILLIEME)]
VueMontant = Annotated[Decimal, _a(CENTIME)]
