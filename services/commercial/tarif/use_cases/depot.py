"""Quoting products of the catalogue at the price agreed: a line each, or for a kit a line by part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from services.commercial.copies import queries as copies
from services.commercial.copies.models import CopieProduit
from services.commercial.proposition import repository
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.schemas.saisies import SaisieLigne, SaisieProduitCache
from services.commercial.proposition.use_cases import caches, edition
from services.commercial.tarif import queries, rules
from services.commercial.tarif.rules import Presentation, PrixRetenu
from services.commercial.tarif.schemas import SaisieDepuisProduit, VueComposant, VuePrixARevoir, VuePrixRetenu
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.kernel.money import ZERO, arrondi

DIX_MILLIEMES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Vente:
    """A product in its quantity, at the price of a unit; `parts` are those of a kit, for the whole quantity."""

    produit: CopieProduit
    quantite: Decimal
    retenu: PrixRetenu
    parts: tuple["Vente", ...] = ()

    @property
    def prix_ht(self) -> Decimal | None:
        """The price agreed; a kit without one sells at that of its parts, none if one of them has none."""
        prix = [part.retenu.prix_ht for part in self.parts]
        if self.retenu.prix_ht is not None or not prix or None in prix:
            return self.retenu.prix_ht
        return self.par_unite([p or ZERO for p in prix]).quantize(Decimal("0.01"))

    def par_unite(self, valeurs: Sequence[Decimal]) -> Decimal:
        """What one kit holds of what each of its parts has by unit."""
        tout = sum((part.quantite * valeur for part, valeur in zip(self.parts, valeurs, strict=True)), ZERO)
        return (tout / self.quantite).quantize(DIX_MILLIEMES)


async def deposer(
    tx: Transaction, proposition_id: UUID, saisie: SaisieDepuisProduit, version: int | None
) -> Proposition:
    """A line that sells a product at the price agreed with this client, and needs it; a kit may be a line by part."""
    vente = await prix_de(tx, proposition_id, saisie)
    lignes = en_lignes(vente, saisie.presentation)
    return await edition.ajouter_lignes(tx, proposition_id, lignes, version, par=Actor.systeme(tx.actor.nom))


async def prix_de(tx: Transaction, proposition_id: UUID, saisie: SaisieDepuisProduit) -> Vente:
    """The product, and the price a proposition asks for that quantity today."""
    proposition = await repository.get(tx.session, proposition_id)
    (vente,) = await ventes(tx, proposition, [(saisie.produit_id, saisie.quantite)])
    return vente


async def a_revoir(tx: Transaction, proposition_id: UUID) -> list[VuePrixARevoir]:
    """The lines whose quantity now gives their article another price than the one they took; never a price typed."""
    proposition = await repository.get(tx.session, proposition_id)
    suivies = [(ligne, ligne.produit_id) for ligne in proposition.lignes if ligne.produit_id and ligne.suit_le_tarif]
    connus = await copies.produits(tx.session, [id_ for _, id_ in suivies])
    suivies = [(ligne, id_) for ligne, id_ in suivies if ligne.quantite > 0 and id_ in connus]
    vendus = await ventes(tx, proposition, [(id_, ligne.quantite) for ligne, id_ in suivies])
    return [
        VuePrixARevoir(ligne_id=ligne.id, **en_vue(vente).model_dump(exclude={"composants"}))
        for (ligne, _), vente in zip(suivies, vendus, strict=True)
        if vente.prix_ht is not None and vente.prix_ht != ligne.prix_fixe_ht
    ]


def en_vue(vente: Vente) -> VuePrixRetenu:
    """The price, where it comes from, and what a kit is made of."""
    retenu = vente.retenu
    return VuePrixRetenu(
        prix_ht=vente.prix_ht,
        origine=retenu.origine,
        libelle=retenu.libelle,
        quantite_min=retenu.quantite_min,
        est_somme=bool(vente.parts) and retenu.prix_ht is None,
        composants=[
            VueComposant(designation=p.produit.designation, quantite=p.quantite, unite=p.produit.unite)
            for p in vente.parts
        ],
    )


async def ventes(tx: Transaction, proposition: Proposition, voulus: Sequence[tuple[UUID, Decimal]]) -> list[Vente]:
    """Each product and its parts at today's prices for this client: one statement for all prices."""
    connus = await caches.catalogue(tx, (id_ for id_, _ in voulus))
    demandes = [(connus[id_], quantite, _parts(connus[id_], quantite, connus)) for id_, quantite in voulus]
    prix = iter(
        await queries.retenus(
            tx.session,
            [couple for produit, quantite, parts in demandes for couple in ((produit, quantite), *parts)],
            tiers_id=proposition.tiers_id,
            affaire_id=proposition.affaire_id,
            jour=jour_paris(tx.now),
        )
    )
    return [
        Vente(produit, quantite, next(prix), tuple(Vente(part, combien, next(prix)) for part, combien in parts))
        for produit, quantite, parts in demandes
    ]


def _parts(
    produit: CopieProduit, quantite: Decimal, connus: Mapping[UUID, CopieProduit]
) -> list[tuple[CopieProduit, Decimal]]:
    return [(connus[UUID(c["produit_id"])], quantite * Decimal(c["quantite"])) for c in produit.composants]


def en_lignes(vente: Vente, presentation: Presentation) -> list[SaisieLigne]:
    """The lines that sell it: one, or for a kit shown by its parts one each, which sum to the price of the kit."""
    if not vente.parts or presentation is Presentation.LIGNE:
        return [_ligne(vente)]
    lignes = [_ligne(part) for part in vente.parts]
    if vente.retenu.prix_ht is None:
        return lignes
    poids = [(part.quantite, part.retenu.prix_ht or ZERO) for part in vente.parts]
    prix = rules.partager(arrondi(vente.retenu.prix_ht * vente.quantite), poids)
    libre = {"produit_id": None, "prix_convenu_ht": None}  # a share of the kit is no price of the part
    return [ligne.model_copy(update={"prix_fixe_ht": p, **libre}) for ligne, p in zip(lignes, prix, strict=True)]


def _ligne(vente: Vente) -> SaisieLigne:
    """A line that sells it at its price, and needs it: the parts of a kit are what is bought."""
    produit = vente.produit
    bornes = {nom: getattr(produit, nom) for nom in ("deee_ht", "copie_privee_ht")}
    cout_ht = produit.prix_achat_ht
    if vente.parts:
        cout_ht = vente.par_unite([part.produit.prix_achat_ht for part in vente.parts])
        bornes = {nom: vente.par_unite([getattr(part.produit, nom) for part in vente.parts]) for nom in bornes}
    return SaisieLigne(
        designation=produit.designation[:300],
        description=produit.description[:5000],
        quantite=vente.quantite,
        unite=produit.unite[:20],
        cout_ht=cout_ht,
        prix_fixe_ht=vente.prix_ht,
        produit_id=produit.produit_id,
        prix_convenu_ht=vente.prix_ht,
        taux_tva=produit.taux_tva,
        nature="service" if produit.nature == "service" else "bien",
        maintenance_souhaitee=produit.maintenance_requise or any(p.produit.maintenance_requise for p in vente.parts),
        produits=[SaisieProduitCache(produit_id=produit.produit_id, quantite=vente.quantite)],
        **bornes,
    )
