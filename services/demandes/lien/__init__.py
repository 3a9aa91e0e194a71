"""The objects of other services that belong to a demande, and the facts that told so."""
