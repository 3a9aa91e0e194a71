"""Running the product: the topology, the command line, the embedded mode, images."""
