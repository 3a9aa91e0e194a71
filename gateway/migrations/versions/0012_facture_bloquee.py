"""Those who decide may let a supplier invoice on hold through."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE role SET permissions = array_append(permissions, 'facture_fournisseur.liberer'), version = version + 1"
        " WHERE cle = 'direction' AND NOT 'facture_fournisseur.liberer' = ANY(permissions)"
    )


def downgrade() -> None:
    op.execute("UPDATE role SET permissions = array_remove(permissions, 'facture_fournisseur.liberer')")
