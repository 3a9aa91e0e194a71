"""The files of an object over HTTP: sent as raw bytes, read piece by piece into the storage, shown or saved."""

import mimetypes
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.orm import InstrumentedAttribute

from shared.contracts.base import Fact
from shared.database.transaction import Transaction
from shared.fichiers.errors import ContenuTrompeur, FichierTropGros, FichierVide, TypeRefuse
from shared.fichiers.noms import a_enregistrer, a_montrer
from shared.fichiers.reception import Fichier
from shared.fichiers.types import ACCEPTES, AFFICHABLES, nommer
from shared.fichiers_joints import queries, use_cases
from shared.fichiers_joints.errors import ApercuImpossible, FichierInconnu
from shared.fichiers_joints.models import FichierJoint
from shared.fichiers_joints.queries import Colonne
from shared.fichiers_joints.schemas import FichierDetaille, FichierDuTiers, FichierEfface, VueFichier
from shared.kernel.refusals import NotFound
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import CurrentActor, may
from shared.web.doors import Db
from shared.web.journal import COUTS
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

OCTETS: Any = {"requestBody": {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}}
Nom = Annotated[str, Query(min_length=1, max_length=500)]


@dataclass(frozen=True, slots=True)
class Rattachement:
    """The kind of object that owns files, and who may read and attach them.

    `objets` is its plural in addresses; `verrouiller` locks one object, or raises `inconnu`. `types`: those it takes; `a_joint`
    is told each file attached, once, in its transaction; `avant_retrait` may refuse that one is taken off. `change` gives
    the fact that says the files of an object changed. `couts`: its files show what we pay, so that « couts.voir » is
    needed besides.
    """

    objets: str
    modele: type[FichierJoint]
    lire: str
    joindre: str
    verrouiller: Callable[[Transaction, UUID], Awaitable[Any]]
    inconnu: type[NotFound]
    types: frozenset[str] = ACCEPTES
    a_joint: Callable[[Transaction, FichierJoint], Awaitable[None]] | None = None
    avant_retrait: Callable[[Transaction, FichierJoint], Awaitable[None]] | None = None
    change: Callable[[Any], Fact] | None = None
    couts: bool = False

    def droits(self, permission: str) -> list[Any]:
        """What a door that needs `permission` depends on."""
        return [may(permission), may(COUTS)] if self.couts else [may(permission)]

    def routes(self) -> APIRouter:
        """The addresses of the files of these objects."""
        return _Fichiers(self).routes()


@dataclass(frozen=True, slots=True)
class DeTiers:
    """How the files of every object of a tiers are found: its tiers, its number and its subject."""

    rattachement: Rattachement
    tiers: InstrumentedAttribute[Any]
    numero: Colonne
    objet: Colonne

    def routes(self) -> APIRouter:
        """The address of the list."""
        router = new_router("fichiers")
        droits = self.rattachement.droits(self.rattachement.lire)
        router.add_api_route(f"/fichiers-{self.rattachement.objets}", self.lister, methods=["GET"], dependencies=droits)
        return router

    async def lister(
        self, tiers_id: UUID, db: Db, limite: Limite = 50, curseur: Curseur = None
    ) -> Page[FichierDuTiers]:
        """The files attached to these objects of a tiers, the latest first."""
        modele, noms = self.rattachement.modele, (self.numero, self.objet)
        async with db.read() as session:
            return await queries.du_tiers(session, modele, self.tiers, noms, tiers_id, limite=limite, curseur=curseur)


class _Fichiers:
    """The doors of the files of one kind of object."""

    def __init__(self, de: Rattachement) -> None:
        self._de = de

    def routes(self) -> APIRouter:
        router, base = new_router("fichiers"), f"/{self._de.objets}/{{proprietaire_id}}/fichiers"
        lire, joindre = self._de.droits(self._de.lire), self._de.droits(self._de.joindre)
        un, inconnu = base + "/{fichier_id}", refusals(FichierInconnu)
        refus = refusals(self._de.inconnu, FichierTropGros, FichierVide, TypeRefuse, ContenuTrompeur)
        router.get(base, dependencies=lire)(self.lister)
        router.get(un, dependencies=lire, responses=inconnu)(self.detailler)
        router.put(un, dependencies=joindre, responses=refus, openapi_extra=OCTETS)(self.deposer)
        router.delete(un, status_code=204, dependencies=joindre, responses=inconnu)(self.retirer)
        router.post(un + "/remettre", status_code=204, dependencies=joindre, responses=inconnu)(self.remettre)
        router.post(un + "/effacer", dependencies=[may("rgpd.anonymiser")], responses=inconnu)(self.effacer)
        router.get(un + "/contenu", dependencies=lire, responses=inconnu)(self.contenu)
        router.get(un + "/apercu", dependencies=lire, responses=refusals(FichierInconnu, ApercuImpossible))(self.apercu)
        return router

    async def lister(
        self, proprietaire_id: UUID, db: Db, limite: Limite = 50, curseur: Curseur = None
    ) -> Page[VueFichier]:
        """The present edition of each file, the latest attached first."""
        async with db.read() as session:
            return await queries.lister(session, self._de.modele, proprietaire_id, limite=limite, curseur=curseur)

    async def detailler(self, proprietaire_id: UUID, fichier_id: UUID, db: Db) -> FichierDetaille:
        """An edition of a file, with all those of its name."""
        async with db.read() as session:
            return await queries.detailler(session, self._de.modele, proprietaire_id, fichier_id)

    async def deposer(
        self, proprietaire_id: UUID, fichier_id: UUID, nom: Nom, request: Request, db: Db, actor: CurrentActor
    ) -> VueFichier:
        """Attach the bytes of the body; the sender draws the id, so that a repeated sending attaches once.

        A name that is already there gives a new edition of that file.
        """
        pose = await recevoir(request, nom, self._de.types)
        async with db.transaction(actor) as tx:
            objet = await self._de.verrouiller(tx, proprietaire_id)
            fichier = await use_cases.joindre(tx, self._de.modele, proprietaire_id, fichier_id, pose)
            if fichier in tx.session.new:
                self._dire(tx, objet)
                if self._de.a_joint is not None:
                    await self._de.a_joint(tx, fichier)
        return VueFichier.model_validate(fichier)

    async def retirer(self, proprietaire_id: UUID, fichier_id: UUID, db: Db, actor: CurrentActor) -> None:
        """Take an edition off; the one before it comes back."""
        async with db.transaction(actor) as tx:
            objet = await self._de.verrouiller(tx, proprietaire_id)
            await use_cases.retirer(tx, self._de.modele, proprietaire_id, fichier_id, self._de.avant_retrait)
            self._dire(tx, objet)

    async def remettre(self, proprietaire_id: UUID, fichier_id: UUID, db: Db, actor: CurrentActor) -> None:
        """Put back what was taken off."""
        async with db.transaction(actor) as tx:
            objet = await self._de.verrouiller(tx, proprietaire_id)
            await use_cases.remettre(tx, self._de.modele, proprietaire_id, fichier_id)
            self._dire(tx, objet)

    async def effacer(self, proprietaire_id: UUID, fichier_id: UUID, db: Db, actor: CurrentActor) -> FichierEfface:
        """Forget a file that tells of a person, in all its editions; it cannot be undone."""
        async with db.transaction(actor) as tx:
            objet = await self._de.verrouiller(tx, proprietaire_id)
            empreintes = await use_cases.effacer(tx, self._de.modele, proprietaire_id, fichier_id)
            self._dire(tx, objet)
        return FichierEfface(empreintes=empreintes)

    def _dire(self, tx: Transaction, objet: Any) -> None:
        if self._de.change is not None:
            tx.publish(self._de.change(objet))

    async def contenu(self, proprietaire_id: UUID, fichier_id: UUID, request: Request, db: Db) -> Response:
        """The file to save: never shown by the browser in our name."""
        fichier = await self._un(proprietaire_id, fichier_id, db)
        octets = await _means(request).stockage.lire(fichier.sha256)
        return Response(octets, media_type=fichier.type, headers=a_enregistrer(fichier.nom))

    async def apercu(self, proprietaire_id: UUID, fichier_id: UUID, request: Request, db: Db) -> Response:
        """An image or a PDF, to show."""
        fichier = await self._un(proprietaire_id, fichier_id, db)
        if fichier.type not in AFFICHABLES:
            raise ApercuImpossible(nom=fichier.nom)
        octets = await _means(request).stockage.lire(fichier.sha256)
        return Response(octets, media_type=fichier.type, headers=a_montrer(fichier.nom))

    async def _un(self, proprietaire_id: UUID, fichier_id: UUID, db: Db) -> FichierJoint:
        async with db.read() as session:
            return await queries.un(session, self._de.modele, proprietaire_id, fichier_id)


async def recevoir(request: Request, nom: str, types: frozenset[str]) -> Fichier:
    """The bytes of the body, stored; TypeRefuse when they are none of `types`."""
    pose = await _means(request).stockage.poser(request.stream(), nom, _declare(request, nom))
    if pose.type not in types:
        raise TypeRefuse(nom=pose.nom, types=nommer(types))
    return pose


def _means(request: Request) -> Means:
    means: Means = request.app.state.means
    return means


def _declare(request: Request, nom: str) -> str:
    """The type the sender says, else the one its name says."""
    declare = request.headers.get("content-type", "")
    if declare not in ("", "application/octet-stream"):
        return declare
    devine = mimetypes.guess_type(nom)[0]
    return devine if devine in ACCEPTES and devine is not None else ""
