/// Holdfast keeps a Docker Swarm the way a Git repository says it should be.
@NullMarked
package dev.holdfast;

import org.jspecify.annotations.NullMarked;
