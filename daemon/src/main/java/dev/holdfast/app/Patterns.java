package dev.holdfast.app;

/// What names may look like. Each looks at the length first: Java's regular expressions take stack for every letter.
final class Patterns {

    /// The engine's rule for services.
    static final String SERVICE_NAME = "(?=.{0,200}$)[a-zA-Z0-9](?:[a-zA-Z0-9_-]*[a-zA-Z0-9])?";

    static final String VOLUME_NAME = "[a-zA-Z0-9][a-zA-Z0-9_.-]+";

    static final String CONSTRAINT = "(?=.{0,500}$)\\s*[a-zA-Z0-9_.-]+\\s*[!=]=\\s*\\S.*";

    private static final String HOST = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final String DOMAIN = "(?:" + HOST + "(?:\\." + HOST + ")*|\\[[0-9a-fA-F:]+\\])(?::[0-9]{1,5})?";
    private static final String PART = "[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*";

    /// An image as the engine's reference grammar has it: `[HOST[:PORT]/]PATH[:TAG][@DIGEST]`.
    static final String IMAGE = "(?=.{0,500}$)(?:" + DOMAIN + "/)?" + PART + "(?:/" + PART + ")*"
            + "(?::[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,128})?";

    private Patterns() {}
}
