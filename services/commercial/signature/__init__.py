"""The client's answer: what a mailed link shows, and what accepting or refusing makes true."""
