"""What maintenance keeps of the other services: clients, people, our own identity."""
