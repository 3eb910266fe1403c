/// Fixtures that test targets share.
