"""From a label to everything reception needs: client, object, place, contract, whether somebody may come."""
