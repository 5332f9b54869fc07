package strongroom.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.tpm.TpmAddress;
import strongroom.vault.seal.tpm.TpmSealer;

/// `./strongroom bench unlock [--json]`: how long a person waits for the lock screen, for the documents after the
/// PIN and for the lock, in a real window; what the processes weigh; and how many copies of what was shown are in
/// their memory before and after a lock.
public final class UnlockBench {
    private static final int SEALS = Integer.getInteger("strongroom.bench.seals", 20);
    private static final String PASSPHRASE = "violet kettle 42";

    private final Figures figures = new Figures();
    private final Path folder;

    private UnlockBench(Path folder) {
        this.folder = folder;
    }

    /// @param arguments `--json`; with `--program DIR`, how long the program takes that jpackage made there
    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        Path folder = TempFolder.make();
        UnlockBench bench = new UnlockBench(folder);
        try (Office office = Office.open(folder, "Muster AG", Programs.ALONE);
                Screen screen = Screen.start(folder);
                TpmEmulator tpm = TpmEmulator.start(folder.resolve("tpm"))) {
            // Before the server takes part in opening: the search in the memories asks for keys by itself.
            bench.memories(office, screen);
            int program = words.indexOf("--program") + 1;
            if (program > 0) {
                bench.times(office, screen, tpm.address(), Path.of(words.get(program)));
            }
            bench.tpm(tpm.address());
        } finally {
            TempFolder.remove(folder);
        }
        System.out.println(words.contains("--json") ? bench.figures.json() : bench.figures.text());
    }

    private void times(Office office, Screen screen, String tpm, Path program)
            throws IOException, InterruptedException {
        try (Eyes eyes = Eyes.before(screen, folder)) {
            InstalledTimes times = new InstalledTimes(program, folder, screen, eyes, figures);
            if (KeePassXc.isInstalled()) {
                System.err.println("KeePassXC");
                new KeePassXc(folder, screen, eyes, figures).measure();
            }
            for (String server : List.of("", "_share")) {
                if (!server.isEmpty()) {
                    office.admin("share", "always");
                }
                for (Map.Entry<String, String> seal :
                        Map.of("passphrase", "none", "tpm", tpm).entrySet()) {
                    String what = seal.getKey() + server;
                    System.err.println(what);
                    try (Client client = Client.in(folder, what, seal.getValue())) {
                        client.enrol(office, "Anna Keller " + what, PASSPHRASE);
                        client.run(PASSPHRASE, "mkdir", "Contracts");
                        times.measure(client, PASSPHRASE, what);
                        System.err.println(figures.text());
                    }
                }
            }
        }
    }

    /// What is in all memories, with a process that says how far it is.
    private void memories(Office office, Screen screen)
            throws IOException, InterruptedException, GeneralSecurityException {
        System.err.println("memories");
        try (Client client = Client.in(folder, "memories", "none")) {
            client.enrol(office, "Bea Roth", PASSPHRASE);
            Canaries canaries = new Canaries(client, PASSPHRASE);
            canaries.add(folder.resolve("documents"));
            ProcessMemory search = canaries.search();
            try (ScriptedWindow window =
                    ScriptedWindow.start(screen, client.home(), client.tpm(), folder.resolve("scripted.log"))) {
                window.say("wait", "pin-field");
                canaries.type(window);
                Map<String, Integer> before = search.in(window.pid());
                canaries.enter(window);
                canaries.look(window);
                memory("unlocked", client);
                search.in(window.pid()).forEach((what, count) -> before.merge(what, count, Math::max));
                copies("unlocked", before);
                client.awaitWaitingWindow();
                window.tell("click", "lock-button");
                window.say("wait", "pin-field");
                memory("locked", client);
                Map<String, Integer> after = new LinkedHashMap<>();
                for (long pid : client.processes()) {
                    search.in(pid).forEach((what, count) -> after.merge(what, count, Integer::sum));
                }
                copies("after_lock", after);
            }
        }
    }

    private void tpm(String address) throws SealException {
        KeySealer sealer = new TpmSealer(TpmAddress.parse(address), new SecureRandom());
        try (SecretBytes secret = SecretBytes.random(32, new SecureRandom());
                SecretBytes authorisation = SecretBytes.random(32, new SecureRandom())) {
            for (int i = 0; i < SEALS; i++) {
                long begun = System.nanoTime();
                byte[] sealed = sealer.seal(secret, authorisation);
                figures.since("tpm_seal_s", begun);
                begun = System.nanoTime();
                sealer.unseal(sealed, authorisation).close();
                figures.since("tpm_unseal_s", begun);
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
            figures.add("copies_" + when + "_" + what.toLowerCase(Locale.ROOT), copies);
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
        figures.add("memory_" + when + "_mib", all);
    }
}
