/// The configuration repository: fetches it over every transport, resolves what was asked for to one commit, hands over
/// its files as a [dev.holdfast.app.Source], and knows who changed what.
///
/// May use `app`, to hand over files; nothing else of ours. No `git` binary is run and no Git or SSH settings of the
/// user
/// are read: what is needed stands in [RepositoryLocation].
@NullMarked
package dev.holdfast.git;

import org.jspecify.annotations.NullMarked;
