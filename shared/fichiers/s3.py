"""Bytes kept in a store that speaks S3: the same files, whatever machine a process runs on."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

import urllib3
from minio import Minio
from minio.error import MinioException, S3Error

from shared.fichiers.errors import FichierAltere, FichierIntrouvable, StockageInjoignable
from shared.fichiers.noms import nom_propre
from shared.fichiers.reception import MEBI, Fichier, recevoir
from shared.fichiers.stockage import TAILLE_MAXIMALE, empreinte, rang
from shared.fichiers.types import ACCEPTES

ABSENT = frozenset({"NoSuchKey", "NoSuchObject", "404"})
INCONNU = "application/octet-stream"  # what a backup put back: readers are told the type by the service that owns it
EN_MEMOIRE = MEBI  # what is larger waits on the disk of the machine
DELAIS = urllib3.Timeout(connect=5, read=30)
ESSAIS = urllib3.Retry(total=2, backoff_factor=0.2, status_forcelist=[500, 502, 503, 504])


@dataclass(frozen=True, slots=True)
class ReglagesS3:
    """Where the store is, as `host:port`, and who we are there. The bucket exists."""

    hote: str
    compartiment: str
    cle: str
    secret: str
    region: str = ""
    tls: bool = True


class StockageS3:
    """Objects of one bucket, named by hash. An object is there whole or not at all: the store sees to it."""

    def __init__(
        self, reglages: ReglagesS3, *, taille_maximale: int = TAILLE_MAXIMALE, types_acceptes: frozenset[str] = ACCEPTES
    ) -> None:
        self._compartiment = reglages.compartiment
        self._taille_maximale, self._types = taille_maximale, types_acceptes
        self._client = Minio(
            endpoint=reglages.hote,
            access_key=reglages.cle,
            secret_key=reglages.secret,
            region=reglages.region or None,
            secure=reglages.tls,
            http_client=urllib3.PoolManager(timeout=DELAIS, retries=ESSAIS, maxsize=16),
        )

    async def poser(
        self, contenu: bytes | AsyncIterable[bytes], nom: str, type: str = "", *, maximum: int | None = None
    ) -> Fichier:
        """Store `contenu`, bytes or a stream read piece by piece; StockageInjoignable when the store does not answer."""
        nom, limite = nom_propre(nom), maximum or self._taille_maximale
        with tempfile.SpooledTemporaryFile(EN_MEMOIRE) as brouillon:
            fichier = await recevoir(contenu, nom, type, brouillon, limite, self._types)
            await asyncio.to_thread(
                self._deposer, cast(BinaryIO, brouillon), fichier.sha256, fichier.taille, fichier.type
            )
        return fichier

    async def remettre(self, sha256: str, contenu: IO[bytes]) -> None:
        """Send `contenu` under its hash, once it is sure that it is the same."""
        with tempfile.SpooledTemporaryFile(EN_MEMOIRE) as brouillon:
            await asyncio.to_thread(shutil.copyfileobj, contenu, brouillon, MEBI)
            taille = brouillon.tell()
            if await asyncio.to_thread(empreinte, cast(IO[bytes], brouillon)) != sha256:
                raise FichierAltere()
            await asyncio.to_thread(self._deposer, cast(BinaryIO, brouillon), sha256, taille, INCONNU)

    async def effacer(self, sha256: str) -> None:
        """Remove the object; a store that keeps versions forgets them by its own rules."""
        await asyncio.to_thread(self._retirer, sha256)

    async def lister(self) -> AsyncIterator[str]:
        """The names of the objects."""
        for nom in await asyncio.to_thread(self._noms):
            yield nom

    async def lire(self, sha256: str) -> bytes:
        """The bytes of a file, checked against its hash."""
        with await self.ouvrir(sha256) as fichier:
            return await asyncio.to_thread(fichier.read)

    async def ouvrir(self, sha256: str) -> IO[bytes]:
        """A copy of the file, checked against its hash, at its beginning."""
        copie = await asyncio.to_thread(self._copier, sha256)
        if await asyncio.to_thread(empreinte, copie) != sha256:
            copie.close()
            raise FichierAltere()
        return copie

    async def existe(self, sha256: str) -> bool:
        """Whether the object is there."""
        return await asyncio.to_thread(self._existe, sha256)

    def _noms(self) -> list[str]:
        with _injoignable():
            objets = self._client.list_objects(bucket_name=self._compartiment, recursive=True)
            return [str(objet.object_name).rpartition("/")[2] for objet in objets]

    def _deposer(self, brouillon: BinaryIO, sha256: str, taille: int, type: str) -> None:
        brouillon.seek(0)  # sent even when it is there: an object that was damaged is whole again
        with _injoignable():
            self._client.put_object(
                bucket_name=self._compartiment,
                object_name=rang(sha256),
                data=brouillon,
                length=taille,
                content_type=type,
            )

    def _retirer(self, sha256: str) -> None:
        with _injoignable():
            self._client.remove_object(bucket_name=self._compartiment, object_name=rang(sha256))

    def _copier(self, sha256: str) -> IO[bytes]:
        copie: IO[bytes] = tempfile.SpooledTemporaryFile(EN_MEMOIRE)  # noqa: SIM115  who asked closes it
        try:
            with _injoignable():
                reponse = self._client.get_object(bucket_name=self._compartiment, object_name=rang(sha256))
                try:
                    for morceau in reponse.stream(MEBI):
                        copie.write(morceau)
                finally:
                    reponse.close()
                    reponse.release_conn()
        except BaseException:
            copie.close()
            raise
        copie.seek(0)
        return copie

    def _existe(self, sha256: str) -> bool:
        try:
            with _injoignable():
                self._client.stat_object(bucket_name=self._compartiment, object_name=rang(sha256))
        except FichierIntrouvable:
            return False
        return True


@contextmanager
def _injoignable() -> Iterator[None]:
    """What the store says, in our words."""
    try:
        yield
    except S3Error as erreur:
        if erreur.code in ABSENT:
            raise FichierIntrouvable() from None
        raise StockageInjoignable() from erreur
    except (MinioException, urllib3.exceptions.HTTPError, OSError) as erreur:
        raise StockageInjoignable() from erreur
