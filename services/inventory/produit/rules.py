"""What a valid product is. Pure."""


def est_unitaire(*, politique_serie: str, a_type: bool, etiquette_requise: bool, a_actions: bool) -> bool:
    """Whether each unit is an object of its own: it has a serial number, something to configure, tick or stick.

    Everything else (cable, screws) is one traceable quantity per reception.
    """
    return politique_serie != "aucune" or a_type or etiquette_requise or a_actions
