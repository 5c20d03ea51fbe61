"""Training the claim model and the combiner from public sets and labelled cases."""
