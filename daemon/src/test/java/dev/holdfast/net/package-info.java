@NullMarked
package dev.holdfast.net;

import org.jspecify.annotations.NullMarked;
