package strongroom.vault.client;

import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import strongroom.protocol.Id;
import strongroom.vault.store.Documents;
import strongroom.vault.store.ImportResult;
import strongroom.vault.store.ImportWatch;
import strongroom.vault.store.Item;
import strongroom.vault.store.Remains;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.Verification;

/// The library of one unlock: plain data on this side, the store on the other.
final class LocalLibrary implements Library {
    private final UnlockedVault vault;
    private final Clock clock;

    LocalLibrary(UnlockedVault vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
    }

    /// One call to the store.
    @FunctionalInterface
    private interface Call<T> {
        T on(Documents documents) throws StoreException;
    }

    private <T> T call(Call<T> call) throws ClientException {
        try {
            return call.on(vault.documents());
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
    }

    private <T> T change(Call<T> call) throws ClientException {
        T result = call(call);
        vault.changed();
        return result;
    }

    static Entry shown(Item item) {
        return new Entry(
                item.id(),
                item.parent(),
                item.folder() ? Entry.Kind.FOLDER : Entry.Kind.DOCUMENT,
                item.name(),
                item.size(),
                item.modified(),
                item.added(),
                item.version(),
                item.conflict(),
                item.local());
    }

    private static List<Entry> entries(List<Item> items) {
        return items.stream().map(LocalLibrary::shown).toList();
    }

    @Override
    public Entry root() throws ClientException {
        return shown(call(Documents::root));
    }

    @Override
    public List<Entry> list(Id folder) throws ClientException {
        return entries(call(documents -> documents.list(folder)));
    }

    @Override
    public Entry entry(Id id) throws ClientException {
        return shown(call(documents -> documents.entry(id)));
    }

    @Override
    public Entry find(String path) throws ClientException {
        return shown(call(documents -> documents.find(path)));
    }

    @Override
    public String path(Id id) throws ClientException {
        return call(documents -> documents.path(id));
    }

    @Override
    public Entry makeFolder(Id parent, String name) throws ClientException {
        return shown(change(documents -> documents.makeFolder(parent, name)));
    }

    @Override
    public ImportReport importFrom(List<Path> sources, Id folder, Progress progress) throws ClientException {
        List<Item> durable = new ArrayList<>();
        ImportWatch watch = new ImportWatch() {
            @Override
            public void at(long done, long total, long doneBytes, long totalBytes) {
                progress.at(done, total, doneBytes, totalBytes);
            }

            @Override
            public void added(List<Item> documents) {
                durable.addAll(documents);
                vault.changed();
            }
        };
        try {
            ImportResult result = vault.documents().importFrom(sources, folder, watch);
            vault.changed();
            List<ImportReport.Skipped> skipped = result.skipped().stream()
                    .map(left -> new ImportReport.Skipped(
                            left.source(),
                            Sentences.problem(left.why()),
                            left.source() + " was not added. " + left.sentence()))
                    .toList();
            return new ImportReport(entries(result.added()), result.foldersMade(), skipped);
        } catch (StoreException e) {
            if (durable.isEmpty()) {
                throw Sentences.of(e);
            }
            // What was finished stays, and is reported together with what stopped the rest.
            ImportReport.Skipped rest = new ImportReport.Skipped(
                    "the remaining files", Sentences.problem(e.why()), "The rest was not added. " + e.getMessage());
            return new ImportReport(entries(durable), 0, List.of(rest));
        }
    }

    @Override
    public Entry save(Id folder, String name, InputStream content, long size) throws ClientException {
        return shown(change(documents -> documents.save(folder, name, clock.instant(), content, size)));
    }

    @Override
    public InputStream open(Id document) throws ClientException {
        return vault.fetching(() -> vault.documents().open(document));
    }

    @Override
    public SeekableByteChannel channel(Id document) throws ClientException {
        return vault.fetching(() -> vault.documents().channel(document));
    }

    @Override
    public int export(Id entry, Path directory, Progress progress) throws ClientException {
        return vault.proof().guard(() -> new Export(this, progress).write(entry(entry), directory));
    }

    @Override
    public Entry move(Id entry, Id newParent, String newName) throws ClientException {
        return shown(change(documents -> documents.move(entry, newParent, newName)));
    }

    @Override
    public void remove(Id entry) throws ClientException {
        change(documents -> {
            documents.remove(entry);
            return true;
        });
    }

    @Override
    public VerifyReport verify(boolean readData, Progress progress) throws ClientException {
        try {
            Verification found = vault.store().verify(readData, progress::at);
            List<VerifyReport.Damage> damages = found.damages().stream()
                    .map(damage -> new VerifyReport.Damage(damage.what(), damage.sentence()))
                    .toList();
            return new VerifyReport(found.documents(), found.chunks(), damages);
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
    }

    @Override
    public Search search() {
        return vault.search();
    }

    @Override
    public History history() {
        return new LocalHistory(vault);
    }

    @Override
    public Availability availability() {
        return new LocalAvailability(vault);
    }

    @Override
    public RepairReport repair(Progress progress) throws ClientException {
        RepairReport report = new Mending(vault, this, progress).run();
        vault.changed();
        return report;
    }

    @Override
    public ResidueReport residue(List<byte[]> planted, Progress progress) throws ClientException {
        try {
            Remains found = vault.store().residue(planted, progress::at);
            List<ResidueReport.Finding> findings = found.findings().stream()
                    .map(finding -> new ResidueReport.Finding(finding.file(), finding.position(), finding.what()))
                    .toList();
            return new ResidueReport(found.files(), found.bytes(), found.keyless(), found.keylessBytes(), findings);
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
    }

    @Override
    public List<DeviceInfo> devices() throws ClientException {
        return vault.membership().devices();
    }

    @Override
    public void approve(Id device) throws ClientException {
        vault.membership().approve(device);
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return vault.watch(listener);
    }
}
