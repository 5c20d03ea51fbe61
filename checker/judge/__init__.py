"""The judge: signals from the model and the rules, one combiner that decides, and plain words for why."""
