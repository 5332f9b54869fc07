package strongroom.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.RecoveryKey;

class RecoveryProofTest {
    private static final RecoveryKey KEY = new RecoveryKey(1, new byte[] {1}, 3, 2, Instant.EPOCH);
    private static final RecoveryKey NEXT = new RecoveryKey(2, new byte[] {2}, 3, 2, Instant.EPOCH);
    private static final Instant DAY_90 = Instant.EPOCH.plus(Duration.ofDays(90));
    private static final Instant DAY_91 = Instant.EPOCH.plus(Duration.ofDays(91));

    @TempDir
    private Path directory;

    @Test
    void oneThatIsOlderThanNinetyDaysIsWarnedOf() throws IOException {
        RecoveryProof proof = new RecoveryProof(directory);
        assertTrue(proof.warning(KEY, DAY_90).isEmpty());
        assertTrue(proof.warning(KEY, DAY_91).orElseThrow().contains("91 days ago"));

        proof.write(KEY.fingerprint(), DAY_91);

        assertTrue(proof.warning(KEY, DAY_91.plus(Duration.ofDays(90))).isEmpty());
        assertTrue(proof.warning(KEY, DAY_91.plus(Duration.ofDays(91))).isPresent());
    }

    @Test
    void itIsSaidUntilWhenOneIsGoodAndOneOfATimeToComeIsNone() throws IOException {
        RecoveryProof proof = new RecoveryProof(directory);
        proof.write(KEY.fingerprint(), DAY_91);
        assertEquals(DAY_91.plus(Duration.ofDays(90)), proof.due(KEY, DAY_91));

        // By a clock that was ahead, or by whoever edits the file.
        proof.write(KEY.fingerprint(), DAY_91.plus(Duration.ofDays(400)));

        assertTrue(proof.warning(KEY, DAY_91).isPresent());
        assertEquals(DAY_90, proof.due(KEY, DAY_91));
    }

    @Test
    void whatWasShownIsGoodForNinetyDaysAndNotBeforeItWas() {
        assertTrue(RecoveryProof.isGood(Instant.EPOCH, DAY_90));
        assertFalse(RecoveryProof.isGood(Instant.EPOCH, DAY_91));
        // Clocks differ, by a day at most.
        assertTrue(RecoveryProof.isGood(DAY_91, DAY_90));
        assertFalse(RecoveryProof.isGood(DAY_91, Instant.EPOCH));
    }

    @Test
    void oneOfAnotherKeyOrADamagedOneIsNone() throws IOException {
        RecoveryProof proof = new RecoveryProof(directory);
        proof.write(KEY.fingerprint(), DAY_91);
        assertTrue(proof.warning(NEXT, DAY_91).isPresent());

        Files.writeString(directory.resolve("recovery.proof"), "nonsense");

        assertTrue(proof.warning(KEY, DAY_91).isPresent());
    }
}
