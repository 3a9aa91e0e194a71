"""Who changed what: the history of one record, and the journal of the whole company for its administrators."""
