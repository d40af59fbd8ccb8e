package dev.holdfast.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.Attributes;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.CoreConfig.EolStreamType;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.TreeWalk.OperationType;
import org.eclipse.jgit.treewalk.WorkingTreeIterator;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.jspecify.annotations.Nullable;

/// What a work tree's index knows of its files: how each is stored, and which are not there as they are in a commit.
final class WorkIndex {

    private final LocalStore store;
    private final DirCache index;
    private final Map<String, StoredForm> forms = new HashMap<>();
    private final SortedMap<String, ObjectId> submodules = new TreeMap<>();
    private final SortedMap<String, ObjectId> leftOut = new TreeMap<>();
    private final SortedMap<String, String> linksAsText = new TreeMap<>();

    private WorkIndex(LocalStore store, DirCache index) {
        this.store = store;
        this.index = index;
    }

    /// @param base the folder whose files are looked at all at once; others are when they are asked for
    static WorkIndex of(LocalStore store, Path root, String base) throws IOException {
        var found = new WorkIndex(store, store.repository().readDirCache());
        found.list(root);
        found.look(base);
        return found;
    }

    private void list(Path root) throws IOException {
        var asText = !store.repository().getConfig().getBoolean("core", null, "symlinks", true);
        for (int i = 0; i < index.getEntryCount(); i++) {
            var entry = index.getEntry(i);
            var path = entry.getPathString();
            if (entry.getFileMode() == FileMode.GITLINK) {
                submodules.put(path, entry.getObjectId());
            } else if (asText && entry.getFileMode() == FileMode.SYMLINK) {
                var file = root.resolve(path);
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) < 4096) {
                    linksAsText.put(path, Files.readString(file).strip());
                }
            } else if (entry.isSkipWorkTree() && !Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
                leftOut.put(path, entry.getObjectId());
            }
        }
    }

    /// @param path of a file or folder from the root; empty for all
    private void look(String path) throws IOException {
        var repository = store.repository();
        try (var walk = new TreeWalk(repository);
                var reader = repository.newObjectReader()) {
            walk.setOperationType(OperationType.CHECKIN_OP);
            var inIndex = walk.addTree(new DirCacheIterator(index));
            var files = new FileTreeIterator(repository);
            files.setDirCacheIterator(walk, inIndex);
            var inTree = walk.addTree(files);
            if (!path.isEmpty()) {
                walk.setFilter(PathFilter.create(path));
            }
            while (walk.next()) {
                var file = walk.getTree(inTree, WorkingTreeIterator.class);
                if (walk.isSubtree()) {
                    // A folder of the index alone has no files.
                    if (file != null) {
                        walk.enterSubtree();
                    }
                } else if (file != null && walk.getFileMode(inTree) != FileMode.GITLINK) {
                    var entry = walk.getTree(inIndex, DirCacheIterator.class);
                    var same = entry != null
                            && entry.getDirCacheEntry() != null
                            && walk.getFileMode(inIndex).getObjectType() == org.eclipse.jgit.lib.Constants.OBJ_BLOB
                            && entry.getDirCacheEntry().getStage() == 0
                            && !file.isModified(entry.getDirCacheEntry(), false, reader);
                    forms.put(
                            walk.getPathString(),
                            form(walk.getAttributes(), eol(file), same ? walk.getObjectId(inIndex) : null));
                }
            }
        }
    }

    private static EolStreamType eol(WorkingTreeIterator file) throws IOException {
        var type = file.getEolStreamType();
        return type == null ? EolStreamType.DIRECT : type;
    }

    private StoredForm form(Attributes attributes, EolStreamType eol, @Nullable ObjectId unchanged) {
        var encoding = attributes.getValue("working-tree-encoding");
        var filter = attributes.getValue("filter");
        return new StoredForm(
                eol,
                encoding == null || encoding.isEmpty() || encoding.matches("(?i)utf-?8") ? null : encoding,
                attributes.getState("ident") == Attribute.State.SET,
                filter != null && store.hasFilter(filter) ? filter : null,
                unchanged);
    }

    /// @param path from the root; null where the file is unknown to Git, as below `.git`
    @Nullable
    StoredForm form(String path) throws IOException {
        var known = forms.get(path);
        if (known == null) {
            look(path);
            known = forms.get(path);
        }
        return known;
    }

    LocalStore store() {
        return store;
    }

    /// Submodules and the commits that they should be at.
    SortedMap<String, ObjectId> submodules() {
        return submodules;
    }

    /// Files of a sparse checkout that are not in the work tree, and belong to it all the same.
    SortedMap<String, ObjectId> leftOut() {
        return leftOut;
    }

    /// Symlinks that were checked out as files with their target in it (`core.symlinks`), and these targets.
    SortedMap<String, String> linksAsText() {
        return linksAsText;
    }
}
