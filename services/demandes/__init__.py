"""Demandes: the unit of work everybody follows, from the first call to the invoice.

Owns types (states, transitions, rules), boards, demandes and their history, interventions of the planning, time spent.
Announces DemandeCreee, DemandeModifiee, EtatChange, Intervention*, TempsSaisi, SavOuvert, SavRefuse, FichiersModifies.
Listens to almost everything: rules, which are data, turn facts of the circuit into state changes.
"""
