"""What colleagues of the demo company told each other yesterday: who follows what, who was named, what waits to be read."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import select

from deploy.demo import demandes
from deploy.demo.ventes import Geste, Monde
from services.demandes.demande.models import Demande

UN_JOUR = timedelta(days=1)
# who follows, and which of the latest open demandes
ABONNES = (("helene", 0), ("nadia", 0), ("karim", 1), ("nicolas", 1), ("claire", 2), ("admin", 2), ("sonia", 3))
# who writes, in which of the latest open demandes, what
NOTES = (
    ("claire", 0, "@Manon le client demande un passage avant jeudi, @Helene est prévenue."),
    ("manon", 0, "Devis prêt à relire. @Julien tu connais le site, un avis sur la baie ?"),
    ("julien", 1, "@Thomas le délai du commutateur bloque le chantier, un autre fournisseur ?"),
    ("thomas", 1, "Reçu lundi au plus tard. @Sonia à mettre de côté, @Karim c’est pour ta préparation."),
    ("karim", 2, "@Nadia prêt à partir, deux techniciens une demi-journée."),
    ("nadia", 2, "Planifié. @Nicolas et @Antoine, les clés sont à l’accueil."),
    ("antoine", 3, "Posé. @Celine le client veut la facture au nom du siège."),
    ("helene", 3, "@Claire merci de rappeler le client pour la satisfaction. @Admin ouvrir un accès à l’intérimaire."),
)


def pas(monde: Monde, maintenant: datetime) -> Iterator[tuple[datetime, Geste]]:
    """Each of them with its instant of yesterday: following first, then one note every half hour."""
    hier = (maintenant - timedelta(days=1)).replace(hour=8, minute=30)
    yield hier, partial(_suivre, monde, hier - UN_JOUR)
    for rang, (auteur, place, texte) in enumerate(NOTES, start=1):
        yield hier + timedelta(minutes=30 * rang), partial(_noter, monde, hier - UN_JOUR, auteur, place, texte)


async def _suivre(monde: Monde, avant: datetime) -> None:
    dernieres = await _dernieres(monde, avant)
    for qui, place in ABONNES:
        await demandes.suivre(monde.platform.database("demandes"), monde.gens[qui], dernieres[place])


async def _noter(monde: Monde, avant: datetime, auteur: str, place: int, texte: str) -> None:
    dernieres = await _dernieres(monde, avant)
    await demandes.dire(monde.platform.database("demandes"), monde.gens[auteur], dernieres[place], texte)


async def _dernieres(monde: Monde, avant: datetime) -> list[UUID]:
    """The four sales in progress that began most recently before then: the same ones for everybody."""
    en_cours = (Demande.type_code == "commercial", Demande.est_close.is_(False), Demande.cree_le < avant)
    requete = select(Demande.id).where(*en_cours)
    async with monde.platform.database("demandes").read() as session:
        return list(await session.scalars(requete.order_by(Demande.cree_le.desc(), Demande.id).limit(4)))
