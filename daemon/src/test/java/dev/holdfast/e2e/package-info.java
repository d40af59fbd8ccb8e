/// Stories: what people do with a repository and a Swarm, and what they then see. Each runs the program's commands
/// against a real Swarm ([dev.holdfast.testing.PrivateSwarm]) through a proxy that writes down every request.
@NullMarked
package dev.holdfast.e2e;

import org.jspecify.annotations.NullMarked;
