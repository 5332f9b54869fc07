package strongroom.vault.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.vault.crypto.SecretBytes;

/// Everything that a person can see of a store: names, contents, earlier contents, the trash. Equal states print equal.
record StoreState(TreeMap<String, List<Digest>> entries, List<String> trash) {
    /// Before there is a vault.
    static final StoreState NOTHING = new StoreState(new TreeMap<>(), List.of("no vault"));

    /// Reads every byte.
    static StoreState of(FaultScript.Stage stage) throws StoreException {
        TreeMap<String, List<Digest>> entries = new TreeMap<>();
        collect(stage.documents(), stage.vault(), "", entries);
        return new StoreState(
                entries,
                stage.documents().trash().list().stream()
                        .map(removed -> removed.from() + "/" + removed.name() + " " + removed.size())
                        .sorted()
                        .toList());
    }

    private static void collect(Documents documents, Id folder, String path, TreeMap<String, List<Digest>> entries)
            throws StoreException {
        for (Item item : documents.list(folder)) {
            String name = path + "/" + item.name();
            List<Digest> contents = new ArrayList<>();
            if (item.folder()) {
                collect(documents, item.id(), name, entries);
            } else {
                contents.add(read(documents.open(item.id())));
                for (Version version : documents.versions().list(item.id())) {
                    contents.add(read(documents.versions().open(item.id(), version.revision())));
                }
            }
            entries.put(name, contents);
        }
    }

    private static Digest read(InputStream content) throws StoreException {
        try (content) {
            return Digest.sha256(content.readAllBytes());
        } catch (IOException e) {
            throw Failure.of(e);
        }
    }

    /// What must be there after each step of the script; the first is that of an empty vault.
    static List<StoreState> ofEachStep(Path scratch, SecretBytes rootKey) throws StoreException {
        List<StoreState> states = new ArrayList<>();
        try (FaultScript.Stage stage = FaultScript.create(scratch, rootKey)) {
            states.add(of(stage));
            for (FaultScript.Step step : FaultScript.STEPS) {
                step.run(stage);
                states.add(of(stage));
            }
        }
        return states;
    }
}
