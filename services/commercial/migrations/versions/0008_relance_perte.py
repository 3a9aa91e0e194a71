"""Tables of reminders; why a proposition is lost, how likely it is."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

GENRE = sa.Enum("courriel", "appel", name="genrerelance", native_enum=False, length=60)
CAUSE = sa.Enum(
    *("prix", "delai", "concurrent", "technique", "projet_abandonne", "sans_reponse", "autre"),
    name="causeperte",
    native_enum=False,
    length=60,
)


def upgrade() -> None:
    op.add_column("proposition", sa.Column("cause_perte", CAUSE, nullable=True))
    op.add_column("proposition", sa.Column("probabilite", sa.Integer(), nullable=True))
    op.add_column("proposition", sa.Column("cloture_prevue", sa.Date(), nullable=True))
    op.create_index(
        "ix_proposition_clos_le", "proposition", ["clos_le"], postgresql_where=sa.text("clos_le IS NOT NULL")
    )
    op.create_index(
        "ix_proposition_valide_le", "proposition", ["valide_le"], postgresql_where=sa.text("valide_le IS NOT NULL")
    )
    op.create_index(
        "ix_proposition_envoye_le", "proposition", ["envoye_le"], postgresql_where=sa.text("envoye_le IS NOT NULL")
    )
    op.create_table(
        "etape_relance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("jours", sa.Integer(), nullable=False),
        sa.Column("genre", GENRE, nullable=False),
        sa.Column("sujet", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_etape_relance")),
        sa.UniqueConstraint("rang", name=op.f("uq_etape_relance_rang")),
    )
    op.create_table(
        "relance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposition_id", sa.Uuid(), nullable=False),
        sa.Column("envoye_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rang", sa.Integer(), nullable=False),
        sa.Column("genre", GENRE, nullable=False),
        sa.Column("sujet", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("prevue_le", sa.Date(), nullable=False),
        sa.Column("faite_le", sa.DateTime(timezone=True), nullable=True),
        sa.Column("faite_par", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("erreur", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["proposition_id"], ["proposition.id"], name=op.f("fk_relance_proposition_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relance")),
        sa.UniqueConstraint(
            "proposition_id", "envoye_le", "rang", name=op.f("uq_relance_proposition_id_envoye_le_rang")
        ),
    )
    op.create_index("ix_relance_a_faire", "relance", ["prevue_le", "id"], postgresql_where=sa.text("faite_le IS NULL"))


def downgrade() -> None:
    op.drop_table("relance")
    op.drop_table("etape_relance")
    for colonne in ("envoye_le", "valide_le", "clos_le"):
        op.drop_index(f"ix_proposition_{colonne}", table_name="proposition")
    for colonne in ("cloture_prevue", "probabilite", "cause_perte"):
        op.drop_column("proposition", colonne)
