/// What tests stand on: a real Swarm of private engines ([PrivateSwarm]), a proxy that writes down what a program
/// asks of an engine and makes the engine misbehave ([RecordingProxy]), and a forge's comments ([StandInForge]). Uses
/// nothing of the program, so that it can judge it.
@NullMarked
package dev.holdfast.testing;

import org.jspecify.annotations.NullMarked;
