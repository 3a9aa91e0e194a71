"""Stock nature by nature: new, second-hand, demonstration, loan, van, repair, quarantine."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NATURES = ("neuf", "occasion", "demonstration", "pret", "vehicule", "reparation", "quarantaine")


def _nature(nom: str = "nature") -> sa.Column[str]:
    """What exists is of the main nature; the place of an object says otherwise below."""
    type_ = sa.Enum(*NATURES, name="nature", native_enum=False, length=60)
    return sa.Column(nom, type_, nullable=False, server_default="neuf")


def upgrade() -> None:
    op.add_column("stock", _nature())
    op.add_column("historique", _nature())
    op.add_column("feuille", _nature())
    op.add_column("mouvement", _nature("de_nature"))
    op.add_column("mouvement", _nature("vers_nature"))
    op.add_column("copie_affaire", sa.Column("agence_id", sa.Uuid(), nullable=True))
    op.add_column("copie_affaire", _nature())
    op.add_column("copie_affaire", sa.Column("emplacement", sa.Text(), nullable=False, server_default=""))
    op.alter_column("emplacement", "nature", type_=sa.String(60), existing_type=sa.Text(), existing_nullable=False)
    for table, colonnes in COLONNES.items():
        for colonne in colonnes:
            op.alter_column(table, colonne, server_default=None)
    op.drop_constraint("pk_stock", "stock")
    op.create_primary_key("pk_stock", "stock", ["produit_id", "depot_id", "nature"])
    _suivre_les_emplacements()
    op.drop_index("ix_historique_stock", table_name="historique", postgresql_where=EN_STOCK)
    op.create_index(
        "ix_historique_stock", "historique", ["produit_id", "depot_id", "nature", "recu_le"], postgresql_where=EN_STOCK
    )
    op.create_index(
        "ix_historique_place", "historique", ["depot_id", "nature", "emplacement_id"], postgresql_where=EN_STOCK
    )


EN_STOCK = sa.text("etat = 'en_stock'")
COLONNES = {
    "stock": ("nature",),
    "historique": ("nature",),
    "feuille": ("nature",),
    "mouvement": ("de_nature", "vers_nature"),
    "copie_affaire": ("nature", "emplacement"),
}


def _suivre_les_emplacements() -> None:
    """Objects already in a place take its nature, by the movement that brought them there; nothing kept is taken."""
    op.execute(
        "UPDATE historique h SET nature = e.nature FROM emplacement e"
        " WHERE e.id = h.emplacement_id AND h.etat = 'en_stock' AND e.nature <> 'neuf'"
    )
    op.execute(
        "UPDATE mouvement m SET vers_nature = h.nature FROM historique h"
        " WHERE h.id = m.historique_id AND h.nature <> 'neuf' AND m.id ="
        " (SELECT d.id FROM mouvement d WHERE d.historique_id = h.id ORDER BY d.le DESC, d.id DESC LIMIT 1)"
    )
    op.execute(
        "INSERT INTO stock (produit_id, depot_id, nature, physique, reserve)"
        " SELECT produit_id, depot_id, nature, sum(quantite), 0 FROM historique"
        " WHERE etat = 'en_stock' AND nature <> 'neuf' GROUP BY produit_id, depot_id, nature"
    )
    op.execute(
        "UPDATE stock s SET physique = s.physique - a.physique FROM"
        " (SELECT produit_id, depot_id, sum(physique) AS physique FROM stock WHERE nature <> 'neuf'"
        " GROUP BY produit_id, depot_id) a"
        " WHERE s.produit_id = a.produit_id AND s.depot_id = a.depot_id AND s.nature = 'neuf'"
    )


def downgrade() -> None:
    op.drop_index("ix_historique_place", table_name="historique", postgresql_where=EN_STOCK)
    op.drop_index("ix_historique_stock", table_name="historique", postgresql_where=EN_STOCK)
    op.create_index(
        "ix_historique_stock", "historique", ["produit_id", "depot_id", "recu_le"], postgresql_where=EN_STOCK
    )
    op.execute(
        "UPDATE stock s SET physique = s.physique + a.physique, reserve = s.reserve + a.reserve FROM"
        " (SELECT produit_id, depot_id, sum(physique) AS physique, sum(reserve) AS reserve FROM stock"
        " WHERE nature <> 'neuf' GROUP BY produit_id, depot_id) a"
        " WHERE s.produit_id = a.produit_id AND s.depot_id = a.depot_id AND s.nature = 'neuf'"
    )
    op.execute("DELETE FROM stock WHERE nature <> 'neuf'")
    op.drop_constraint("pk_stock", "stock")
    op.create_primary_key("pk_stock", "stock", ["produit_id", "depot_id"])
    op.alter_column("emplacement", "nature", type_=sa.Text(), existing_type=sa.String(60), existing_nullable=False)
    for table, colonnes in reversed(COLONNES.items()):
        for colonne in colonnes:
            op.drop_column(table, colonne)
    op.drop_column("copie_affaire", "agence_id")
