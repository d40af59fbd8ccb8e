package dev.holdfast.app;

import dev.holdfast.yaml.Doc;
import dev.holdfast.yaml.Example;
import dev.holdfast.yaml.ReadAs;
import dev.holdfast.yaml.WordsForms;
import java.util.List;

/// What `holdfast.yaml` says of one stack, where the convention does not.
///
/// @param files relative to `holdfast.yaml`; later ones are merged over earlier ones; none means the usual places
/// @param envFile likewise; none means `.env` beside the first file
@Doc("A stack: Compose files as docker stack deploy reads them.")
public record StackSettings(
        @ReadAs(WordsForms.OneOrMore.class)
        @Doc("Its files, relative to holdfast.yaml, each merged over those before it; stacks/NAME.yaml or"
                + " stacks/NAME/compose.yaml where absent.")
        @Example("[\"blog/base.yaml\", \"blog/prod.yaml\"]")
        List<String> files,

        @ReadAs(WordsForms.OneOrMore.class)
        @Doc("Files with variables for ${NAME}, relative to holdfast.yaml; .env beside the first file where absent.")
        @Example("blog/prod.env")
        List<String> envFile,

        @Doc("Take over its services, volumes and directories that Holdfast did not create. Remove it after it has"
                + " worked once.")
        boolean adopt) {

    static final StackSettings NONE = new StackSettings(List.of(), List.of(), false);
}
