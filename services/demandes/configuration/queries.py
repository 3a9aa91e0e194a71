"""The whole configuration, to keep it or to carry it to another company."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.demandes.configuration.schemas import Configuration, SaisieDomaine
from services.demandes.tableau.models import Tableau
from services.demandes.tableau.queries import tableaux
from services.demandes.type_demande import queries as types
from services.demandes.type_demande.models import TypeDemande
from services.demandes.type_demande.repository import ENTIER
from services.demandes.type_demande.schemas import Condition, SaisieEtat, SaisieRegle, SaisieType, VueRegle


async def lire(session: AsyncSession) -> Configuration:
    """What is in use, in order; types and boards set aside stay behind."""
    actifs = select(TypeDemande).where(TypeDemande.est_actif).options(*ENTIER).order_by(TypeDemande.ordre)
    montres = select(Tableau).where(Tableau.est_actif).options(tableaux.ENTIER).order_by(Tableau.ordre)
    return Configuration(
        types=[_type(lu) for lu in await session.scalars(actifs)],
        tableaux=[tableaux.vue(lu) for lu in await session.scalars(montres)],
        domaines=[SaisieDomaine(**d.model_dump()) for d in await types.domaines(session)],
    )


def _type(lu: TypeDemande) -> SaisieType:
    vue = types.vue(lu)
    return SaisieType(
        **vue.model_dump(include=SaisieType.model_fields.keys() - {"etats", "regles"}),
        etats=[SaisieEtat.model_validate(e) for e in lu.etats],
        regles=[_regle(r) for r in vue.regles],
    )


def _regle(vue: VueRegle) -> SaisieRegle:
    champ = vue.condition_champ
    condition = Condition(champ=champ, valeur=vue.condition_valeur) if champ else None
    propres = vue.model_dump(exclude={"id", "condition_champ", "condition_valeur"})
    return SaisieRegle(**propres, condition=condition)
