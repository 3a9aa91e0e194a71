"""Everything that happened to a demande, on one line of time."""
