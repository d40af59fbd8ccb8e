package dev.holdfast.registry;

/// A registry's word on an image.
public sealed interface Answer {

    /// @param digest that its tag means now, such as `sha256:…`
    record Given(String digest) implements Answer {}

    /// It has none of that name, or gives it to nobody who does not log in.
    record Refused(String why) implements Answer {}

    /// It could not be asked.
    record Unknown(String why) implements Answer {}
}
