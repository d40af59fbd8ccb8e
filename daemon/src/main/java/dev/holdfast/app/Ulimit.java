package dev.holdfast.app;

import dev.holdfast.yaml.Doc;
import dev.holdfast.yaml.ReadAs;

/// A resource limit of the container's processes; -1 is unlimited. One number in the file sets both.
@Doc("A resource limit; -1 is unlimited.")
@ReadAs(ShortForms.OfUlimit.class)
public record Ulimit(long soft, long hard) {}
