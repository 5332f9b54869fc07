package strongroom.vault.cli;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.EarlierVersion;
import strongroom.vault.client.Entry;
import strongroom.vault.client.History;
import strongroom.vault.client.Problem;

/// What the verbs share.
final class Verbs {
    static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    private Verbs() {}

    /// @param number as the list of versions shows it
    static EarlierVersion version(History history, Entry document, int number) throws ClientException {
        return history.versions(document.id()).stream()
                .filter(version -> version.number() == number)
                .findFirst()
                .orElseThrow(() -> new ClientException(
                        Problem.NOT_FOUND, "There is no earlier version " + number + " of " + document.name() + "."));
    }

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
