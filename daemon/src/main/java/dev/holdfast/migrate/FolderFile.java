package dev.holdfast.migrate;

import dev.holdfast.app.FileReference;

/// A file of a folder beside the Compose file, as a config.
///
/// @param path in the repository
/// @param use how the app mounts it
record FolderFile(String path, FileReference use) {}
