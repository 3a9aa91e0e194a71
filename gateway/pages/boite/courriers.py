"""Reads the mails the demo's SMTP server kept."""

import json
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from shared.kernel.refusals import NotFound


class CourrierInconnu(NotFound):
    """Ce courrier n’est pas dans la boîte locale."""


def lister(dossier: Path, limite: int = 200) -> list[dict[str, Any]]:
    """The latest mails, newest first."""
    index = dossier / "index.jsonl"
    if not index.exists():
        return []
    lignes = index.read_text(encoding="utf-8").splitlines()[-limite:]
    return [json.loads(ligne) for ligne in reversed(lignes)]


def lire(dossier: Path, fichier: str) -> EmailMessage:
    """One mail by the name of its file."""
    connus = {courrier["fichier"] for courrier in lister(dossier, 100_000)}
    if fichier not in connus:
        raise CourrierInconnu
    message = message_from_bytes((dossier / fichier).read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def texte(message: EmailMessage) -> str:
    """The plain text of a mail."""
    corps = message.get_body(preferencelist=("plain",))
    return str(corps.get_content()) if corps is not None else ""


def piece(message: EmailMessage, rang: int) -> tuple[str, str, bytes]:
    """Name, type and content of an attachment."""
    pieces = list(message.iter_attachments())
    if rang >= len(pieces):
        raise CourrierInconnu
    jointe = pieces[rang]
    return jointe.get_filename() or "piece", jointe.get_content_type(), bytes(jointe.get_payload(decode=True) or b"")
