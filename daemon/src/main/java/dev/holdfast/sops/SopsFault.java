package dev.holdfast.sops;

import dev.holdfast.yaml.Yaml;

/// Why an encrypted file cannot be used. The message is for people: it says what the file is ("is encrypted for …") and
/// has no value of it.
public final class SopsFault extends Exception {

    private final transient Yaml.Place place;

    SopsFault(Yaml.Place place, String message) {
        super(message);
        this.place = place;
    }

    /// In the encrypted file.
    public Yaml.Place place() {
        return place;
    }

    public String message() {
        return String.valueOf(getMessage());
    }
}
