package strongroom.vault.slot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Digest;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.posture.SecondWay;
import strongroom.protocol.posture.WaysIn;
import strongroom.vault.home.Home;
import strongroom.vault.store.KeptWays;

class WaysFileTest {
    private static final Instant AT = Instant.ofEpochMilli(1_700_000_000_000L);
    private static final byte[] SLOT = {1, 2, 3};
    private static final KeptWays KEPT =
            new KeptWays(true, new KeptWays.Second(SecondWay.CODE, Digest.sha256(SLOT), AT), AT.minusMillis(1));
    private static final String BYTES = "01" + "01" + "0000018bcfe567ff" + "01" + "01"
            + "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81" + "0000018bcfe56800";

    @TempDir
    private Path folder;

    private Home home;
    private WaysFile file;

    @BeforeEach
    void aHome() throws Exception {
        home = new Home(folder);
        Files.createDirectories(home.slots());
        file = new WaysFile(home);
    }

    @Test
    void theBytesAreThese() throws Exception {
        byte[] bytes = HexFormat.of().parseHex(BYTES);

        assertEquals(BYTES, HexFormat.of().formatHex(KEPT.toByteArray()));
        assertEquals(KEPT, KeptWays.of(bytes));
        assertEquals(KeptWays.NONE, KeptWays.of(KeptWays.NONE.toByteArray()));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(MalformedException.class, () -> KeptWays.of(cut));
        }
        for (String other : new String[] {"02" + BYTES.substring(2), BYTES + "00", BYTES.replace("ff0101", "ff0103")}) {
            assertThrows(
                    MalformedException.class, () -> KeptWays.of(HexFormat.of().parseHex(other)), other);
        }
    }

    @Test
    void aCodeIsToldForTheSlotThatItOpenedAlone() throws Exception {
        assertEquals(Optional.empty(), file.told());
        file.write(KEPT);
        assertEquals(Optional.of(new WaysIn(true, null)), file.told());

        Files.write(home.slots().resolve("recovery.slot"), SLOT);
        assertEquals(Optional.of(new WaysIn(true, new WaysIn.Second(SecondWay.CODE, AT))), file.told());

        Files.write(home.slots().resolve("recovery.slot"), new byte[] {1, 2, 4});
        assertEquals(Optional.of(new WaysIn(true, null)), file.told());
    }

    @Test
    void whatIsNoFileIsNotRead() throws Exception {
        // A pipe would be read for ever; a link is as little a file of ours.
        Path elsewhere = Files.write(folder.resolve("elsewhere"), KEPT.toByteArray());
        Files.createSymbolicLink(home.slots().resolve("store.ways"), elsewhere);

        assertThrows(IOException.class, file::told);
        assertThrows(IOException.class, () -> file.write(KeptWays.NONE));
    }

    @Test
    void aSlotThatCannotBeReadOpensNothing() throws Exception {
        file.write(KEPT);
        Files.createDirectory(home.slots().resolve("recovery.slot"));

        assertEquals(Optional.of(new WaysIn(true, null)), file.told());
    }

    @Test
    void whatLiesWhereItIsWrittenFirstIsPutAway() throws Exception {
        Path elsewhere = Files.write(folder.resolve("elsewhere"), SLOT);
        Files.createSymbolicLink(home.slots().resolve("store.ways.new"), elsewhere);

        file.write(KEPT);

        assertEquals(Optional.of(new WaysIn(true, null)), file.told());
        assertArrayEquals(SLOT, Files.readAllBytes(elsewhere));
    }

    @Test
    void aDamagedFileSaysNothing() throws Exception {
        Files.write(home.slots().resolve("store.ways"), new byte[] {1, 1});

        assertEquals(Optional.empty(), file.told());
    }
}
