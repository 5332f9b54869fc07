package strongroom.bench.contender;

import java.io.IOException;
import java.nio.file.Path;
import strongroom.bench.process.OwnProcess;
import strongroom.vault.store.StoreException;

/// Our own store as a command line has it: from the start of the process until what came in is durable and the
/// process has ended. It opens the store with its root key: the command line itself wants an enrolled device with
/// its agent, and derives that key from a PIN.
public final class StrongroomProcess implements Contender {
    /// The name of this contender.
    public static final String NAME = "strongroom_process";

    private final Strongroom own;
    private final OwnProcess process;

    /// @param folder empty @param classes what {@link #train} left
    public StrongroomProcess(Path folder, Path classes) throws StoreException {
        this.own = new Strongroom(folder);
        this.process = new OwnProcess(0, classes);
    }

    /// Makes what the processes have beside them. @param folder empty @param to where, not there yet
    /// @param documents a few @param large not very large
    public static void train(Path folder, Path to, Path documents, Path large)
            throws IOException, StoreException, InterruptedException {
        try (Strongroom own = new Strongroom(folder)) {
            own.train(to, "train", documents.toString(), large.toString());
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String durability() {
        return own.durability();
    }

    @Override
    public boolean keepsVersions() {
        return true;
    }

    private double run(String... words) throws IOException, InterruptedException {
        return Stopwatch.<IOException, InterruptedException>time(() -> own.elsewhere(process, words));
    }

    @Override
    public double importFile(Path file, String name) throws IOException, InterruptedException {
        return run("import-file", file.toString(), name);
    }

    @Override
    public double importFolder(Path source, String name) throws IOException, InterruptedException {
        return run("import-folder", source.toString());
    }

    @Override
    public double readFile(String name) throws IOException, InterruptedException {
        return run("read", name);
    }

    @Override
    public double readFolder(String name) throws IOException, InterruptedException {
        return run("read", name);
    }

    @Override
    public Path store() {
        return own.store();
    }

    @Override
    public void close() {
        own.close();
    }
}
