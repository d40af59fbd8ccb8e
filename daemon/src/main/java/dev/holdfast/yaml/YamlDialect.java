package dev.holdfast.yaml;

/// How text becomes values: YAML has been read in more than one way.
public enum YamlDialect {
    /// YAML 1.2 and its core schema, every document of a file: what Holdfast's own files are written in.
    CORE,
    /// As the Docker client reads a Compose file: only the first document, unknown tags mean nothing, numbers as Go
    /// writes them, dates. See [GoScalars].
    GO
}
