package strongroom.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.tpm.TpmAddress;
import strongroom.vault.seal.tpm.TpmSealer;

/// `./strongroom bench unlock [--json]`: how long a person waits for the lock screen, for the documents after the
/// PIN and for the lock, in a real window; what the processes weigh; and how many copies of what was shown are in
/// their memory before and after a lock.
public final class UnlockBench {
    private static final int CYCLES = Integer.getInteger("strongroom.bench.locks", 5);
    private static final int SEALS = Integer.getInteger("strongroom.bench.seals", 20);
    private static final String PASSPHRASE = "violet kettle 42";

    private final Map<String, List<Double>> figures = new LinkedHashMap<>();
    private final Path folder;

    private UnlockBench(Path folder) {
        this.folder = folder;
    }

    /// @param arguments `--json`
    public static void main(String[] arguments) throws Exception {
        Path folder = TempFolder.make();
        UnlockBench bench = new UnlockBench(folder);
        try (Office office = Office.open(folder, "Muster AG", Programs.ALONE);
                Screen screen = Screen.start(folder);
                TpmEmulator tpm = TpmEmulator.start(folder.resolve("tpm"))) {
            bench.passphrase(office, screen);
            bench.window(office, screen, "tpm", tpm.address());
            office.admin("share", "always");
            bench.window(office, screen, "passphrase_share", "none");
            bench.window(office, screen, "tpm_share", tpm.address());
            bench.tpm(tpm.address());
        } finally {
            TempFolder.remove(folder);
        }
        System.out.println(List.of(arguments).contains("--json") ? bench.json() : bench.text());
    }

    /// With the search in all memories.
    private void passphrase(Office office, Screen screen)
            throws IOException, InterruptedException, GeneralSecurityException {
        try (Client client = Client.in(folder, "passphrase", "none")) {
            client.enrol(office, "Anna Keller", PASSPHRASE);
            Canaries canaries = new Canaries(client, PASSPHRASE);
            canaries.add(folder.resolve("documents"));
            ProcessMemory search = canaries.search();
            try (ScriptedWindow window = started(screen, client)) {
                cycles(window, client, "passphrase");
                canaries.type(window);
                Map<String, Integer> before = search.in(window.pid());
                canaries.enter(window);
                canaries.look(window);
                memory("unlocked", client);
                search.in(window.pid()).forEach((what, count) -> before.merge(what, count, Math::max));
                copies("unlocked", before);
                lock(window);
                memory("locked", client);
                Map<String, Integer> after = new LinkedHashMap<>();
                for (long pid : client.processes()) {
                    search.in(pid).forEach((what, count) -> after.merge(what, count, Integer::sum));
                }
                copies("after_lock", after);
            }
        }
    }

    private void window(Office office, Screen screen, String name, String tpm)
            throws IOException, InterruptedException {
        System.err.println(name);
        try (Client client = Client.in(folder, name, tpm)) {
            client.enrol(office, "Anna Keller " + name, PASSPHRASE);
            client.run(PASSPHRASE, "mkdir", "Contracts");
            try (ScriptedWindow window = started(screen, client)) {
                cycles(window, client, name);
            }
        }
    }

    private ScriptedWindow started(Screen screen, Client client) throws IOException {
        long begun = System.nanoTime();
        ScriptedWindow window = ScriptedWindow.start(screen, client.home(), client.tpm(), folder.resolve("window.log"));
        window.say("wait", "pin-field");
        put("cold_start_to_pin_field_s", begun);
        return window;
    }

    private void cycles(ScriptedWindow window, Client client, String name) throws IOException, InterruptedException {
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            window.say("type", "pin-field", PASSPHRASE);
            long entered = System.nanoTime();
            window.say("key", "ENTER");
            window.say("wait", "entry-table");
            put("pin_to_list_" + name + "_s", entered);
            client.awaitWaitingWindow();
            // What a start takes would be measured with the lock.
            TimeUnit.SECONDS.sleep(3);
            lock(window);
        }
    }

    private void lock(ScriptedWindow window) throws IOException, InterruptedException {
        long shower = window.pid();
        long asked = System.nanoTime();
        window.tell("click", "lock-button");
        while (!ProcessMemory.isGone(shower)) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        put("lock_to_process_gone_s", asked);
        window.say("wait", "pin-field");
        put("lock_to_next_pin_field_s", asked);
    }

    private void tpm(String address) throws SealException {
        KeySealer sealer = new TpmSealer(TpmAddress.parse(address), new SecureRandom());
        try (SecretBytes secret = SecretBytes.random(32, new SecureRandom());
                SecretBytes authorisation = SecretBytes.random(32, new SecureRandom())) {
            for (int i = 0; i < SEALS; i++) {
                long begun = System.nanoTime();
                byte[] sealed = sealer.seal(secret, authorisation);
                put("tpm_seal_s", begun);
                begun = System.nanoTime();
                sealer.unseal(sealed, authorisation).close();
                put("tpm_unseal_s", begun);
                sealer.destroy(sealed);
            }
        }
    }

    private void copies(String when, Map<String, Integer> found) {
        for (String what : List.of("key", "round", "PIN", "name", "text", "searched")) {
            double copies = found.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(what))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
            add("copies_" + when + "_" + what.toLowerCase(Locale.ROOT), copies);
        }
    }

    private void memory(String when, Client client) throws IOException {
        double all = 0;
        for (long pid : client.processes()) {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    all += Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
                }
            }
        }
        add("memory_" + when + "_mib", all);
    }

    private void put(String figure, long begun) {
        add(figure, (System.nanoTime() - begun) / 1e9);
    }

    private void add(String figure, double value) {
        figures.computeIfAbsent(figure, _ -> new ArrayList<>()).add(value);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        figures.forEach((name, values) -> text.append(
                String.format(Locale.ROOT, "%-34s %10.3f   (median of %d)%n", name, median(values), values.size())));
        return text.toString();
    }

    private String json() {
        List<String> pairs = new ArrayList<>();
        figures.forEach((name, values) -> pairs.add(String.format(Locale.ROOT, "\"%s\":%.4f", name, median(values))));
        return "{" + String.join(",", pairs) + "}";
    }
}
