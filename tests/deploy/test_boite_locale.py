"""The demo's post office speaks real SMTP and keeps what it is given."""

from email.message import EmailMessage
from pathlib import Path

import aiosmtplib

from deploy.boite_locale import open_boite


async def test_a_mail_is_kept_with_its_accents_and_attachment(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "Claire <claire@amanela.example>"
    message["To"] = "client@exemple.fr"
    message["Subject"] = "Votre devis été 2026"
    message.set_content("Bonjour,\nVoici le devis.")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="DEV-2026-00001.pdf")
    async with open_boite(tmp_path) as (boite, port):
        await aiosmtplib.send(message, hostname="127.0.0.1", port=port, start_tls=False)
        kept = boite.messages()
    assert len(kept) == 1
    assert kept[0]["objet"] == "Votre devis été 2026"
    assert kept[0]["a"] == ["client@exemple.fr"]
    assert kept[0]["pieces"] == ["DEV-2026-00001.pdf"]
    assert b"%PDF" not in (tmp_path / kept[0]["fichier"]).read_bytes()
    assert b"JVBERi0xLjc" in (tmp_path / kept[0]["fichier"]).read_bytes()


async def test_nothing_received_is_an_empty_box(tmp_path: Path) -> None:
    async with open_boite(tmp_path) as (boite, _):
        assert boite.messages() == []
