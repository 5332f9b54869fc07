package strongroom.desktop.fake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import strongroom.protocol.Id;
import strongroom.vault.client.Availability;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.DeviceInfo;
import strongroom.vault.client.Entry;
import strongroom.vault.client.History;
import strongroom.vault.client.ImportReport;
import strongroom.vault.client.Library;
import strongroom.vault.client.Problem;
import strongroom.vault.client.Progress;
import strongroom.vault.client.RepairReport;
import strongroom.vault.client.ResidueReport;
import strongroom.vault.client.Subscription;
import strongroom.vault.client.VerifyReport;

/// Documents in memory.
public final class FakeLibrary implements Library {
    private volatile boolean pinWanted;
    private final Clock clock;
    private final Random random = new Random(7);
    private final Map<Id, Entry> entries = new ConcurrentHashMap<>();
    private final Map<Id, byte[]> contents = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<DeviceInfo> devices = new CopyOnWriteArrayList<>();
    private final FakeHistory history;
    private final FakeAvailability availability = new FakeAvailability(this);
    private final FakeSearch search = new FakeSearch(this);
    private final Entry root;
    private volatile boolean open = true;
    private final Gate server = new Gate();
    private volatile Duration perFile = Duration.ZERO;

    FakeLibrary(Clock clock) {
        this.clock = clock;
        this.history = new FakeHistory(this, clock);
        Id id = Id.random(random);
        root = new Entry(id, id, Entry.Kind.FOLDER, "", 0, clock.instant(), clock.instant(), 0, false, true);
        entries.put(id, root);
        devices.add(new DeviceInfo(Id.random(random), "ada-thinkpad", true, "active", clock.instant(), ""));
        devices.add(new DeviceInfo(
                Id.random(random), "Office desk", false, "waiting", clock.instant(), "4831 9027 6588 9566"));
        devices.add(new DeviceInfo(
                Id.random(random), "Old laptop", false, "wiped", clock.instant().minus(Duration.ofDays(200)), ""));
    }

    /// As after an unlock.
    public void open() {
        open = true;
    }

    void close() {
        open = false;
    }

    /// How long each imported file takes.
    public void perFile(Duration now) {
        perFile = now;
    }

    /// Whether what is at the server does not come.
    public void holdBack(boolean now) {
        server.shut(now);
    }

    /// How many calls wait for what does not come.
    public int heldBack() {
        return server.waiting();
    }

    /// Puts a document there without the window having asked.
    public Entry put(Id folder, String name, byte[] content, Instant modified) {
        var entry = new Entry(
                Id.random(random),
                folder,
                Entry.Kind.DOCUMENT,
                name,
                content.length,
                modified,
                modified,
                1,
                name.contains("(conflict)"),
                !name.contains("(online)"));
        contents.put(entry.id(), content);
        entries.put(entry.id(), entry);
        changed();
        return entry;
    }

    /// Claims another size than the content has.
    public Entry resize(Entry entry, long size) {
        var other = new Entry(
                entry.id(),
                entry.parent(),
                entry.kind(),
                entry.name(),
                size,
                entry.modified(),
                entry.added(),
                entry.version(),
                entry.conflict(),
                entry.local());
        entries.put(other.id(), other);
        return other;
    }

    @Override
    public Entry root() throws ClientException {
        check();
        return root;
    }

    @Override
    public List<Entry> list(Id folder) throws ClientException {
        check();
        Comparator<Entry> foldersFirst = Comparator.comparing(entry -> !entry.isFolder());
        return entries.values().stream()
                .filter(entry -> entry.parent().equals(folder) && !entry.id().equals(root.id()))
                .sorted(foldersFirst.thenComparing(Entry::name))
                .toList();
    }

    @Override
    public Entry entry(Id id) throws ClientException {
        check();
        Entry entry = entries.get(id);
        if (entry == null) {
            throw new ClientException(Problem.NOT_FOUND, "There is no such document any more.");
        }
        return entry;
    }

    @Override
    public Entry find(String path) throws ClientException {
        Entry at = root();
        for (String name : path.split("/", -1)) {
            at = list(at.id()).stream()
                    .filter(entry -> entry.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new ClientException(Problem.NOT_FOUND, "There is no " + path + "."));
        }
        return at;
    }

    @Override
    public String path(Id id) throws ClientException {
        Entry entry = entry(id);
        return entry.parent().equals(root.id()) ? entry.name() : path(entry.parent()) + "/" + entry.name();
    }

    @Override
    public Entry makeFolder(Id parent, String name) throws ClientException {
        check();
        refuse(parent, name);
        var entry = new Entry(
                Id.random(random),
                parent,
                Entry.Kind.FOLDER,
                name,
                0,
                clock.instant(),
                clock.instant(),
                0,
                false,
                true);
        entries.put(entry.id(), entry);
        changed();
        return entry;
    }

    @Override
    public ImportReport importFrom(List<Path> sources, Id folder, Progress progress) throws ClientException {
        check();
        List<Entry> added = new ArrayList<>();
        List<ImportReport.Skipped> skipped = new ArrayList<>();
        int[] folders = new int[1];
        long total = 0;
        for (Path source : sources) {
            total += count(source);
        }
        try {
            for (Path source : sources) {
                take(source, folder, progress, total, added, skipped, folders);
            }
        } catch (ClientException e) {
            if (added.isEmpty()) {
                throw e;
            }
            // What was finished stays, as with the real one.
            skipped.add(new ImportReport.Skipped("the remaining files", e.problem(), "The rest was not added."));
        }
        changed();
        return new ImportReport(added, folders[0], skipped);
    }

    @Override
    public Entry save(Id folder, String name, InputStream content, long size) throws ClientException {
        check();
        try {
            byte[] bytes = content.readAllBytes();
            for (Entry entry : list(folder)) {
                if (entry.name().equals(name)) {
                    return replace(entry, bytes);
                }
            }
            return put(folder, name, bytes, clock.instant());
        } catch (IOException e) {
            throw new ClientException(Problem.IO, "It could not be read.", e);
        }
    }

    @Override
    public InputStream open(Id document) throws ClientException {
        return new ByteArrayInputStream(content(document));
    }

    @Override
    public SeekableByteChannel channel(Id document) throws ClientException {
        return new BytesChannel(content(document));
    }

    private byte[] content(Id document) throws ClientException {
        Entry opened = entry(document);
        if (!opened.local()) {
            fetch();
        }
        byte[] content = contents.get(document);
        return content == null ? new byte[0] : content;
    }

    /// Whether the PIN was shown too long ago for what needs it.
    public void pinWanted(boolean now) {
        pinWanted = now;
    }

    void requirePin() throws ClientException {
        if (pinWanted) {
            throw new ClientException(Problem.PIN_NEEDED, "Your organisation wants the PIN before this.");
        }
    }

    @Override
    public int export(Id entry, Path directory, Progress progress) throws ClientException {
        check();
        requirePin();
        Entry exported = entry(entry);
        try {
            if (exported.isFolder()) {
                int count = 0;
                Path inner = Files.createDirectories(directory.resolve(exported.name()));
                for (Entry child : list(entry)) {
                    count += export(child.id(), inner, progress);
                }
                return count;
            }
            Files.write(directory.resolve(exported.name()), open(entry).readAllBytes());
            return 1;
        } catch (IOException e) {
            throw new ClientException(Problem.IO, "It could not be written.", e);
        }
    }

    @Override
    public Entry move(Id entry, Id newParent, String newName) throws ClientException {
        Entry old = entry(entry);
        if (list(newParent).stream()
                .anyMatch(other -> other.name().equals(newName) && !other.id().equals(entry))) {
            throw new ClientException(Problem.NAME_REFUSED, "There is a “" + newName + "” already.");
        }
        var moved = new Entry(
                entry,
                newParent,
                old.kind(),
                newName,
                old.size(),
                old.modified(),
                old.added(),
                old.version(),
                old.conflict(),
                old.local());
        entries.put(entry, moved);
        changed();
        return moved;
    }

    @Override
    public void remove(Id entry) throws ClientException {
        Entry top = entry(entry);
        String from = top.parent().equals(root.id()) ? "" : path(top.parent());
        List<Entry> gone = new ArrayList<>(List.of(top));
        for (int i = 0; i < gone.size(); i++) {
            gone.addAll(list(gone.get(i).id()));
        }
        gone.forEach(one -> entries.remove(one.id()));
        history.removed(from, gone);
        changed();
    }

    /// New content for a document. @return it as it is now
    public Entry replace(Entry old, byte[] content) {
        history.replaced(old, contents.getOrDefault(old.id(), new byte[0]));
        var now = new Entry(
                old.id(),
                old.parent(),
                old.kind(),
                old.name(),
                content.length,
                clock.instant(),
                old.added(),
                old.version() + 1,
                old.conflict(),
                true);
        contents.put(now.id(), content);
        entries.put(now.id(), now);
        changed();
        return now;
    }

    void bringBack(List<Entry> removed) {
        removed.forEach(entry -> entries.put(entry.id(), entry));
        changed();
    }

    void forget(List<Entry> removed) {
        removed.forEach(entry -> contents.remove(entry.id()));
        changed();
    }

    @Override
    public History history() {
        return history;
    }

    @Override
    public Availability availability() {
        return availability;
    }

    void fetch(Entry entry) throws ClientException {
        if (entry.isFolder()) {
            for (Entry child : list(entry.id())) {
                fetch(child);
            }
        } else if (!entry.local()) {
            fetch();
            lies(entry, true);
        }
    }

    /// @return how many bytes that frees
    long evict(Entry entry) throws ClientException {
        long freed = 0;
        if (entry.isFolder()) {
            for (Entry child : list(entry.id())) {
                freed += evict(child);
            }
        } else if (entry.local() && !availability.isKept(entry.id())) {
            lies(entry, false);
            freed = entry.size();
        }
        return freed;
    }

    private void lies(Entry entry, boolean here) {
        var other = new Entry(
                entry.id(),
                entry.parent(),
                entry.kind(),
                entry.name(),
                entry.size(),
                entry.modified(),
                entry.added(),
                entry.version(),
                entry.conflict(),
                here);
        entries.put(other.id(), other);
        changed();
    }

    @Override
    public RepairReport repair(Progress progress) {
        return new RepairReport(List.of(), verify(true, progress));
    }

    @Override
    public ResidueReport residue(List<byte[]> planted, Progress progress) {
        return new ResidueReport(0, 0, 0, 0, List.of());
    }

    @Override
    public VerifyReport verify(boolean readData, Progress progress) {
        return new VerifyReport(contents.size(), 0, List.of());
    }

    @Override
    public FakeSearch search() {
        return search;
    }

    /// Everything but the topmost folder, by name.
    List<Entry> everything() {
        return entries.values().stream()
                .filter(entry -> !entry.id().equals(root.id()))
                .sorted(Comparator.comparing(Entry::name))
                .toList();
    }

    /// What a text document says; empty if it is none.
    String text(Entry entry) {
        boolean text = entry.name().matches(".*\\.(md|txt|csv)");
        return text ? new String(contents.getOrDefault(entry.id(), new byte[0]), StandardCharsets.UTF_8) : "";
    }

    @Override
    public List<DeviceInfo> devices() throws ClientException {
        check();
        return List.copyOf(devices);
    }

    @Override
    public void approve(Id device) throws ClientException {
        check();
        devices.replaceAll(one -> one.id().equals(device)
                ? new DeviceInfo(one.id(), one.name(), one.thisOne(), "active", one.enrolled(), "")
                : one);
    }

    @Override
    public Subscription onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Waits for what is at the server.
    void fetch() throws ClientException {
        server.pass();
    }

    private void take(
            Path source,
            Id folder,
            Progress progress,
            long total,
            List<Entry> added,
            List<ImportReport.Skipped> skipped,
            int[] folders)
            throws ClientException {
        String name = String.valueOf(source.getFileName());
        try {
            Thread.sleep(perFile);
            if (Files.isDirectory(source)) {
                Entry made = makeFolder(folder, name);
                folders[0]++;
                try (Stream<Path> children = Files.list(source)) {
                    for (Path child : children.sorted().toList()) {
                        take(child, made.id(), progress, total, added, skipped, folders);
                    }
                }
            } else {
                added.add(put(
                        folder,
                        name,
                        Files.readAllBytes(source),
                        Files.getLastModifiedTime(source).toInstant()));
                progress.at(added.size(), total, 0, 0);
            }
        } catch (IOException e) {
            skipped.add(new ImportReport.Skipped(
                    source.toString(), Problem.SOURCE_UNREADABLE, "It cannot be read, or is gone."));
        } catch (InterruptedException e) {
            throw new ClientException(Problem.CANCELLED, "Stopped.", e);
        }
    }

    private static long count(Path source) {
        try (Stream<Path> all = Files.walk(source)) {
            return all.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            return 1;
        }
    }

    private void refuse(Id parent, String name) throws ClientException {
        if (list(parent).stream().anyMatch(entry -> entry.name().equals(name))) {
            throw new ClientException(Problem.NAME_REFUSED, "There is a “" + name + "” already.");
        }
    }

    private void check() throws ClientException {
        if (!open) {
            throw new ClientException(Problem.LOCKED, "The vault is locked.");
        }
    }

    void changed() {
        listeners.forEach(Runnable::run);
    }
}
