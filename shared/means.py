"""What a process lends a service beside its database: settings, tokens, storage, rendering, mail, seal."""

from dataclasses import dataclass

from shared.courriel.expediteur import Expediteur, ExpediteurSmtp, ReglagesSmtp, Tls
from shared.database.database import Database
from shared.documents.cachet import Cachet
from shared.documents.renderer import Renderer
from shared.fichiers.stockage import Stockage, StockageLocal
from shared.settings import Settings
from shared.web.auth import Jetons


@dataclass(frozen=True, slots=True)
class Means:
    """One per service and process. Building it makes it reachable from jobs: `Means.of(db)`."""

    database: Database
    settings: Settings
    jetons: Jetons
    stockage: Stockage
    renderer: Renderer
    expediteur: Expediteur
    cachet: Cachet

    def __post_init__(self) -> None:
        self.database.means = self

    @staticmethod
    def of(database: Database) -> "Means":
        """The means lent with `database`; jobs receive only the database."""
        means = database.means
        if not isinstance(means, Means):
            raise LookupError(f"nothing was lent to {database.service}")
        return means


def lend(database: Database, settings: Settings, *, renderer: Renderer | None = None) -> Means:
    """The means of one service in one process, at the clock of its database."""
    smtp = ReglagesSmtp(
        hote=settings.smtp_host,
        port=settings.smtp_port,
        tls=Tls(settings.smtp_tls),
        utilisateur=settings.smtp_user,
        mot_de_passe=settings.smtp_password.get_secret_value(),
    )
    return Means(
        database=database,
        settings=settings,
        jetons=Jetons(settings.token_secret.get_secret_value(), database.clock),
        stockage=stockage(settings),
        renderer=renderer or Renderer(),
        expediteur=ExpediteurSmtp(smtp),
        cachet=Cachet(settings.storage_folder / "cachet.pem"),
    )


def stockage(settings: Settings) -> Stockage:
    """Where the settings say that files are kept."""
    if not settings.s3_host:
        return StockageLocal(settings.storage_folder)
    from shared.fichiers.s3 import ReglagesS3, StockageS3  # its client is not loaded by who has no store

    reglages = ReglagesS3(
        hote=settings.s3_host,
        compartiment=settings.s3_bucket,
        cle=settings.s3_key,
        secret=settings.s3_secret.get_secret_value(),
        region=settings.s3_region,
        tls=settings.s3_tls,
    )
    return StockageS3(reglages)
