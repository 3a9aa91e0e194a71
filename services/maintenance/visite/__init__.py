"""A preventive visit: scheduled by a contract, due, planned, carried out, with its readings."""
