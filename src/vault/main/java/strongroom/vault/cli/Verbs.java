package strongroom.vault.cli;

import org.jspecify.annotations.Nullable;
import strongroom.vault.client.Entry;

/// What the verbs share.
final class Verbs {
    private Verbs() {}

    /// The parent that picocli has set before a verb is called.
    static <T> T parent(@Nullable T parent) {
        if (parent == null) {
            throw new IllegalStateException("not run by picocli");
        }
        return parent;
    }

    static void entry(JsonLine object, Entry entry, String path) {
        object.text("id", entry.id().toString())
                .text("path", path)
                .text("kind", entry.isFolder() ? "folder" : "document")
                .number("size", entry.size())
                .text("modified", entry.modified().toString())
                .number("version", entry.version())
                .truth("conflict", entry.conflict())
                .truth("local", entry.local());
    }
}
