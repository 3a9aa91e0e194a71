"""What the demo company does in purchasing: negociations, orders, receptions. Plain steps, always the same way."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import count
from uuid import UUID

from sqlalchemy import select

from services.purchasing.achats.queries import besoins
from services.purchasing.achats.queries.besoins import Demandeur
from services.purchasing.achats.schemas import GroupeBesoin
from services.purchasing.commande.schemas import SaisieCommande
from services.purchasing.commande.use_cases import passage as commandes
from services.purchasing.negociation import use_cases as negociations
from services.purchasing.negociation.models import Negociation, PartNegociation
from services.purchasing.negociation.rules import Avancement, EtatNegociation
from services.purchasing.negociation.schemas import SaisieNegociation, SaisiePart
from services.purchasing.reception.models import LigneReception, Reception
from services.purchasing.reception.schemas import SaisieQuantite, SaisieReception, SaisieSeries, SaisieValidation
from services.purchasing.reception.use_cases import lignes, ouverture, validation
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris

_serie = count(1001)
AVANCEMENTS = (Avancement.DEVIS_RECU, Avancement.PANIER, Avancement.MAIL, Avancement.TELEPHONE)
REMISE_CONCURRENT = Decimal("1.06")


async def negocier(database: Database, actor: Actor, demande_id: UUID, *, concurrence: bool = True) -> list[UUID]:
    """Ask the usual supplier of each product the demande misses; one product in three is also asked elsewhere."""
    async with database.read() as session:
        liste = await besoins.lister(
            session,
            demandeur=Demandeur(demande_id, True),
            q=None,
            filtre="tous",
            produit_id=None,
            limite=200,
            curseur=None,
        )
    ouvertes = []
    async with database.transaction(actor) as tx:
        for rang, groupe in enumerate(g for g in liste.elements if g.net_demande > 0 and g.fournisseurs):
            ouvertes.append(await _demander(tx, groupe, rang, 0))
            if concurrence and rang % 3 == 0 and len(groupe.fournisseurs) > 1:
                await _demander(tx, groupe, rang + 2, 1)
    return ouvertes


async def _demander(tx: Transaction, groupe: GroupeBesoin, rang: int, choix: int) -> UUID:
    fournisseur = groupe.fournisseurs[choix]
    prix = fournisseur.prix_ht if fournisseur.prix_ht is not None else groupe.prix_achat_ht or Decimal(10)
    saisie = SaisieNegociation(
        produit_id=groupe.produit_id,
        fournisseur_id=fournisseur.fournisseur_id,
        prix_ht=(prix * REMISE_CONCURRENT if choix else prix).quantize(Decimal("0.01")),
        avancement=AVANCEMENTS[rang % len(AVANCEMENTS)],
        delai_jours=3 + rang % 9,
        besoins=[SaisiePart(besoin_id=b.id, quantite=b.net) for b in groupe.besoins if b.est_demandee and b.net > 0],
    )
    return (await negociations.ouvrir(tx, saisie)).id


async def commander(
    database: Database,
    actor: Actor,
    negociation_ids: Sequence[UUID],
    *,
    delai_jours: int = 7,
    frais_ht: Decimal = Decimal("18.00"),
    agence_id: UUID | None = None,
) -> list[UUID]:
    """One order per supplier, from these negociations."""
    async with database.read() as session:
        requete = select(Negociation.fournisseur_id, Negociation.id).where(Negociation.id.in_(negociation_ids))
        par_fournisseur: dict[UUID, list[UUID]] = {}
        for fournisseur_id, negociation_id in await session.execute(requete.order_by(Negociation.id)):
            par_fournisseur.setdefault(fournisseur_id, []).append(negociation_id)
    passees = []
    async with database.transaction(actor) as tx:
        for rang, (fournisseur_id, ids) in enumerate(par_fournisseur.items()):
            saisie = SaisieCommande(
                fournisseur_id=fournisseur_id,
                negociation_ids=ids,
                numero_fournisseur=f"PO-{jour_paris(tx.now):%y%m%d}-{rang + 1}",
                livraison_prevue=jour_paris(tx.now) + timedelta(days=delai_jours),
                frais_ht=frais_ht,
                agence_id=agence_id or actor.agence_id,
            )
            passees.append((await commandes.passer(tx, saisie)).id)
    return passees


async def fermer_concurrentes(database: Database, actor: Actor, demande_id: UUID) -> None:
    """Once ordered, the offers that were not chosen are closed."""
    for negociation_id in await negociations_de(database, demande_id):
        async with database.transaction(actor) as tx:
            await negociations.passer(tx, negociation_id, EtatNegociation.FERMEE, None)


async def negociations_de(database: Database, demande_id: UUID) -> list[UUID]:
    """The open negociations of a demande."""
    requete = (
        select(Negociation.id)
        .join(PartNegociation, PartNegociation.negociation_id == Negociation.id)
        .where(PartNegociation.demande_id == demande_id, Negociation.etat == EtatNegociation.OUVERTE)
        .order_by(Negociation.id)
    )
    async with database.read() as session:
        return list(dict.fromkeys(await session.scalars(requete)))


async def receptionner(
    database: Database, actor: Actor, commande_id: UUID, *, facture: str, lignes_au_plus: int | None = None
) -> UUID:
    """Receive an order with its invoice, or only its first lines when the delivery is incomplete."""
    async with database.transaction(actor) as tx:
        reception = await ouverture.ouvrir(tx, SaisieReception(commande_ids=[commande_id]))
        attendues = list(reception.lignes)[:lignes_au_plus]
        for ligne in attendues:
            await _compter(tx, reception, ligne)
    async with database.transaction(actor) as tx:
        saisie = SaisieValidation(
            facture_fournisseur=facture, date_facture=jour_paris(tx.now), bon_livraison=f"BL-{reception.numero[-5:]}"
        )
        await validation.valider(tx, reception.id, saisie)
    return reception.id


async def _compter(tx: Transaction, reception: Reception, ligne: LigneReception) -> None:
    """Everything expected of a line, with a serial number per object when the product wants them."""
    if ligne.politique_serie == "obligatoire":
        numeros = [f"{ligne.reference[:4]}{next(_serie):07d}" for _ in range(int(ligne.attendue))]
        await lignes.poser_series(tx, reception.id, ligne.id, SaisieSeries(numeros=numeros))
    else:
        await lignes.saisir(tx, reception.id, ligne.id, SaisieQuantite(quantite=ligne.attendue))
