package strongroom.vault.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import strongroom.protocol.codec.CanonicalReader;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;

class PinHashTest {
    private static byte[] filled(int size, int value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void argon2idIsAsInRfc9106() {
        byte[] tag = HexFormat.of().parseHex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
        try (SecretBytes password = SecretBytes.ofAndZero(filled(32, 1));
                SecretBytes published = SecretBytes.ofAndZero(tag);
                SecretBytes derived = PinHash.argon2id(password, builder -> builder.withSalt(filled(16, 2))
                        .withSecret(filled(8, 3))
                        .withAdditional(filled(12, 4))
                        .withMemoryAsKB(32)
                        .withIterations(3)
                        .withParallelism(4))) {
            assertTrue(derived.matches(published));
        }
    }

    @Test
    void anotherPinOrSaltGivesAnotherHash() {
        try (SecretBytes pin = SecretBytes.ofAndZero("123456".toCharArray());
                SecretBytes other = SecretBytes.ofAndZero("123457".toCharArray());
                SecretBytes hash = PinHash.derive(pin, filled(16, 1), Argon2Parameters.DEFAULT);
                SecretBytes again = PinHash.derive(pin, filled(16, 1), Argon2Parameters.DEFAULT);
                SecretBytes ofOther = PinHash.derive(other, filled(16, 1), Argon2Parameters.DEFAULT);
                SecretBytes salted = PinHash.derive(pin, filled(16, 2), Argon2Parameters.DEFAULT)) {
            assertTrue(hash.matches(again));
            assertFalse(hash.matches(ofOther));
            assertFalse(hash.matches(salted));
        }
    }

    @Test
    void weakerOrRuinousParametersAreRefusedWhereverTheyComeFrom() {
        int[][] refused = {
            {(64 << 10) - 1, 3, 4},
            {64 << 10, 2, 4},
            {64 << 10, 3, 0},
            {(1 << 20) + 1, 3, 4},
            {64 << 10, 17, 4},
            {64 << 10, 3, 17},
            {0, 0, 0}
        };
        for (int[] each : refused) {
            byte[] written = new CanonicalWriter()
                    .uint32(each[0])
                    .uint8(each[1])
                    .uint8(each[2])
                    .toByteArray();
            assertThrows(IllegalArgumentException.class, () -> new Argon2Parameters(each[0], each[1], each[2]));
            assertThrows(MalformedException.class, () -> Argon2Parameters.read(new CanonicalReader(written)));
        }
    }

    @Test
    void parametersAreReadAsTheyWereWritten() throws Exception {
        CanonicalWriter out = new CanonicalWriter();
        Argon2Parameters.DEFAULT.write(out);

        assertEquals(Argon2Parameters.DEFAULT, Argon2Parameters.read(new CanonicalReader(out.toByteArray())));
    }
}
