"""A database that already holds a company's rows is upgraded: each row says after what it said before."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from shared.database import migrations
from shared.database.database import Database
from shared.kernel.ids import new_id

OBLIGATOIRES = text("""
SELECT column_name, data_type FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = :table AND is_nullable = 'NO' AND column_default IS NULL
  AND is_identity = 'NO' AND is_generated = 'NEVER'
""")
DEFAUTS: dict[str, Any] = {
    "text": "",
    "character varying": "",
    "numeric": Decimal(0),
    "integer": 0,
    "bigint": 0,
    "boolean": False,
    "date": date(2026, 3, 2),
    "timestamp with time zone": datetime(2026, 3, 2, 9, tzinfo=UTC),
    "ARRAY": [],
    "jsonb": "[]",
}


async def inserer(connection: AsyncConnection, table: str, **valeurs: Any) -> UUID:
    """A row of a table as it is now, what nobody says being filled with the simplest value of its kind."""
    ligne: dict[str, Any] = {}
    for nom, genre in await connection.execute(OBLIGATOIRES, {"table": table}):
        ligne[nom] = new_id() if genre == "uuid" else DEFAUTS[genre]
    ligne |= valeurs
    noms = ", ".join(ligne)
    places = ", ".join(f":{nom}" for nom in ligne)
    await connection.execute(text(f"INSERT INTO {table} ({noms}) VALUES ({places})"), ligne)
    identifiant: UUID = ligne.get("id", UUID(int=0))
    return identifiant


class Base:
    """The database of a service, at one revision then at the last one."""

    def __init__(self, service: str, url: str) -> None:
        self.service, self.url = service, url
        self.database = Database(service, url)

    async def en(self, revision: str = "head") -> None:
        """Bring it to a revision."""
        await migrations.upgrade(self.service, self.url, revision=revision)

    async def une(self, requete: str, **valeurs: Any) -> tuple[Any, ...]:
        """The only row of a query."""
        async with self.database.read() as session:
            return tuple((await session.execute(text(requete), valeurs)).one())


@pytest.fixture
async def base(request: pytest.FixtureRequest, empty_database_url: str) -> Any:
    """The empty database of the service the test names."""
    ouverte = Base(request.param, empty_database_url)
    yield ouverte
    await ouverte.database.close()


@pytest.mark.parametrize("base", ["inventory"], indirect=True)
async def test_stock_kept_before_natures_were_rows_is_the_same_stock(base: Base) -> None:
    await base.en("0017")
    async with base.database.engine.begin() as connection:
        produit = await inserer(connection, "produit", reference="CAB", designation="Câble", unite="m", nature="bien")
        depot = await inserer(connection, "depot", code="ANN", nom="Annecy", agence_id=new_id())
        van = await inserer(connection, "emplacement", depot_id=depot, code="VAN", nature="vehicule")
        for nature, quantite in (("neuf", 80), ("vehicule", 20)):
            await inserer(
                connection, "stock", produit_id=produit, depot_id=depot, nature=nature, physique=quantite, reserve=0
            )
        objet = await inserer(
            connection,
            "historique",
            produit_id=produit,
            quantite=20,
            etat="en_stock",
            nature="vehicule",
            depot_id=depot,
            emplacement_id=van,
            cout_unitaire_ht=Decimal("1.2345678901"),
        )
    await base.en()
    assert await base.une("SELECT count(*), max(code) FILTER (WHERE est_principale) FROM nature_stock") == (7, "neuf")
    connues = "SELECT count(*) FROM {} t WHERE NOT EXISTS (SELECT FROM nature_stock n WHERE n.code = t.nature)"
    for table in ("stock", "historique", "emplacement"):
        assert await base.une(connues.format(table)) == (0,), f"every nature of {table} is one of the company"
    ligne = await base.une("SELECT nature, quantite, cout_unitaire_ht FROM historique WHERE id = :id", id=objet)
    assert ligne == ("vehicule", Decimal(20), Decimal("1.2345678901"))
    assert await base.une("SELECT sum(physique) FROM stock WHERE produit_id = :id", id=produit) == (Decimal(100),)
    assert await base.une("SELECT composants, deee_ht, copie_privee_ht FROM produit") == ([], Decimal(0), Decimal(0))


@pytest.mark.parametrize("base", ["inventory"], indirect=True)
async def test_the_demandes_opened_before_parts_were_noted_are_known(base: Base) -> None:
    await base.en("0020")
    demande, tiers = new_id(), new_id()
    contenu = {"demande_id": str(demande), "numero": "SAV-1", "tiers_id": str(tiers), "tiers_nom": "Boulangerie Favre"}
    async with base.database.engine.begin() as connection:
        await inserer(
            connection,
            "fait_du_fil",
            message_id=new_id(),
            seq=41,
            type="demandes.demande_creee.v1",
            contenu=json.dumps(contenu),
        )
    await base.en()
    ligne = await base.une("SELECT demande_id, numero, tiers_id, tiers_nom, affaire_id, seq FROM copie_demande")
    assert ligne == (demande, "SAV-1", tiers, "Boulangerie Favre", None, 41)


@pytest.mark.parametrize("base", ["purchasing"], indirect=True)
async def test_balances_and_receptions_of_before_are_of_the_main_nature_and_are_found(base: Base) -> None:
    await base.en("0016")
    async with base.database.engine.begin() as connection:
        produit, agence = new_id(), new_id()
        await inserer(
            connection,
            "copie_produit",
            produit_id=produit,
            reference="SW-24P",
            designation="Switch 24 ports",
            recherche="sw-24p switch 24 ports",
        )
        await inserer(connection, "copie_stock", produit_id=produit, agence_id=agence, disponible=7)
        reception = await inserer(connection, "reception", numero="REC-1", etat="ouverte")
        await inserer(connection, "ligne_reception", reception_id=reception, produit_id=produit, attendue=3)
        await inserer(
            connection, "copie_tiers", tiers_id=new_id(), code="F00001", nom="Elektra", nom_tri="elektra distribution"
        )
    await base.en()
    assert await base.une("SELECT nature, disponible FROM copie_stock") == ("neuf", Decimal(7))
    assert await base.une("SELECT natures_stock, attendue FROM ligne_reception") == ([], Decimal(3))
    for table, mot in (("copie_produit", "sw"), ("copie_produit", "sw24p"), ("copie_tiers", "elektra")):
        trouve = f"SELECT count(*) FROM {table} WHERE recherche @@ to_tsquery('simple', :mot)"
        assert await base.une(trouve, mot=mot) == (1,), f"{mot} is found in {table}"
    assert await base.une("SELECT count(*) FROM tolerance_fournisseur") == (0,)


@pytest.mark.parametrize("base", ["billing"], indirect=True)
async def test_supplier_invoices_of_before_have_a_due_date_and_are_on_hold_for_nothing(base: Base) -> None:
    await base.en("0006")
    async with base.database.engine.begin() as connection:
        chez = new_id()
        await inserer(connection, "copie_tiers", tiers_id=chez, fiche='{"delai_paiement_jours": 45}')
        achat = await inserer(
            connection,
            "affaire_fournisseur",
            numero="AF-1",
            fournisseur_id=chez,
            etat="a_controler",
            date_facture=date(2026, 3, 1),
            total_ht=Decimal("120.50"),
        )
        await inserer(
            connection, "ligne_affaire_fournisseur", affaire_fournisseur_id=achat, quantite=2, prix_ht=Decimal("60.25")
        )
    await base.en()
    ligne = await base.une("SELECT etat, echeance, motif_blocage, total_ht, total_facture_ht FROM affaire_fournisseur")
    assert ligne == ("a_controler", date(2026, 4, 15), "", Decimal("120.50"), None)
    ligne = await base.une("SELECT prix_commande_ht, est_hors_tolerance, prix_ht FROM ligne_affaire_fournisseur")
    assert ligne == (None, False, Decimal("60.25"))


@pytest.mark.parametrize("base", ["commercial"], indirect=True)
async def test_lines_nobody_priced_lose_the_price_they_never_had_but_not_what_was_signed(base: Base) -> None:
    await base.en("0035")
    async with base.database.engine.begin() as connection:
        etude = await inserer(connection, "etude", numero="ETU-1")
        for rang, statut in enumerate(("brouillon", "valide"), start=1):
            devis = await inserer(
                connection, "proposition", etude_id=etude, rang=rang, numero=statut, statut=statut, revision=1,
                total_ht=Decimal("985.06"), total_tva=Decimal("182.01"), total_ttc=Decimal("1167.07"), cout_ht=Decimal("935.06"),
                convention_marge="marge", groupes_tva=json.dumps([]),
            )  # fmt: skip
            commun = {"proposition_id": devis, "genre": "ligne", "est_retenue": True}
            for position, taux, marge, prix in ((1, "20", "50", "150.00"), (2, "10", "0", "417.53")):
                cout = Decimal("100") if position == 1 else Decimal("417.53")
                await inserer(
                    connection, "ligne_proposition", position=position, quantite=Decimal(position), cout_ht=cout,
                    marge=Decimal(marge), taux_tva=Decimal(taux), prix_ht=Decimal(prix),
                    total_ht=position * Decimal(prix), **commun,
                )  # fmt: skip
    await base.en()
    lire = "SELECT total_ht, total_tva, total_ttc, cout_ht, nb_a_fixer, groupes_tva FROM proposition WHERE numero = :n"
    groupes = [{"taux": "20.00", "base_ht": "150.00", "montant_tva": "30.00"}]
    attendu = (Decimal(150), Decimal(30), Decimal(180), Decimal(100), 1, groupes)
    assert await base.une(lire, n="brouillon") == attendu
    assert (await base.une(lire, n="valide"))[:2] == (Decimal("985.06"), Decimal("182.01"))
    prix = """SELECT array_agg(l.prix_ht ORDER BY position), array_agg(l.prix_fixe_ht ORDER BY position)
      FROM ligne_proposition l JOIN proposition p ON p.id = l.proposition_id WHERE p.numero = :n"""
    assert await base.une(prix, n="brouillon") == ([Decimal(150), None], [None, None])
    assert await base.une(prix, n="valide") == ([Decimal(150), Decimal("417.53")], [None, Decimal("417.53")])
