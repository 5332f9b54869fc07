package strongroom.vault.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Id;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;

class SealedRowsTest {
    private static final byte[] TEXT = "a name that nobody may read".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    final Id vault = Id.random(Device.RANDOM);
    final Id id = Id.random(Device.RANDOM);
    Database database;
    SealedRows rows;
    SealedRows.Row row;

    @BeforeEach
    void seal() throws Exception {
        database = Database.create(folder);
        try (SecretBytes key = SecretBytes.random(32, Device.RANDOM)) {
            rows = new SealedRows(key, Device.RANDOM);
        }
        row = database.write(connection -> {
            rows.put(connection, SealedRows.Kind.ENTRY, vault, id, 7, TEXT);
            return SealedRows.find(connection, SealedRows.Kind.ENTRY, vault, id).orElseThrow();
        });
    }

    @AfterEach
    void close() {
        rows.close();
        database.close();
    }

    @Test
    void aRowOpensInItsPlace() throws Exception {
        assertArrayEquals(TEXT, rows.open(row));
    }

    @Test
    void eachFlippedBitIsNoticed() {
        for (int bit = 0; bit < 8 * row.sealed().length; bit++) {
            byte[] flipped = row.sealed().clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertNotAuthentic(new SealedRows.Row(row.kind(), vault, id, 7, flipped));
        }
    }

    @Test
    void eachLengthItIsCutToIsNoticed() {
        for (int length = 0; length < row.sealed().length; length++) {
            assertNotAuthentic(new SealedRows.Row(row.kind(), vault, id, 7, Arrays.copyOf(row.sealed(), length)));
        }
    }

    @Test
    void aRowInAnotherPlaceIsNoticed() {
        Id other = Id.random(Device.RANDOM);

        assertNotAuthentic(new SealedRows.Row(row.kind(), vault, other, 7, row.sealed()));
        assertNotAuthentic(new SealedRows.Row(row.kind(), other, id, 7, row.sealed()));
        assertNotAuthentic(new SealedRows.Row(row.kind(), id, vault, 7, row.sealed()));
        assertNotAuthentic(new SealedRows.Row(row.kind(), vault, id, 8, row.sealed()));
        for (SealedRows.Kind kind : SealedRows.Kind.values()) {
            if (kind != row.kind()) {
                assertNotAuthentic(new SealedRows.Row(kind, vault, id, 7, row.sealed()));
            }
        }
    }

    private void assertNotAuthentic(SealedRows.Row changed) {
        assertThrows(NotAuthenticException.class, () -> rows.open(changed));
    }
}
