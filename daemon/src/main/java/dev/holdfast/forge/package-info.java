/// Where pull requests are: posts what Holdfast says of one as comments. Uses nothing of ours.
@org.jspecify.annotations.NullMarked
package dev.holdfast.forge;
