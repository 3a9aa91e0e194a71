"""`python -m deploy.cli`, the same as `amanela`."""

from deploy.cli.main import app

app()
