package strongroom.vault.store;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import strongroom.protocol.Id;
import strongroom.vault.crypto.SecretBytes;

/// A program that changes a store until it is killed, and says on its output what is durable: `+ id name hash` for
/// a document that is there, `- id` before it removes one. Also plays the agent now and then.
final class EndlessImport {
    private EndlessImport() {}

    /// @param args store folder, root key in hex, folder for sources, seed
    public static void main(String[] args) throws Exception {
        SecureRandom strong = new SecureRandom();
        Random random = new Random(Long.parseLong(args[3]));
        Path sources = Path.of(args[2]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (SecretBytes root = SecretBytes.ofAndZero(HexFormat.of().parseHex(args[1]));
                VaultStore store = VaultStore.open(Path.of(args[0]), root, Clock.systemUTC(), strong);
                Exchange exchange = Exchange.open(Path.of(args[0]), strong)) {
            Id vault = store.vaults().getFirst();
            Documents documents = store.documents(vault);
            out.println("ready");
            // Nobody listens any more once the test itself was killed.
            for (int round = 0; !out.checkError(); round++) {
                Path batch = Files.createTempDirectory(sources, "batch");
                for (int i = 0; i < 1 + random.nextInt(30); i++) {
                    byte[] content = new byte[random.nextInt(random.nextInt(10) == 0 ? 2_000_000 : 20_000)];
                    random.nextBytes(content);
                    Files.write(batch.resolve("doc " + i), content);
                }
                documents.importFrom(List.of(batch), documents.root().id(), new ImportWatch() {
                    @Override
                    public void at(long done, long total, long doneBytes, long totalBytes) {}

                    @Override
                    public void added(List<Item> added) {
                        added.forEach(item -> out.println("+ " + item.id() + " " + item.size()));
                    }
                });
                Item folder = documents.find(batch.getFileName().toString());
                Item some = documents.list(folder.id()).getFirst();
                if (round % 3 == 0) {
                    out.println("- " + some.id());
                    documents.remove(some.id());
                } else {
                    documents.move(some.id(), documents.root().id(), "moved " + some.id());
                }
                // The agent's part: the server takes the oldest change, and the window folds it in.
                exchange.chunksSent(vault, exchange.chunksToSend(vault, 10_000));
                for (int i = 0; i < 3; i++) {
                    var next = exchange.outgoing(vault);
                    if (next.isPresent()) {
                        exchange.accepted(vault, next.get());
                    }
                }
                store.applyIncoming();
            }
        }
    }
}
