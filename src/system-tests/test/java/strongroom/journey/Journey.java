package strongroom.journey;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Two laptops, a server and an administrator, from the first code to the last receipt. Every step ends with
/// something that was seen; a step that sees something else ends the journey.
final class Journey {
    private static final String PIN = "blue kettle 42";
    private static final String OTHER_PIN = "green ladder 77";
    private static final int TRIES = 4;

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
        try (Office office = opened(Programs.ALONE);
                Laptop first = Laptop.start(folder.resolve("a"), "Laptop A")) {
            enrol(office, first, PIN);
            needles.leaveOutWhatIsIn(List.of(first.home(), office.folder()));
            importFolder(first, source);
            readDocuments(first, source);
            lockAndUnlock(first);
            sync(first);
            try (Laptop second = Laptop.start(folder.resolve("b"), "Laptop B")) {
                secondLaptop(office, first, second, source);
                changeArrives(first, second);
                wipe(office, second);
                nothingInClear(needles, List.of(first.home(), second.home(), office.folder()));
            }
        }
    }

    /// The first half, again and again: one laptop that takes in several folders and opens what is in them.
    void playAtOneLaptop(List<Path> sources) throws IOException, InterruptedException {
        List<Needles> needles = new ArrayList<>();
        try (Office office = opened(Programs.HOSTED);
                Laptop laptop = Laptop.start(folder.resolve("a"), "Laptop A")) {
            enrol(office, laptop, PIN);
            for (Path source : sources) {
                Needles ofSource = Needles.of(source);
                ofSource.leaveOutWhatIsIn(List.of(laptop.home(), office.folder()));
                needles.add(ofSource);
                importFolder(laptop, source);
                readDocuments(laptop, source);
            }
            lockAndUnlock(laptop);
            sync(laptop);
            for (Needles each : needles) {
                nothingInClear(each, List.of(laptop.home(), office.folder()));
            }
        }
    }

    private void nothingInClear(Needles needles, List<Path> places) throws IOException, InterruptedException {
        logbook.step("search for clear text", () -> needles.absentFrom(places));
    }

    /// What was seen, one sentence a step.
    List<String> seen() {
        return logbook.seen();
    }

    private Office opened(Programs administrators) throws IOException, InterruptedException {
        Office[] office = new Office[1];
        logbook.step("server and organisation", () -> {
            office[0] = Office.open(folder, "Muster AG", administrators);
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
            laptop.say("top");
            laptop.say("click", "import-button");
            laptop.say("click", "import-folder");
            laptop.say("wait", "path-picker");
            // The picker takes the slash away when it is there; chosen sooner, it would import where it was before.
            laptop.say("fill", "picker-path", source + "/");
            laptop.say("key", "ENTER");
            laptop.say("becomes", "picker-path", source.toString());
            laptop.say("click", "picker-choose");
            laptop.say("gone", "path-picker");
            String said = laptop.say("text", "toast-text-0");
            laptop.say("reveal", name);
            laptop.say("shot", logbook.picture("imported"));
            if (said.contains("skipped")) {
                laptop.say("click", "toast-close-0");
            }
            laptop.say("gone", "toast-text-0");
            return said;
        });
        logbook.step("open the folder", () -> {
            laptop.say("open", name);
            laptop.say("either", "entry-table", "empty-state");
            laptop.say("shot", logbook.picture("folder"));
            long there = entries(source);
            long shown = Math.max(0, Long.parseLong(laptop.say("rows")));
            if (shown != there) {
                throw new IOException("the folder holds " + there + " entries, the list shows " + shown);
            }
            return name + " holds " + shown + " entries, as on the disk";
        });
    }

    /// What an import takes of a folder itself.
    private static long entries(Path source) throws IOException {
        try (Stream<Path> entries = Files.list(source)) {
            return entries.filter(entry -> Files.isReadable(entry)
                            && (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
                                    || Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)))
                    .count();
        }
    }

    private void readDocuments(Laptop laptop, Path source) throws IOException, InterruptedException {
        for (Reading reading : Choice.in(source)) {
            logbook.step("open a " + reading.look().label(), () -> {
                laptop.say("top");
                laptop.say("open", String.valueOf(source.getFileName()));
                for (Path part : reading.document()) {
                    laptop.say("open", part.toString());
                }
                String seen = look(laptop, reading);
                for (int tries = 1; seen.isEmpty() && tries < TRIES; tries++) {
                    // The viewer gives a page up after some seconds, which a busy machine may need for its fonts alone.
                    laptop.say("click", "document-back");
                    laptop.say("open", String.valueOf(reading.document().getFileName()));
                    seen = look(laptop, reading);
                }
                if (seen.isEmpty()) {
                    laptop.say("shot", logbook.picture("nothing"));
                    throw new IOException(reading.document() + " is open, but nothing of it is drawn");
                }
                laptop.say("shot", logbook.picture(reading.look().picture()));
                laptop.say("click", "document-back");
                laptop.say("wait", "entry-table");
                return reading.document().getFileName() + ": " + seen;
            });
        }
    }

    /// @return what is seen; empty if the viewer stays empty
    private static String look(Laptop laptop, Reading reading) throws IOException {
        if (reading.look() != Reading.Look.ANY) {
            laptop.say("wait", reading.look().id());
            if (!reading.shows().isEmpty()) {
                laptop.say("see", reading.shows());
            }
            laptop.say("gone", "pdf-progress");
            return laptop.say("drawn", reading.look().id()).equals("yes") ? "is shown" : "";
        }
        String id = laptop.say("either", "viewer-sentence", "text-lines", "image-view", "pdf-page");
        laptop.say("gone", "pdf-progress");
        if (!id.equals("viewer-sentence")) {
            return "is shown as far as it goes";
        }
        String sentence = laptop.say("text", id);
        if (!sentence.endsWith(".")) {
            throw new IOException("no sentence says why " + reading.document() + " is not shown: " + sentence);
        }
        return sentence;
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
            second.say("reveal", name);
            second.say("see", "Up to date");
            second.say("open", name);
            second.say("either", "entry-table", "empty-state");
            second.say("shot", logbook.picture("second"));
            long shown = Math.max(0, Long.parseLong(second.say("rows")));
            if (shown != entries(source)) {
                throw new IOException("the second laptop shows " + shown + " entries");
            }
            return "the folder " + name + " is there, too";
        });
    }

    private void changeArrives(Laptop first, Laptop second) throws IOException, InterruptedException {
        String made = "Draft for December";
        logbook.step("a change on one arrives at the other", () -> {
            first.say("top");
            first.say("click", "new-folder-button");
            first.say("type", "name-field", made);
            first.say("key", "ENTER");
            first.say("see", made);
            second.say("top");
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
            laptop.say("see", "Delivered");
            laptop.say("shot", logbook.picture("wiped"));
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
