package dev.holdfast.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.CoreConfig.EolStreamType;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.util.io.EolStreamTypeUtil;
import org.jspecify.annotations.Nullable;

/// How a file of a work tree is stored in a commit: what `git add` would do to it, by the attributes of its path.
///
/// @param encoding of the file, where it is stored in UTF-8 all the same
/// @param keyword whether `$Id: …$` is stored without what stands in it
/// @param filter name of a filter that stores something else; none is ever run here
/// @param unchanged what the index has for it, where the file is still as it was checked out
record StoredForm(
        EolStreamType eol,
        @Nullable String encoding,
        boolean keyword,
        @Nullable String filter,
        @Nullable ObjectId unchanged) {

    private static final Pattern KEYWORD = Pattern.compile("\\$Id:[^$\\n]*\\$");

    /// @throws IOException where the file is not of that form, with a message for people
    byte[] of(byte[] content) throws IOException {
        if (filter != null) {
            throw new IOException("goes through the filter " + filter
                    + " when it is committed, which is not run here: commit it, and give --ref HEAD");
        }
        var text = encoding == null ? content : utf8(content, encoding);
        byte[] lines;
        try (var in = EolStreamTypeUtil.wrapInputStream(new ByteArrayInputStream(text), eol)) {
            lines = in.readAllBytes();
        }
        if (!keyword) {
            return lines;
        }
        var latin = new String(lines, StandardCharsets.ISO_8859_1);
        return KEYWORD.matcher(latin).replaceAll("\\$Id\\$").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] utf8(byte[] content, String encoding) throws IOException {
        // Git's own names for those with a byte order mark.
        var name = encoding.toUpperCase(Locale.ROOT).replaceFirst("^(UTF-?16)[LB]E-BOM$", "UTF-16");
        try {
            var characters = Charset.forName(name).newDecoder().decode(ByteBuffer.wrap(content));
            return characters.toString().getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new IOException("is not in " + encoding + ", as .gitattributes says", e);
        } catch (IllegalArgumentException e) {
            throw new IOException("is in " + encoding + ", as .gitattributes says, which is not known here", e);
        }
    }
}
