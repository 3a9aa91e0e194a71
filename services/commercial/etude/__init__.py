"""An etude: the answer to a demande, made of one or several propositions side by side."""
