"""The margin guard: what a salesman may promise alone, and the approvals beyond."""
