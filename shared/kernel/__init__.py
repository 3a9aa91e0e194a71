"""The pure centre: identifiers, money, time, actors, refusals. No I/O, no framework."""
