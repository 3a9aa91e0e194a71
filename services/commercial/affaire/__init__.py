"""An affaire: the project file, which is an opportunity, an affaire or a model."""
