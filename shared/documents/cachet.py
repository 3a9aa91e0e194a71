"""The company's electronic seal: what was signed can be checked by any PDF reader, and any later change shows.

The seal is added after the file, never inside: the sealed PDF begins with the very bytes that were sent. The key and
its self-signed certificate are made at first use and kept in one private file, shared by every process.
"""

import asyncio
import os
import tempfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from asn1crypto import keys, pem
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

CHAMP = "Cachet"
VALIDITE = timedelta(days=3650)
BITS = 3072


class Cachet:
    """The seal kept in `fichier`."""

    def __init__(self, fichier: Path) -> None:
        self._fichier = fichier

    async def sceller(self, pdf: bytes, annexe: bytes, *, societe: str, motif: str, le: datetime) -> bytes:
        """`pdf` followed by the pages of `annexe`, sealed in the name of `societe`. Never inside a transaction."""
        return await asyncio.to_thread(self._sceller, pdf, annexe, societe, motif, le)

    def _sceller(self, pdf: bytes, annexe: bytes, societe: str, motif: str, le: datetime) -> bytes:
        ecrit = IncrementalPdfFileWriter(BytesIO(pdf))
        for page in PdfFileReader(BytesIO(annexe)).root["/Pages"]["/Kids"]:
            feuille = page.get_object()
            del feuille["/Parent"]
            ecrit.insert_page(ecrit.import_object(feuille))  # type: ignore[no-untyped-call]
        mention = signers.PdfSignatureMetadata(
            field_name=CHAMP,
            name=societe,
            reason=motif,
            md_algorithm="sha256",
            certify=True,
            docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        )
        sortie = BytesIO()
        signers.sign_pdf(ecrit, mention, signer=self._signataire(societe, le), output=sortie)
        return sortie.getvalue()

    def _signataire(self, societe: str, le: datetime) -> signers.SimpleSigner:
        if not self._fichier.exists():
            self._publier(_tirer(societe, le))
        parties = {nom: der for nom, _entetes, der in pem.unarmor(self._fichier.read_bytes(), multiple=True)}
        return signers.SimpleSigner(
            signing_cert=asn1.Certificate.load(parties["CERTIFICATE"]),
            signing_key=keys.PrivateKeyInfo.load(parties["PRIVATE KEY"]),
            cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
        )

    def _publier(self, contenu: bytes) -> None:
        """The first of several processes wins; the others read what it kept."""
        self._fichier.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._fichier.parent) as brouillon:  # only its owner may read it
            brouillon.write(contenu)
            brouillon.flush()
            os.fsync(brouillon.fileno())
            try:
                os.link(brouillon.name, self._fichier)
            except FileExistsError:
                return


def _tirer(societe: str, le: datetime) -> bytes:
    """A new key and its certificate, in PEM."""
    cle = rsa.generate_private_key(65537, BITS)
    organisation = x509.NameAttribute(NameOID.ORGANIZATION_NAME, societe[:64])
    nom = x509.Name([organisation, x509.NameAttribute(NameOID.COMMON_NAME, f"Cachet {societe}"[:64])])
    debut = le.astimezone(UTC) - timedelta(days=1)
    certificat = (
        x509.CertificateBuilder()
        .subject_name(nom)
        .issuer_name(nom)
        .public_key(cle.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(debut)
        .not_valid_after(debut + VALIDITE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_USAGE, critical=True)
        .sign(cle, hashes.SHA256())
    )
    return cle.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificat.public_bytes(Encoding.PEM)


_USAGE = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)
