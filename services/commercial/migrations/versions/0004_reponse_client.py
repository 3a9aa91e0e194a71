"""Table of the clients' answers; what a signature looks like and the file that bears it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for colonne in ("trace", "document_signe_nom", "document_signe_type"):
        op.add_column("signature", sa.Column(colonne, sa.Text(), nullable=False, server_default=""))
        op.alter_column("signature", colonne, server_default=None)
    op.add_column("signature", sa.Column("document_signe_sha256", sa.Text(), nullable=True))
    for colonne in ("papier_signe_sha256", "papier_signe_nom", "papier_signe_type"):
        op.add_column("proposition", sa.Column(colonne, sa.Text(), nullable=True))
    op.create_table(
        "reponse_client",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposition_id", sa.Uuid(), nullable=False),
        sa.Column("lien_id", sa.Uuid(), nullable=False),
        sa.Column(
            "genre",
            sa.Enum("accord", "refus", "question", name="genrereponse", native_enum=False, length=60),
            nullable=False,
        ),
        sa.Column("nom", sa.Text(), nullable=False),
        sa.Column("texte", sa.Text(), nullable=False),
        sa.Column("recue_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("avise_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erreur", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["proposition_id"], ["proposition.id"], name=op.f("fk_reponse_client_proposition_id")),
        sa.ForeignKeyConstraint(["lien_id"], ["lien_signature.id"], name=op.f("fk_reponse_client_lien_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reponse_client")),
    )
    op.create_index(op.f("ix_reponse_client_proposition_id"), "reponse_client", ["proposition_id"], unique=False)
    op.create_index(op.f("ix_reponse_client_lien_id"), "reponse_client", ["lien_id"], unique=False)


def downgrade() -> None:
    op.drop_table("reponse_client")
    for colonne in ("papier_signe_type", "papier_signe_nom", "papier_signe_sha256"):
        op.drop_column("proposition", colonne)
    for colonne in ("document_signe_sha256", "document_signe_type", "document_signe_nom", "trace"):
        op.drop_column("signature", colonne)
