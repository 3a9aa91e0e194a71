"""Files people attach to an object: the same table, gestures and addresses in every service that owns objects.

A service gives the table of each kind of object (`models.py`) and says whose rights open it (`routes.py`); bytes are kept
by `shared.fichiers`.
"""
