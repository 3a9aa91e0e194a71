"""The invoice that machines read: PDF/A-3b, one XML, declared once, deterministic."""

from io import BytesIO
from xml.etree import ElementTree

import pikepdf

from shared.documents.renderer import Renderer
from tests.shared.documents.conftest import GABARITS
from tests.shared.documents.exemples import une_facture
from tests.shared.documents.lecture import syntaxe

XML = "<?xml version='1.0' encoding='UTF-8'?>\n<rsm:CrossIndustryInvoice xmlns:rsm='x'>é €</rsm:CrossIndustryInvoice>".encode()
FX = "{urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDFAID = "{http://www.aiim.org/pdfa/ns/id/}"


async def une_facture_x(renderer: Renderer) -> bytes:
    return await renderer.pdf(
        template="facture.html", donnees={"papier": une_facture(5)}, dossier=GABARITS, facturx=XML
    )


async def test_un_seul_xml_identique_et_declare_une_fois(renderer: Renderer) -> None:
    with pikepdf.open(BytesIO(await une_facture_x(renderer))) as pdf:
        assert list(pdf.attachments) == ["factur-x.xml"]
        assert pdf.attachments["factur-x.xml"].get_file().read_bytes() == XML
        (piece,) = pdf.Root["/AF"]
        assert piece["/AFRelationship"] == "/Data"
        assert piece["/EF"]["/F"]["/Subtype"] in ("/text/xml", "/application/xml")


async def test_metadonnees_dans_un_seul_rdf(renderer: Renderer) -> None:
    with pikepdf.open(BytesIO(await une_facture_x(renderer))) as pdf:
        xmp = ElementTree.fromstring(pdf.Root["/Metadata"].read_bytes())
    assert len(list(xmp.iter(f"{RDF}RDF"))) == 1
    assert [element.text for element in xmp.iter(f"{FX}ConformanceLevel")] == ["EN 16931"]
    assert [element.text for element in xmp.iter(f"{FX}DocumentFileName")] == ["factur-x.xml"]
    (partie,) = [e for e in xmp.iter(f"{RDF}Description") if f"{PDFAID}part" in e.attrib]
    assert (partie.get(f"{PDFAID}part"), partie.get(f"{PDFAID}conformance")) == ("3", "B")


async def test_structure_attendue_d_une_archive(renderer: Renderer) -> None:
    octets = await une_facture_x(renderer)
    with pikepdf.open(BytesIO(octets)) as pdf:
        assert "/ID" in pdf.trailer
        assert pdf.Root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
        for objet in pdf.objects:
            if isinstance(objet, pikepdf.Dictionary) and objet.get("/Type") == "/Font" and "/FontDescriptor" in objet:
                assert {"/FontFile2", "/FontFile3"} & set(objet["/FontDescriptor"].keys())
            if isinstance(objet, pikepdf.Stream) and objet.get("/Subtype") == "/Image":
                assert not objet.get("/Interpolate", False)
    assert "No syntax or stream encoding errors" in syntaxe(octets)


async def test_archive_deterministe(renderer: Renderer) -> None:
    assert await une_facture_x(renderer) == await une_facture_x(renderer)
