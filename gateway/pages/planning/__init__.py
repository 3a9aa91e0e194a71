"""Planning: people and half-days, what waits for a date, interventions, time spent."""
