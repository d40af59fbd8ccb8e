package dev.holdfast.app;

import java.util.List;
import java.util.Map;

/// How an app joins one network. The app's own name always resolves there and is not listed.
public record NetworkAttachment(List<String> aliases, Map<String, String> driverOpts) {

    public static final NetworkAttachment PLAIN = new NetworkAttachment(List.of(), Map.of());
}
