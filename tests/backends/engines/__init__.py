"""Real engines, and the model that they run."""
