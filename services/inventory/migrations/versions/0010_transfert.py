"""Transfers between depots, with goods in transit."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ETATS = sa.Enum("envoye", "recu", "ecart", "clos", name="etattransfert", native_enum=False, length=60)
ISSUES = sa.Enum("retrouve", "retourne", "perdu", name="issue", native_enum=False, length=60)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "transfert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", INSTANT, nullable=False),
        sa.Column("modifie_le", INSTANT, nullable=False),
        sa.Column("numero", sa.Text(), nullable=False),
        sa.Column("de_depot_id", sa.Uuid(), nullable=False),
        sa.Column("vers_depot_id", sa.Uuid(), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("etat", ETATS, nullable=False),
        sa.Column("envoye_par", sa.Text(), nullable=False),
        sa.Column("envoye_le", INSTANT, nullable=False),
        sa.Column("recu_par", sa.Text(), nullable=True),
        sa.Column("recu_le", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["de_depot_id"], ["depot.id"], name=op.f("fk_transfert_de_depot_id")),
        sa.ForeignKeyConstraint(["vers_depot_id"], ["depot.id"], name=op.f("fk_transfert_vers_depot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfert")),
        sa.UniqueConstraint("numero", name=op.f("uq_transfert_numero")),
    )
    op.create_index(op.f("ix_transfert_de_depot_id"), "transfert", ["de_depot_id"])
    op.create_index(op.f("ix_transfert_vers_depot_id"), "transfert", ["vers_depot_id"])
    op.create_index("ix_transfert_etat", "transfert", ["etat", "id"])
    op.create_table(
        "ligne_transfert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transfert_id", sa.Uuid(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("historique_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("designation", sa.Text(), nullable=False),
        sa.Column("unite", sa.Text(), nullable=False),
        sa.Column("numero_serie", sa.Text(), nullable=True),
        sa.Column("quantite", sa.Numeric(precision=14, scale=3), nullable=False),
        sa.Column("recue", sa.Numeric(precision=14, scale=3), nullable=True),
        sa.Column("issue", ISSUES, nullable=True),
        sa.Column("issue_motif", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["historique_id"], ["historique.id"], name=op.f("fk_ligne_transfert_historique_id")),
        sa.ForeignKeyConstraint(["transfert_id"], ["transfert.id"], name=op.f("fk_ligne_transfert_transfert_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ligne_transfert")),
    )
    op.create_index(op.f("ix_ligne_transfert_historique_id"), "ligne_transfert", ["historique_id"])
    op.create_index(op.f("ix_ligne_transfert_transfert_id"), "ligne_transfert", ["transfert_id"])
    op.add_column("historique", sa.Column("transfert_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(op.f("fk_historique_transfert_id"), "historique", "transfert", ["transfert_id"], ["id"])
    op.create_index(op.f("ix_historique_transfert_id"), "historique", ["transfert_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_historique_transfert_id"), table_name="historique")
    op.drop_column("historique", "transfert_id")
    op.drop_table("ligne_transfert")
    op.drop_table("transfert")
