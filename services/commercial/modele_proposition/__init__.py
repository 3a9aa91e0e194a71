"""A model of proposition: lines and hidden products ready to be laid down again."""
