"""What each rule rests on, and the sentences that it must and must not flag: `catalogue.toml`, from which docs/rules.md is written."""
