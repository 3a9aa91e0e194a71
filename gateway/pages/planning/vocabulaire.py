"""The words and colours of the planning."""

NATURES = (
    ("installation", "Installation"),
    ("livraison", "Livraison"),
    ("sav", "SAV"),
    ("visite", "Visite de maintenance"),
    ("autre", "Autre"),
)
DEMIS = (("matin", "Matin"), ("apres_midi", "Après-midi"), ("journee", "Journée"))
ETATS = {
    "planifiee": ("Planifiée", "accent"),
    "demarree": ("En cours", "alerte"),
    "terminee": ("Terminée", "succes"),
    "annulee": ("Annulée", "neutre"),
}
NATURE_DU_TYPE = {"depannage": "sav", "visite": "visite", "vente": "installation"}
