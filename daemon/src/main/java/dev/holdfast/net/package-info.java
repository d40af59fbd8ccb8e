/// How servers are reached over HTTP: which certificates are trusted, and which proxy is used. The same for Git and for
/// forges.
///
/// Uses nothing else of ours.
@NullMarked
package dev.holdfast.net;

import org.jspecify.annotations.NullMarked;
