"""How far what a supplier delivers and bills may be from what was ordered."""
