/// The configuration repository: fetches it over every transport, resolves what was asked for to one commit, hands over
/// its files as a [dev.holdfast.app.Source], and knows who changed what.
///
/// May use `app`, to hand over files, and `net`; nothing else of ours. No `git` binary and no filter is run, and no SSH
/// settings of the user are read: what is needed stands in [RepositoryLocation]. Of Git's own settings only those count
/// that say how a server is reached and what form files have in a work tree.
@NullMarked
package dev.holdfast.git;

import org.jspecify.annotations.NullMarked;
