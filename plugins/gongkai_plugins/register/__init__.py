"""The register of disclosure: first approved, then registered, then public (REG-01 … REG-13)."""
