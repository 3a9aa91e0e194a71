"""The official rules of the messages of the life cycle (CDAR), as the pyfrctc package ships them: schema, and those of France (BR-FR-CDV)."""

from functools import cache
from importlib.resources import files
from typing import Any

from lxml import etree
from saxonche import PySaxonProcessor

DOSSIER = files("pyfrctc")
SCHEMA = DOSSIER / "cdar-xsd" / "CrossDomainAcknowledgementAndResponse_100pD22B.xsd"
BR_FR_CDV = DOSSIER / "cdar-schematron" / "BR-FR-CDV-Schematron-CDAR.xslt"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"


@cache
def _schema() -> Any:
    return etree.XMLSchema(etree.parse(str(SCHEMA)))


@cache
def _regles() -> Any:
    processeur = PySaxonProcessor(license=False)
    return processeur, processeur.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(BR_FR_CDV))


def fautes(xml: bytes) -> list[str]:
    """What the schema and the rules refuse of a message, warnings included; nothing when it is right."""
    lu, schema = etree.fromstring(xml), _schema()
    trouvees = [] if schema.validate(lu) else [str(erreur) for erreur in schema.error_log]
    processeur, regles = _regles()
    noeud = processeur.parse_xml(xml_text=etree.tostring(lu, encoding="unicode"))
    rapport = etree.fromstring(regles.transform_to_string(xdm_node=noeud).encode())
    dites = rapport.iter(f"{SVRL}failed-assert")
    return [*trouvees, *(f"{f.get('id')} {' '.join(''.join(f.itertext()).split())}" for f in dites)]
