package strongroom.vault.rollback;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import strongroom.protocol.Id;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.vault.crypto.Argon2Parameters;
import strongroom.vault.crypto.BoxKey;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;
import strongroom.vault.home.Home;
import strongroom.vault.identity.OneSealer;
import strongroom.vault.seal.MachineCounters;
import strongroom.vault.seal.MemorySealer;
import strongroom.vault.seal.SealKind;
import strongroom.vault.slot.SlotFile;
import strongroom.vault.store.Documents;
import strongroom.vault.store.PersonIdentity;
import strongroom.vault.store.VaultStore;

/// A home with a store that can be changed, sealed by a machine that counts.
public final class CountedHome implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Home home;
    private final MemorySealer machine = new MemorySealer(RANDOM, 100);
    private final SecretBytes root = SecretBytes.random(32, RANDOM);

    /// @param folder made if missing
    public CountedHome(Path folder, MachineCounters counters, Clock clock) throws Exception {
        home = new Home(folder);
        machine.give(counters);
        Files.createDirectories(home.slots());
        Files.write(home.slots().resolve(SlotFile.DAILY), slotOfTheTpm());
        try (VaultStore store = VaultStore.create(home.store(), root, clock, RANDOM);
                SigningKey signing = SigningKey.generate(RANDOM);
                BoxKey box = BoxKey.generate(RANDOM);
                BoxKey join = BoxKey.generate(RANDOM);
                PersonIdentity waiting =
                        PersonIdentity.waiting(Id.random(RANDOM), "Ada", Id.random(RANDOM), "laptop", join);
                PersonIdentity complete = waiting.with(signing, box);
                SecretBytes vaultKey = SecretBytes.random(32, RANDOM)) {
            store.storeIdentity(complete);
            store.addVault(Id.random(RANDOM), 1, vaultKey);
        }
    }

    /// One that opens nothing: nobody types a PIN here.
    private static byte[] slotOfTheTpm() {
        CanonicalWriter out = new CanonicalWriter().fixed("SRSLOT1\0".getBytes(StandardCharsets.US_ASCII));
        Id.random(RANDOM).write(out);
        out.uint8(SealKind.TPM.code());
        Argon2Parameters.DEFAULT.write(out);
        return out.fixed(new byte[16]).bytes(new byte[1]).bytes(new byte[1]).toByteArray();
    }

    Home home() {
        return home;
    }

    /// @return closed by the caller
    public VaultStore open(Clock clock) throws Exception {
        return VaultStore.open(home.store(), root, clock, RANDOM);
    }

    /// For one unlock.
    public RollbackCheck check(VaultStore store, Clock clock) {
        return new RollbackCheck(home, store.counter(), new OneSealer(machine), clock);
    }

    /// Changes documents.
    public static void change(VaultStore store) throws Exception {
        Documents documents = store.documents(store.vaults().getFirst());
        documents.makeFolder(documents.root().id(), "folder " + Id.random(RANDOM));
    }

    @Override
    public void close() {
        root.close();
    }
}
