package strongroom.desktop.fake;

import java.nio.charset.StandardCharsets;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Entry;

/// A past for the samples: versions of the notes and things in the trash.
public final class Past {
    private Past() {}

    /// Changes and removes some of the samples.
    public static void make(FakeLibrary library) throws ClientException {
        Entry notes = library.find("Meeting notes.md");
        String text = library.text(notes);
        for (int i = 1; i <= 4; i++) {
            notes = library.replace(notes, (text + "Note " + i + "\n").getBytes(StandardCharsets.UTF_8));
        }
        library.remove(library.find("Clients/Byron estate/Will.pdf").id());
        library.remove(library.find("Board papers").id());
        library.remove(library.find("Clients").id());
        library.remove(library.find("Scan archive.zip").id());
    }
}
