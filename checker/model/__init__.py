"""The transformers model behind the judge: configuration, network, text encoding, loading."""
