package strongroom.vault.store;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import strongroom.protocol.Id;
import strongroom.vault.store.search.Corpus;

/// The documents of all vaults whose keys are here, as the search sees them.
final class VaultCorpus implements Corpus {
    private final Supplier<List<Documents>> vaults;

    VaultCorpus(Supplier<List<Documents>> vaults) {
        this.vaults = vaults;
    }

    @Override
    public List<Entry> entries() throws StoreException {
        List<Entry> entries = new ArrayList<>();
        for (Documents documents : vaults.get()) {
            entries.addAll(documents.searched());
        }
        return entries;
    }

    @Override
    public InputStream open(Id document) throws StoreException {
        for (Documents documents : vaults.get()) {
            if (documents.has(document)) {
                return documents.open(document);
            }
        }
        throw Failure.notFound();
    }
}
