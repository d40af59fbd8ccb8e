package dev.holdfast.app;

import dev.holdfast.yaml.Doc;
import dev.holdfast.yaml.PairsForms;
import dev.holdfast.yaml.ReadAs;
import dev.holdfast.yaml.Refuses;
import java.util.List;
import java.util.Map;

/// How an app joins one network. The app's own name always resolves there and is not listed.
@Doc("How an app joins a network.")
@Refuses(RefusedKeys.class)
public record NetworkAttachment(
        @Doc("More names of the app in this network.") List<String> aliases,

        @ReadAs(PairsForms.Settings.class) @Doc("Options of the network's driver.")
        Map<String, String> driverOpts) {

    public static final NetworkAttachment PLAIN = new NetworkAttachment(List.of(), Map.of());
}
