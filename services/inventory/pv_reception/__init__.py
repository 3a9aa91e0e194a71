"""The PV de réception: what was installed, signed by the client on the spot, with or without reserves."""
