package strongroom.vault.wipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import strongroom.protocol.Id;
import strongroom.protocol.Signed;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.home.DurableFile;
import strongroom.vault.home.Home;

/// Receipts of orders other than wipes, on disk until the server has them.
///
/// @param home where
record ReceiptOutbox(Home home) {
    /// A receipt that waits.
    ///
    /// @param order what it is about @param receipt signed @param file where it lies
    record Waiting(Id order, Signed receipt, Path file) {}

    void put(Id order, Signed receipt) throws IOException {
        Files.createDirectories(folder());
        CanonicalWriter out = new CanonicalWriter();
        order.write(out);
        receipt.write(out);
        DurableFile.write(folder().resolve(order + ".receipt"), out.toByteArray());
    }

    List<Waiting> waiting() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.sorted()
                    .filter(file -> file.toString().endsWith(".receipt"))
                    .map(ReceiptOutbox::read)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    void delivered(Waiting waiting) throws IOException {
        Files.deleteIfExists(waiting.file());
    }

    private static Optional<Waiting> read(Path file) {
        try {
            CanonicalReader in = new CanonicalReader(Files.readAllBytes(file));
            Waiting waiting = new Waiting(Id.read(in), Signed.read(in), file);
            in.end();
            return Optional.of(waiting);
        } catch (IOException | MalformedException e) {
            return Optional.empty();
        }
    }

    private Path folder() {
        return home.identity().resolve("receipts");
    }
}
