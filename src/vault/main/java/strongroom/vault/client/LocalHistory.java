package strongroom.vault.client;

import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import strongroom.protocol.Id;
import strongroom.vault.store.Documents;
import strongroom.vault.store.StoreException;

/// The history of one unlock: plain data on this side, the store on the other.
final class LocalHistory implements History {
    private final UnlockedVault vault;

    LocalHistory(UnlockedVault vault) {
        this.vault = vault;
    }

    /// One change of the store.
    @FunctionalInterface
    private interface Change {
        void on(Documents documents) throws StoreException;
    }

    private void change(Change change) throws ClientException {
        try {
            change.on(vault.documents());
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
        vault.changed();
    }

    private void destroy(Change change) throws ClientException {
        vault.proof().guard(() -> {
            change(change);
            return true;
        });
    }

    @Override
    public List<EarlierVersion> versions(Id document) throws ClientException {
        try {
            return vault.documents().versions().list(document).stream()
                    .map(version -> new EarlierVersion(
                            version.revision(),
                            version.number(),
                            version.size(),
                            version.modified(),
                            version.replaced(),
                            version.local()))
                    .toList();
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
    }

    @Override
    public InputStream open(Id document, Id revision) throws ClientException {
        return vault.fetching(() -> vault.documents().versions().open(document, revision));
    }

    @Override
    public SeekableByteChannel channel(Id document, Id revision) throws ClientException {
        return vault.fetching(() -> vault.documents().versions().channel(document, revision));
    }

    @Override
    public void restoreVersion(Id document, Id revision) throws ClientException {
        change(documents -> documents.versions().restore(document, revision));
    }

    @Override
    public void purgeVersion(Id document, Id revision) throws ClientException {
        destroy(documents -> documents.versions().purge(document, revision));
    }

    @Override
    public List<TrashedEntry> trash() throws ClientException {
        try {
            return vault.documents().trash().list().stream()
                    .map(removed -> new TrashedEntry(
                            removed.id(),
                            removed.folder(),
                            removed.name(),
                            removed.from(),
                            removed.when(),
                            removed.documents(),
                            removed.size()))
                    .toList();
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
    }

    @Override
    public void restore(Id entry) throws ClientException {
        change(documents -> documents.trash().restore(entry));
    }

    @Override
    public void purge(Id entry) throws ClientException {
        destroy(documents -> documents.trash().purge(entry));
    }

    @Override
    public void emptyTrash() throws ClientException {
        destroy(documents -> documents.trash().empty());
    }
}
