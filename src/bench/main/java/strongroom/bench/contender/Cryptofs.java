package strongroom.bench.contender;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/// Cryptomator's file system in a warm process beside us.
final class Cryptofs implements Contender {
    private final CryptofsProgram program;
    private final Path folder;

    Cryptofs(CryptofsProgram program, Path folder) throws IOException {
        this.program = program;
        this.folder = folder;
        program.ask("create", store().toString());
    }

    private double ask(String... words) throws IOException {
        return program.ask(words)[0];
    }

    @Override
    public String name() {
        return "cryptofs";
    }

    @Override
    public String durability() {
        return "one fsync; syncfs for folders";
    }

    @Override
    public double importFile(Path file, String name) throws IOException {
        return ask("import-file", file.toString(), name);
    }

    @Override
    public double importFolder(Path source, String name) throws IOException {
        return ask("import-folder", source.toString(), name);
    }

    @Override
    public double readFile(String name) throws IOException {
        return ask("read-file", name);
    }

    @Override
    public double readFolder(String name) throws IOException {
        return ask("read-folder", name);
    }

    @Override
    public double[] readAtRandom(String name, RandomReads reads) throws IOException {
        return program.ask(
                "random",
                name,
                String.valueOf(reads.count()),
                String.valueOf(reads.length()),
                String.valueOf(reads.seed()));
    }

    @Override
    public boolean opens() {
        return true;
    }

    @Override
    public Optional<Opening> openWithKey() throws IOException {
        double[] seconds = program.ask("open");
        return Optional.of(new Opening(seconds[0], seconds[1]));
    }

    @Override
    public OptionalDouble unlock() throws IOException {
        return OptionalDouble.of(ask("unlock"));
    }

    @Override
    public OptionalDouble listFolder(String path) throws IOException {
        return OptionalDouble.of(ask("list", path));
    }

    @Override
    public OptionalDouble listAll(String path) throws IOException {
        return OptionalDouble.of(ask("list-all", path));
    }

    @Override
    public Path store() {
        return folder.resolve("kept");
    }

    @Override
    public void close() throws IOException {
        ask("close");
    }
}
