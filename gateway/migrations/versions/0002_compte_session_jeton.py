"""Tables of compte, session, jeton."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "compte",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("identifiant", sa.Text(), nullable=False),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("fonction", sa.Text(), nullable=False),
        sa.Column("mot_de_passe", sa.Text(), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("collaborateur_id", sa.Uuid(), nullable=True),
        sa.Column("agence_id", sa.Uuid(), nullable=True),
        sa.Column("page_entree", sa.Text(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.Column("est_actif", sa.Boolean(), nullable=False),
        sa.Column("essais_rates", sa.Integer(), nullable=False),
        sa.Column("bloque_jusqu_au", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compte")),
        sa.UniqueConstraint("identifiant", name=op.f("uq_compte_identifiant")),
    )
    op.create_table(
        "jeton_api",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("empreinte", sa.Text(), nullable=False),
        sa.Column("compte_id", sa.Uuid(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("portees", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["compte_id"], ["compte.id"], name=op.f("fk_jeton_api_compte_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jeton_api")),
        sa.UniqueConstraint("empreinte", name=op.f("uq_jeton_api_empreinte")),
    )
    op.create_index(op.f("ix_jeton_api_compte_id"), "jeton_api", ["compte_id"], unique=False)
    op.create_table(
        "session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("empreinte", sa.Text(), nullable=False),
        sa.Column("compte_id", sa.Uuid(), nullable=False),
        sa.Column("ouverte_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adresse", sa.Text(), nullable=False),
        sa.Column("appareil", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["compte_id"], ["compte.id"], name=op.f("fk_session_compte_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("empreinte", name=op.f("uq_session_empreinte")),
    )
    op.create_index(op.f("ix_session_compte_id"), "session", ["compte_id"], unique=False)
    op.create_index(op.f("ix_session_expire_le"), "session", ["expire_le"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_session_expire_le"), table_name="session")
    op.drop_index(op.f("ix_session_compte_id"), table_name="session")
    op.drop_table("session")
    op.drop_index(op.f("ix_jeton_api_compte_id"), table_name="jeton_api")
    op.drop_table("jeton_api")
    op.drop_table("compte")
