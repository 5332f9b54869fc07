package strongroom.journey;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Two laptops, a server and an administrator, from the first code to the last receipt. Every step ends with
/// something that was seen; a step that sees something else ends the journey.
final class Journey {
    private static final String PIN = "blue kettle 42";
    private static final String OTHER_PIN = "green ladder 77";

    private final Path folder;
    private final @Nullable Path documents;
    private final Logbook logbook;

    /// @param folder for everything that comes and goes @param pictures where pictures and times stay
    /// @param documents somebody's own folder, or null for the samples
    Journey(Path folder, Path pictures, @Nullable Path documents, PrintStream out) throws IOException {
        this.folder = folder;
        this.documents = documents;
        this.logbook = new Logbook(pictures, out);
    }

    void play() throws IOException, InterruptedException {
        Path source = documents == null ? Samples.write(folder.resolve("documents")) : documents;
        Needles needles = Needles.of(source);
        try (Office office = opened();
                Laptop first = Laptop.start(folder.resolve("a"), "Laptop A")) {
            enrol(office, first, PIN);
            importFolder(first, source);
            if (documents == null) {
                readDocuments(first);
            }
            lockAndUnlock(first);
            sync(first);
            try (Laptop second = Laptop.start(folder.resolve("b"), "Laptop B")) {
                secondLaptop(office, first, second, source);
                changeArrives(first, second);
                wipe(office, second);
                logbook.step("search for clear text", () -> {
                    List<Path> places = List.of(first.home(), second.home(), office.folder());
                    return needles.absentFrom(places);
                });
            }
        }
    }

    private Office opened() throws IOException, InterruptedException {
        Office[] office = new Office[1];
        logbook.step("server and organisation", () -> {
            office[0] = Office.open(folder, "Muster AG");
            return "server answers at " + office[0].url();
        });
        return office[0];
    }

    private void enrol(Office office, Laptop laptop, String pin) throws IOException, InterruptedException {
        String code = office.enrolCode("Anna Keller");
        logbook.step("enrol " + laptop.name(), () -> {
            laptop.say("wait", "enrol-server");
            laptop.say("fill", "enrol-server", office.url());
            laptop.say("fill", "enrol-code", code);
            laptop.say("click", "enrol-inspect");
            String who = laptop.say("text", "enrol-person") + " of " + laptop.say("text", "enrol-organisation");
            laptop.say("shot", logbook.picture("enrol"));
            laptop.say("click", "enrol-confirm");
            return "the code is for " + who;
        });
        logbook.step("choose PIN", () -> {
            laptop.say("type", "enrol-pin", pin);
            laptop.say("type", "enrol-pin-repeat", pin);
            laptop.say("fill", "enrol-device-name", laptop.name());
            laptop.say("shot", logbook.picture("pin"));
            laptop.say("click", "enrol-submit");
            laptop.say("click", "enrol-finish");
            laptop.say("wait", "library-screen");
            laptop.say("shot", logbook.picture("enrolled"));
            return "the window is open";
        });
    }

    private void importFolder(Laptop laptop, Path source) throws IOException, InterruptedException {
        String name = String.valueOf(source.getFileName());
        logbook.step("import a folder", () -> {
            laptop.say("click", "import-button");
            laptop.say("click", "import-folder");
            laptop.say("wait", "path-picker");
            laptop.say("fill", "picker-path", source.toAbsolutePath().toString());
            laptop.say("key", "ENTER");
            laptop.say("click", "picker-choose");
            laptop.say("gone", "path-picker");
            laptop.say("see", name);
            laptop.say("shot", logbook.picture("imported"));
            laptop.say("see", "added");
            laptop.say("open", name);
            laptop.say("see", firstName(source));
            laptop.say("shot", logbook.picture("folder"));
            return "the folder " + name + " is in the list";
        });
    }

    /// A name that the list shows once the folder is open: the first one in the order of the list, cut where a cell
    /// might cut it.
    private static String firstName(Path source) throws IOException {
        try (Stream<Path> entries = Files.list(source)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted(String.CASE_INSENSITIVE_ORDER)
                    .findFirst()
                    .orElse("");
        }
    }

    private void readDocuments(Laptop laptop) throws IOException, InterruptedException {
        read(laptop, "open a text", Samples.OPENED.text(), "text-lines", "Minutes, 12 November 2026", "text");
        read(laptop, "open an image", Samples.OPENED.picture(), "image-view", "", "image");
        read(laptop, "open a PDF", Samples.OPENED.pdf(), "pdf-page", "1 of 3", "pdf");
    }

    private void read(Laptop laptop, String step, String document, String id, String shows, String picture)
            throws IOException, InterruptedException {
        logbook.step(step, () -> {
            laptop.say("open", document);
            laptop.say("wait", id);
            if (!shows.isEmpty()) {
                laptop.say("see", shows);
            }
            laptop.say("gone", "viewer-progress");
            laptop.say("gone", "pdf-progress");
            laptop.say("shot", logbook.picture(picture));
            laptop.say("click", "document-back");
            laptop.say("wait", "entry-table");
            return document + " is shown";
        });
    }

    private void lockAndUnlock(Laptop laptop) throws IOException, InterruptedException {
        logbook.step("another window takes the focus", () -> {
            try (Child other = laptop.anotherProgram()) {
                laptop.say("wait", "unlock-screen");
                String reason = laptop.say("text", "unlock-reason");
                laptop.say("shot", logbook.picture("locked"));
                if (!other.runs()) {
                    throw new IOException("the other program ended by itself");
                }
                return reason;
            }
        });
        unlock(laptop, PIN);
    }

    private void unlock(Laptop laptop, String pin) throws IOException, InterruptedException {
        logbook.step("unlock " + laptop.name(), () -> {
            laptop.say("type", "pin-field", pin);
            laptop.say("key", "ENTER");
            laptop.say("wait", "library-screen");
            laptop.say("shot", logbook.picture("unlocked"));
            return "the list is back";
        });
    }

    private void sync(Laptop laptop) throws IOException, InterruptedException {
        logbook.step("sync", () -> {
            laptop.say("see", "Up to date");
            laptop.say("shot", logbook.picture("synced"));
            return "the server has everything";
        });
    }

    private void secondLaptop(Office office, Laptop first, Laptop second, Path source)
            throws IOException, InterruptedException {
        String name = String.valueOf(source.getFileName());
        enrol(office, second, OTHER_PIN);
        logbook.step("the new laptop waits for approval", () -> {
            String digits = second.say("text", "approval-code");
            second.say("shot", logbook.picture("waiting"));
            return "it shows " + digits;
        });
        logbook.step("approve on the first laptop", () -> {
            String digits = second.say("text", "approval-code");
            first.say("click", "devices-button");
            first.say("wait", "devices-sheet");
            first.say("see", digits);
            first.say("shot", logbook.picture("approve"));
            first.say("clickStart", "device-same-");
            first.say("clickStart", "device-approve-");
            first.say("gone", "device-approve-", "start");
            first.say("click", "sheet-close");
            return "the same digits on both, approved";
        });
        logbook.step("the second laptop shows the same", () -> {
            second.say("see", name);
            second.say("see", "Up to date");
            second.say("open", name);
            second.say("shot", logbook.picture("second"));
            return "the folder " + name + " is there, too";
        });
    }

    private void changeArrives(Laptop first, Laptop second) throws IOException, InterruptedException {
        String made = "Draft for December";
        logbook.step("a change on one arrives at the other", () -> {
            first.say("click", "all-documents");
            first.say("click", "new-folder-button");
            first.say("type", "name-field", made);
            first.say("key", "ENTER");
            first.say("see", made);
            second.say("click", "all-documents");
            second.say("see", made);
            second.say("shot", logbook.picture("arrived"));
            return "'" + made + "' came by itself";
        });
    }

    private void wipe(Office office, Laptop laptop) throws IOException, InterruptedException {
        logbook.step("an administrator orders a wipe", () -> {
            office.admin("wipe", laptop.name(), "--reason", "Left on a train", "--yes");
            laptop.say("wait", "wiped-screen");
            laptop.say("see", "Left on a train");
            laptop.say("shot", logbook.picture("wiped"));
            return "its window says who wiped it and why: " + laptop.say("text", "wiped-by");
        });
        logbook.step("its files are gone", () -> {
            List<String> left = awaitEmpty(laptop.home());
            return "left in its folder: " + String.join(", ", left);
        });
        logbook.step("the signed receipt is at the server", () -> {
            String receipts = office.admin("receipts");
            for (int i = 0; i < 100 && !receipts.contains("DONE"); i++) {
                TimeUnit.MILLISECONDS.sleep(100);
                receipts = office.admin("receipts");
            }
            if (!receipts.contains("DONE")) {
                throw new IOException("no receipt: " + receipts);
            }
            return receipts.lines()
                    .filter(line -> line.contains("destroyed"))
                    .map(String::strip)
                    .toList()
                    .toString();
        });
    }

    /// What is left when nothing of slots, store and keys is; a wipe says so over its own time.
    private static List<String> awaitEmpty(Path home) throws IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            List<String> left = names(home);
            if (left.stream()
                    .noneMatch(name -> name.startsWith("store")
                            || name.startsWith("slots")
                            || name.startsWith("identity")
                            || name.startsWith("wipe.journal"))) {
                return left;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IOException("still there: " + names(home));
    }

    private static List<String> names(Path home) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> home.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
