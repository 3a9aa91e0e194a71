"""Who is told what: facts turned into messages for the people they concern, on screen and by mail, as each prefers."""
