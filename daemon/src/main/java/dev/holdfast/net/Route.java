package dev.holdfast.net;

/// The way to a server.
public sealed interface Route {

    /// @param why for people, such as `HTTPS_PROXY is not set`
    record Direct(String why) implements Route {}

    record Through(ProxyServer proxy) implements Route {}

    /// Whether a proxy is used, for messages; never with its user and password.
    default String told() {
        return switch (this) {
            case Direct(var why) -> "no proxy is used: " + why;
            case Through(var proxy) -> "through " + proxy.told();
        };
    }
}
