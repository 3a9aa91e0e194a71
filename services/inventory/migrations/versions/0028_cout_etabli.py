"""What objects cost when they came, and what the accepted invoices of their suppliers made of it.

What was received before keeps its cost as the one of its reception. A replacement that a supplier sent follows the cost of what it
replaces; the line of the reception it came with is unknown.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("historique", sa.Column("ligne_reception_id", sa.Uuid(), nullable=True))
    op.add_column("historique", sa.Column("cout_suit_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_historique_cout_suit_id_historique"), "historique", "historique", ["cout_suit_id"], ["id"]
    )
    op.create_index(op.f("ix_historique_cout_suit_id"), "historique", ["cout_suit_id"])
    op.add_column("historique", sa.Column("cout_recu_ht", sa.Numeric(22, 10), nullable=True))
    op.execute("UPDATE historique SET cout_recu_ht = cout_unitaire_ht")
    op.alter_column("historique", "cout_recu_ht", nullable=False)
    op.execute("""
        UPDATE historique venu SET cout_suit_id = parti.id FROM retour r JOIN historique parti ON parti.id = r.historique_id
        WHERE r.remplacant_id = venu.id AND venu.reception_id = parti.reception_id AND venu.recu_le > parti.recu_le
    """)
    op.create_table(
        "reception_chiffree",
        sa.Column("affaire_fournisseur_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("reception_id", sa.Uuid(), nullable=False),
        sa.Column("contenu", postgresql.JSONB(), nullable=False),
        sa.PrimaryKeyConstraint("affaire_fournisseur_id", "revision", name=op.f("pk_reception_chiffree")),
    )
    op.create_index(op.f("ix_reception_chiffree_reception_id"), "reception_chiffree", ["reception_id"])
    op.create_table(
        "correction_cout",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("historique_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("affaire_fournisseur_id", sa.Uuid(), nullable=False),
        sa.Column("affaire_numero", sa.Text(), nullable=False),
        sa.Column("facture_fournisseur", sa.Text(), nullable=False),
        sa.Column("cout_unitaire_ht", sa.Numeric(22, 10), nullable=False),
        sa.Column("par_nom", sa.Text(), nullable=False),
        sa.Column("le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["historique_id"], ["historique.id"], name=op.f("fk_correction_cout_historique_id_historique")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_cout")),
        sa.UniqueConstraint("historique_id", "revision", name=op.f("uq_correction_cout_historique_id")),
    )


def downgrade() -> None:
    op.drop_table("correction_cout")
    op.drop_table("reception_chiffree")
    op.drop_column("historique", "cout_recu_ht")
    op.drop_column("historique", "cout_suit_id")
    op.drop_column("historique", "ligne_reception_id")
