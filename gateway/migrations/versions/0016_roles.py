"""The first roles: who sells no longer redraws circuits and boards; who keeps the accounts reads the stock and what it is worth."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

CHANGER = "UPDATE role SET permissions = {}, version = version + 1 WHERE cle = '{}' AND {}"


def upgrade() -> None:
    courant = "array_remove(permissions, 'demande.*') || ARRAY['demande.creer', 'demande.modifier']"
    op.execute(CHANGER.format(courant, "commercial", "'demande.*' = ANY(permissions)"))
    sans_stock = "NOT permissions && ARRAY['stock.lire', 'stock.*']"
    op.execute(CHANGER.format("permissions || ARRAY['stock.lire']", "administratif", sans_stock))


def downgrade() -> None:
    ouvertes = "array_remove(array_remove(permissions, 'demande.creer'), 'demande.modifier') || ARRAY['demande.*']"
    op.execute(CHANGER.format(ouvertes, "commercial", "'demande.modifier' = ANY(permissions)"))
    op.execute(CHANGER.format("array_remove(permissions, 'stock.lire')", "administratif", "true"))
