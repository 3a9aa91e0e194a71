"""An address as the API takes it: nothing is quoted, ordered nor invoiced without one."""

ANNECY = {"lignes": ["12 rue du Lac"], "code_postal": "74000", "ville": "Annecy"}
