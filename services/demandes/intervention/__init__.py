"""An intervention: a demande with a date and people."""
