"""One-time codes (RFC 6238, by pyotp) and recovery codes. Pure computation."""

import hmac
import secrets
from datetime import datetime

import pyotp
import segno

from shared.settings import Settings

PAS = 30
TOLERANCE = 1  # a step before or after: clocks of phones drift
CODES = 10
LETTRES = "abcdefghjkmnpqrstuvwxyz23456789"


def nouveau_secret() -> str:
    """What the phone and the gateway share."""
    return pyotp.random_base32()


def adresse(secret: str, identifiant: str, societe: str) -> str:
    """The otpauth:// address an application reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=identifiant, issuer_name=societe)


def image(adresse_: str) -> str:
    """Its QR code, as the address of an SVG image."""
    return str(segno.make(adresse_, error="m").svg_data_uri(scale=5, border=3, dark="#14262b", light="#ffffff"))


def pas_du_code(secret: str, code: str, maintenant: datetime) -> int | None:
    """The thirty-second step a code belongs to, or None. A step used once must not be used again."""
    propre = "".join(code.split())
    totp, courant = pyotp.TOTP(secret), int(maintenant.timestamp()) // PAS
    for pas in range(courant - TOLERANCE, courant + TOLERANCE + 1):
        if hmac.compare_digest(totp.generate_otp(pas).encode(), propre.encode()):
            return pas
    return None


def codes_de_secours() -> list[str]:
    """Ten codes to print and keep: "abcd-efgh"."""
    mots = ["".join(secrets.choice(LETTRES) for _ in range(8)) for _ in range(CODES)]
    return [f"{mot[:4]}-{mot[4:]}" for mot in mots]


def empreinte_de_secours(settings: Settings, code: str) -> str:
    """What is kept of a recovery code: useless without the secret of the installation."""
    propre = "".join(c for c in code.lower() if c.isalnum())
    cle = settings.session_secret.get_secret_value().encode()
    return hmac.new(cle, b"secours:" + propre.encode(), "sha256").hexdigest()
