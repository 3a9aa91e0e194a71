"""Roles are data: the ten of a new company are written here once, and administrators change them in pages."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from shared.kernel.clock import SystemClock
from shared.kernel.ids import new_id

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

LECTURE = "tiers.lire societe.lire demande.lire planning.lire produit.lire"
ROLES = {
    "accueil": (
        "Accueil",
        "Répond aux clients, tient le carnet d’adresses et ouvre les demandes.",
        "tiers.modifier demande.creer demande.modifier parc.lire contrat.lire devis.lire",
    ),
    "commercial": (
        "Commercial",
        "Chiffre, envoie et fait signer les devis ; suit ses affaires.",
        "tiers.modifier demande.* devis.* tarif.modifier affaire.* couts.voir stock.lire feuille.lire facture.lire"
        " parc.lire contrat.lire",
    ),
    "achats": (
        "Achats",
        "Négocie, commande et tient les produits.",
        "tiers.modifier demande.modifier achat.* reception.saisir stock.lire produit.modifier couts.voir devis.lire"
        " feuille.lire",
    ),
    "magasin": (
        "Magasin",
        "Réceptionne, range et prépare.",
        "achat.lire reception.saisir stock.* feuille.lire feuille.preparer etiquette.imprimer demande.modifier",
    ),
    "atelier": (
        "Atelier",
        "Prépare et configure le matériel.",
        "stock.lire feuille.* etiquette.imprimer demande.modifier parc.lire temps.saisir",
    ),
    "planning": (
        "Planning",
        "Donne une date et une équipe.",
        "demande.creer demande.modifier planning.* feuille.lire parc.lire contrat.lire visite.lire visite.realiser",
    ),
    "technicien": (
        "Technicien",
        "Installe, dépanne et visite.",
        "demande.creer demande.modifier temps.saisir feuille.lire feuille.preparer feuille.valider stock.lire parc.lire"
        " parc.modifier visite.lire visite.realiser etiquette.imprimer",
    ),
    "administratif": (
        "Administratif",
        "Facture, encaisse et tient les contrats.",
        "tiers.modifier tiers.fusionner tiers.importer demande.creer demande.modifier facture.* reglement.* campagne.*"
        " contrat.* parc.lire devis.lire affaire.lire achat.lire feuille.lire accord.gerer visite.lire couts.voir",
    ),
    "direction": (
        "Direction",
        "Voit tout et décide, sans administrer les comptes.",
        "tiers.* societe.* demande.* planning.* temps.* devis.* tarif.* affaire.* achat.* reception.* produit.* stock.*"
        " feuille.* etiquette.* facture.* reglement.* campagne.* parc.* contrat.* visite.* accord.* couts.voir"
        " marge.approuver commande.approuver",
    ),
    "administrateur": ("Administrateur", "Tous les droits, comptes et rôles compris.", "*"),
}


def upgrade() -> None:
    role = op.create_table(
        "role",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("cree_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modifie_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cle", sa.Text(), nullable=False),
        sa.Column("libelle", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("metier", sa.Text(), nullable=False),
        sa.Column("permissions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role")),
        sa.UniqueConstraint("cle", name=op.f("uq_role_cle")),
        sa.UniqueConstraint("libelle", name=op.f("uq_role_libelle")),
    )
    maintenant = SystemClock().now()
    op.bulk_insert(
        role,
        [
            {
                "id": new_id(),
                "version": 1,
                "cree_le": maintenant,
                "modifie_le": maintenant,
                "cle": cle,
                "libelle": libelle,
                "description": description,
                "metier": cle,
                "permissions": sorted({*droits.split(), *(() if droits == "*" else LECTURE.split())}),
            }
            for cle, (libelle, description, droits) in ROLES.items()
        ],
    )


def downgrade() -> None:
    op.drop_table("role")
