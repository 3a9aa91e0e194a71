"""The demo company. `make demo` loads it once into empty databases."""

from deploy.demo.charger import ACCUEIL, charger

__all__ = ["ACCUEIL", "charger"]
