package strongroom.vault.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Commit;
import strongroom.protocol.Digest;
import strongroom.protocol.Id;
import strongroom.protocol.VaultRecord;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.crypto.BoxKey;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.slot.RecoverySlot;
import strongroom.vault.slot.SlotFile;
import strongroom.vault.store.catalog.Change;
import strongroom.vault.store.catalog.ChunkRef;
import strongroom.vault.store.catalog.Content;
import strongroom.vault.store.catalog.Earlier;
import strongroom.vault.store.catalog.Node;
import strongroom.vault.store.catalog.Operation;
import strongroom.vault.store.chunk.CodedBody;
import strongroom.vault.store.chunk.PackScan;
import strongroom.vault.store.search.directory.SealedDirectory;

/// Everything that reads bytes which somebody may have put where the store's own were, with samples of what it reads.
enum StoredBytes {
    NODE {
        @Override
        byte @Nullable [] read(byte[] bytes) throws MalformedException {
            return Node.of(ID, bytes).toByteArray();
        }

        @Override
        List<byte[]> samples() {
            Content content = content(2);
            return List.of(
                    Node.folder(ID, ID, "Letters", NOW).toByteArray(),
                    new Node(ID, ID, "ä.txt", NOW, content, List.of(new Earlier(content, NOW)), true, NOW)
                            .toByteArray());
        }
    },
    CHANGE {
        @Override
        byte @Nullable [] read(byte[] bytes) throws MalformedException {
            return Change.of(bytes).toByteArray();
        }

        @Override
        List<byte[]> samples() {
            List<Operation> operations = List.of(
                    new Operation.PutFolder(ID, ID, "Letters", NOW),
                    new Operation.PutDocument(ID, ID, "a.txt", NOW, ID, content(1)),
                    new Operation.Move(ID, ID, "b.txt"),
                    new Operation.Remove(ID, ID),
                    new Operation.Restore(ID),
                    new Operation.Purge(ID, null),
                    new Operation.PurgeVersion(ID, ID));
            return List.of(new Change(ID, NOW, "laptop", operations).toByteArray());
        }
    },
    CHUNK_LIST {
        @Override
        byte @Nullable [] read(byte[] bytes) throws MalformedException {
            return ChunkRef.toByteArray(ChunkRef.listOf(bytes));
        }

        @Override
        List<byte[]> samples() {
            return List.of(ChunkRef.toByteArray(content(3).chunks()));
        }
    },
    COMMIT {
        @Override
        byte @Nullable [] read(byte[] bytes) throws MalformedException {
            Commit commit = Commit.of(bytes);
            commit.unverifiedHeader();
            return commit.toByteArray();
        }

        @Override
        List<byte[]> samples() {
            return List.of(inStore(device ->
                    device.exchange.outgoing(device.vault).orElseThrow().toByteArray()));
        }
    },
    VAULT_RECORDS {
        @Override
        byte @Nullable [] read(byte[] bytes) throws MalformedException {
            return VaultRecord.toByteArray(VaultRecord.listOf(bytes));
        }

        @Override
        List<byte[]> samples() {
            return List.of(VaultRecord.toByteArray(List.of(new VaultRecord(ID, List.of(), 7, Digest.ZERO))));
        }
    },
    LOG_STATE {
        @Override
        byte @Nullable [] read(byte[] bytes) throws MalformedException {
            return LogState.of(bytes).toByteArray();
        }

        @Override
        List<byte[]> samples() {
            return List.of(LogState.NEW.toByteArray());
        }
    },
    IDENTITY {
        @Override
        byte @Nullable [] read(byte[] bytes) throws MalformedException {
            PersonIdentity.of(bytes).close();
            return null;
        }

        @Override
        List<byte[]> samples() {
            try (BoxKey join = BoxKey.generate(RANDOM);
                    PersonIdentity waiting = PersonIdentity.waiting(ID, "Ada", ID, "laptop", join);
                    PersonIdentity trusting = waiting.with(RecoveryTrust.in(Digest.sha256(new byte[] {1})));
                    SecretBytes without = waiting.toSecret();
                    SecretBytes with = trusting.toSecret()) {
                return List.of(
                        without.<byte[], RuntimeException>use(byte[]::clone),
                        with.<byte[], RuntimeException>use(byte[]::clone));
            }
        }
    },
    CHUNK_BODY {
        @Override
        byte @Nullable [] read(byte[] bytes) {
            CodedBody.decode(bytes);
            return null;
        }

        @Override
        List<byte[]> samples() {
            return List.of(
                    CodedBody.encode("Dear Charles".repeat(50).getBytes(StandardCharsets.UTF_8)),
                    CodedBody.encode(new byte[] {1, 2, 3}));
        }
    },
    PACK {
        @Override
        byte @Nullable [] read(byte[] bytes) throws MalformedException {
            return inFolder(
                    "w-" + ID + ".pack",
                    bytes,
                    file -> PackScan.all(file.resolveSibling("."), (tag, place) -> {
                        if (place.length() <= 0 || place.position() <= 0) {
                            throw new IllegalStateException("no such place");
                        }
                    }));
        }

        @Override
        List<byte[]> samples() {
            return List.of(inStore(device -> Files.readAllBytes(device.packs().getFirst())));
        }
    },
    SLOT {
        @Override
        byte @Nullable [] read(byte[] bytes) throws MalformedException {
            return inFolder("daily.slot", bytes, SlotFile::read);
        }

        @Override
        List<byte[]> samples() {
            CanonicalWriter out = new CanonicalWriter().fixed("SRSLOT1\0".getBytes(StandardCharsets.US_ASCII));
            ID.write(out);
            out.uint8(1).uint32(65_536).uint8(3).uint8(4).fixed(new byte[16]);
            return List.of(out.bytes(new byte[40]).bytes(new byte[60]).toByteArray());
        }
    },
    RECOVERY_SLOT {
        @Override
        byte @Nullable [] read(byte[] bytes) throws MalformedException {
            return inFolder(RecoverySlot.FILE, bytes, RecoverySlot::read);
        }

        @Override
        List<byte[]> samples() {
            CanonicalWriter out = new CanonicalWriter().fixed("SRSLOTR1".getBytes(StandardCharsets.US_ASCII));
            ID.write(out);
            ID.write(out);
            return List.of(out.instant(NOW).bytes(new byte[60]).toByteArray());
        }
    },
    SEARCH_FILE {
        @Override
        byte @Nullable [] read(byte[] bytes) throws MalformedException {
            return inFolder("0".repeat(32), bytes, file -> {
                try (SecretBytes key = SecretBytes.ofAndZero(new byte[32])) {
                    SealedDirectory.open(file.resolveSibling("."), key, 0, RANDOM)
                            .close();
                }
            });
        }

        @Override
        List<byte[]> samples() {
            return List.of(new byte[200]);
        }
    };

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Id ID = Id.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
    private static final Instant NOW = Device.NOW;

    /// @return the same value in bytes again, null if there is but one way @throws MalformedException if it is refused
    abstract byte @Nullable [] read(byte[] bytes) throws MalformedException;

    /// What it takes.
    abstract List<byte[]> samples();

    private static Content content(int chunks) {
        List<ChunkRef> refs = new ArrayList<>();
        for (int i = 1; i <= chunks; i++) {
            refs.add(new ChunkRef(Digest.sha256(new byte[] {(byte) i}), 1_000));
        }
        return new Content(ID, 1, NOW, 1, chunks * 1_000L, false, refs);
    }

    private interface InStore {
        byte[] of(Device device) throws Exception;
    }

    private static byte[] inStore(InStore what) {
        try {
            Path folder = Files.createTempDirectory("sample");
            try (Device device = Device.alone(folder.resolve("store"))) {
                device.save("a.txt", "Dear Charles");
                return what.of(device);
            } finally {
                remove(folder);
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private interface InFile {
        void look(Path file) throws IOException, MalformedException;
    }

    private static byte @Nullable [] inFolder(String name, byte[] bytes, InFile look) throws MalformedException {
        try {
            Path folder = Files.createTempDirectory("bytes");
            try {
                look.look(Files.write(folder.resolve(name), bytes));
                return null;
            } finally {
                remove(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
