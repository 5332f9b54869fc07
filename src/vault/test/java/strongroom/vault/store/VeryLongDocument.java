package strongroom.vault.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import strongroom.protocol.Id;
import strongroom.vault.crypto.BoxKey;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;

/// A program that takes in a very long document and reads it again, in a JVM with little memory.
final class VeryLongDocument {
    private VeryLongDocument() {}

    /// @param args store folder, length in bytes
    public static void main(String[] args) throws Exception {
        long length = Long.parseLong(args[1]);
        SecureRandom random = new SecureRandom();
        Id vault = Id.random(random);
        try (SecretBytes root = SecretBytes.random(32, random);
                SecretBytes key = SecretBytes.random(32, random);
                SigningKey signing = SigningKey.generate(random);
                BoxKey box = BoxKey.generate(random);
                BoxKey join = BoxKey.generate(random);
                VaultStore store = VaultStore.create(Path.of(args[0]), root, Clock.systemUTC(), random);
                PersonIdentity waiting =
                        PersonIdentity.waiting(Id.random(random), "Ada", Id.random(random), "laptop", join);
                PersonIdentity identity = waiting.with(signing, box)) {
            store.storeIdentity(identity);
            store.addVault(vault, 1, key);
            Documents documents = store.documents(vault);
            Item film = documents.save(documents.root().id(), "film", Device.NOW, new SparseStream(length), length);
            System.out.println("saved " + film.size());
            System.out.println(isThere(documents, film, length) ? "read" : "differs");
            System.out.println(
                    "damages " + store.verify(false, VerifyWatch.NONE).damages().size());
        }
    }

    private static boolean isThere(Documents documents, Item film, long length) throws Exception {
        InputStream expected = new SparseStream(length);
        byte[] one = new byte[1 << 20];
        byte[] other = new byte[1 << 20];
        try (InputStream in = documents.open(film.id())) {
            while (true) {
                int count = in.readNBytes(one, 0, one.length);
                if (count != expected.readNBytes(other, 0, other.length)
                        || !Arrays.equals(one, 0, count, other, 0, count)) {
                    return false;
                }
                if (count == 0) {
                    return true;
                }
            }
        }
    }
}
