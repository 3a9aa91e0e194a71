"""Whether a client's objects are covered, by contract or by signed tariffs: the gate of every SAV."""
