package sqlitestore

// AtLeastOldest judges a version of SQLite as opening does.
func AtLeastOldest(version string) error { return atLeast(version, oldest) }
