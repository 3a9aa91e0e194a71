"""A bon de livraison: what really left for a client, object by object, written once."""
