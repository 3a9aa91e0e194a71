"""Who may enter the administrative tables: whoever reads invoices. The services check again."""

from typing import Annotated

from gateway.session.dependances import Utilisateur, exiger

Comptable = Annotated[Utilisateur, exiger("facture.lire")]
