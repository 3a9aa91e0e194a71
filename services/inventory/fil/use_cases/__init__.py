"""How the lives of objects are told: each fact when it arrives, all of them again at a rebuild."""
