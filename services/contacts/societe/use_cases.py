"""What staff can cause to the company's file."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from services.contacts.societe.models import AgenceSociete, Societe
from services.contacts.societe.schemas import SaisieSociete
from services.contacts.tiers import rules
from shared.database.transaction import Transaction


async def enregistrer(tx: Transaction, saisie: SaisieSociete, version: int | None) -> Societe:
    """Write the company's file, created the first time; agencies are matched by their code."""
    requete = select(Societe).options(selectinload(Societe.agences)).with_for_update(of=Societe)
    societe = (await tx.scalars(requete)).one_or_none()
    if societe is None:
        societe = Societe(agences=[])
        tx.add(societe)
    else:
        await tx.expect_version(societe, version)
    for champ, valeur in saisie.model_dump(mode="json", exclude={"agences", "acompte_pourcent"}).items():
        setattr(societe, champ, valeur)
    societe.acompte_pourcent = saisie.acompte_pourcent
    societe.siren, societe.siret = rules.siren(saisie.siren) or "", rules.siret(saisie.siret) or ""
    societe.tva_intracom, societe.iban = rules.tva_intracom(saisie.tva_intracom) or "", rules.iban(saisie.iban)
    connues = {agence.code: agence for agence in societe.agences}
    societe.agences = [_agence(connues.get(a.code), a.model_dump(mode="json", exclude={"id"})) for a in saisie.agences]
    tx.touch(societe)
    tx.publish(societe.annoncer())
    return societe


def _agence(connue: AgenceSociete | None, valeurs: dict[str, object]) -> AgenceSociete:
    agence = connue or AgenceSociete()
    for champ, valeur in valeurs.items():
        setattr(agence, champ, valeur)
    return agence
