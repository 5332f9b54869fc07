package strongroom.vault.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Digest;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SharePolicy;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.protocol.posture.SecondWay;
import strongroom.protocol.posture.WaysIn;
import strongroom.vault.client.EnrolmentState.Finished;
import strongroom.vault.client.EnrolmentState.Missing;
import strongroom.vault.client.EnrolmentState.Unfinished;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.KeptPolicy;
import strongroom.vault.identity.OneSealer;
import strongroom.vault.identity.TestOrganisation;
import strongroom.vault.seal.MemorySealer;
import strongroom.vault.slot.RecoveryCode;
import strongroom.vault.slot.RecoverySlot;
import strongroom.vault.slot.WaysFile;
import strongroom.vault.store.KeptWays;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.VaultStore;

/// What is kept of the ways in, over unlocks: who may move it, and who is asked again.
class ShownWaysTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Instant BEGIN = Instant.parse("2026-03-01T09:00:00Z");
    private static final Digest RECOVERY_KEY = Digest.sha256(new byte[] {7});
    private static final int WAYS = 14;

    @TempDir
    private Path folder;

    private final MemorySealer machine = new MemorySealer(RANDOM, 100);
    private final SecretBytes root = SecretBytes.random(32, RANDOM);
    private final Watched<EnrolmentState> told = new Watched<>(new EnrolmentState.NotKnown());
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };
    private Instant now = BEGIN;
    private Home home;
    private PrintedSlot printed;
    private VaultStore store;
    private ShownWays ways;

    @BeforeEach
    void aHome() throws Exception {
        home = new Home(folder);
        Files.createDirectories(home.slots());
        DeviceIdentity identity = new DeviceIdentity(home, new OneSealer(machine), RANDOM);
        ServerShares shares =
                ServerShares.of(home, identity, new AgentConnection(home, "none"), Clock.systemUTC(), RANDOM);
        TrustedTime time = new TrustedTime(home, new PolicyInForce<>(home, identity, PolicyKind.PIN), clock);
        printed =
                new PrintedSlot(home, new DailySlot(home, shares, new OneSealer(machine), time, RANDOM), clock, RANDOM);
        store = VaultStore.create(home.store(), root, clock, RANDOM);
        ways = ways();
    }

    private ShownWays ways() {
        return new ShownWays(store, printed, new WaysFile(home), told, clock);
    }

    @AfterEach
    void close() {
        store.close();
        root.close();
    }

    /// A lock, and an unlock after it.
    private void openAgain(Duration later) throws Exception {
        store.close();
        ways.sayLocked();
        assertEquals(new EnrolmentState.NotKnown(), told.get());
        now = now.plus(later);
        store = VaultStore.open(home.store(), root, clock, RANDOM);
        ways = ways();
        ways.byPin();
    }

    /// @return the code
    private String sheet() throws ClientException {
        try (PrintedSheet sheet = printed.draft(root, ways::byCode)) {
            String code = new String(sheet.code());
            sheet.confirm(code.toCharArray());
            return code;
        }
    }

    private ClientException refused(String code) {
        char[] typed = code.toCharArray();
        ClientException refused = assertThrows(ClientException.class, () -> ways.prove(typed));
        assertArrayEquals(new char[typed.length], typed);
        return refused;
    }

    private static Unfinished missing(Missing missing) {
        return new Unfinished(missing);
    }

    @Test
    void anEnrolmentIsFinishedOnceThePinOpenedAndTheCodeWasTypedBack() throws Exception {
        ways.look();
        assertEquals(missing(Missing.SECOND_WAY), told.get());
        sheet();
        assertEquals(missing(Missing.PIN), told.get());

        openAgain(Duration.ofHours(1));

        assertEquals(new Finished(BEGIN, false), told.get());
    }

    @Test
    void aQuarterLaterTheCodeIsAskedForAndShownItIsGoodForAnother() throws Exception {
        String code = sheet();
        openAgain(Duration.ofDays(89));
        assertEquals(new Finished(BEGIN, false), told.get());
        openAgain(Duration.ofDays(2));
        assertEquals(new Finished(BEGIN, true), told.get());
        byte[] slot = Files.readAllBytes(PrintedSlot.fileIn(home));

        ways.prove(code.toCharArray());

        assertEquals(new Finished(now, false), told.get());
        assertArrayEquals(slot, Files.readAllBytes(PrintedSlot.fileIn(home)));
        openAgain(Duration.ofDays(1));
        assertEquals(new Finished(BEGIN.plus(Duration.ofDays(91)), false), told.get());
    }

    @Test
    void aClockThatIsSetBackDoesNotPutOffTheQuestionAndIsForgivenToWhoHasThePaper() throws Exception {
        String code = sheet();
        openAgain(Duration.ofDays(91));
        openAgain(Duration.ofDays(-80));
        assertEquals(new Finished(BEGIN, true), told.get());

        ways.prove(code.toCharArray());
        assertEquals(new Finished(now, false), told.get());

        // Dated by a clock that was ahead.
        now = now.plus(Duration.ofDays(4000));
        ways.prove(code.toCharArray());
        openAgain(Duration.ofDays(-4000));
        assertEquals(new Finished(now.plus(Duration.ofDays(4000)), true), told.get());
    }

    @Test
    void anotherCodeMovesNothingAndAMistypedGroupIsNamed() throws Exception {
        String first = sheet();
        String second = sheet();
        ways.byPin();
        now = now.plus(Duration.ofDays(91));
        ways.look();

        ClientException another = refused(first);
        assertEquals(Problem.CODE_WRONG, another.problem());
        assertTrue(another.getMessage().startsWith("This is the code of another sheet."), another.getMessage());
        assertFalse(another.getMessage().contains("make a new"), another.getMessage());
        ClientException mistyped = refused("U" + second.substring(1));
        assertEquals(Problem.CODE_WRONG, mistyped.problem());
        assertTrue(mistyped.getMessage().contains("Group 1"), mistyped.getMessage());
        assertEquals(new Finished(BEGIN, true), told.get());
    }

    @Test
    void aSlotOfWhichAByteWasChangedWasNotShownAndIsFoundByItsOwnCode() throws Exception {
        String code = sheet();
        byte[] bytes = Files.readAllBytes(PrintedSlot.fileIn(home));
        bytes[bytes.length - 1]++;
        Files.write(PrintedSlot.fileIn(home), bytes);

        openAgain(Duration.ofHours(1));

        assertEquals(missing(Missing.PROOF_OF_CODE), told.get());
        assertTrue(refused(code).getMessage().contains("make a new recovery code"));
        bytes[bytes.length - 1]--;
        Files.write(PrintedSlot.fileIn(home), bytes);
        ways.look();
        assertEquals(new Finished(BEGIN, false), told.get());
    }

    @Test
    void theCodeOfAnotherVaultIsNoProof() throws Exception {
        sheet();
        ways.byPin();
        try (RecoveryCode other = RecoveryCode.random(RANDOM);
                SecretBytes anotherRoot = SecretBytes.random(32, RANDOM)) {
            RecoverySlot.wrap(other, anotherRoot, BEGIN, RANDOM).write(PrintedSlot.fileIn(home));

            assertEquals(
                    Problem.STORE_DAMAGED, refused(new String(other.text())).problem());
        }
        ways.look();
        assertEquals(missing(Missing.PROOF_OF_CODE), told.get());
    }

    @Test
    void whoEditsTheFileInClearMovesNothingThatIsAsked() throws Exception {
        sheet();
        openAgain(Duration.ofDays(91));
        WaysFile file = new WaysFile(home);
        KeptWays kept = file.read().orElseThrow();
        KeptWays.Second second = kept.second();
        Digest slot = printed.digest().orElseThrow();
        assertEquals(new KeptWays.Second(SecondWay.CODE, slot, BEGIN), second);
        file.write(kept.with(new KeptWays.Second(SecondWay.CODE, slot, now)));

        openAgain(Duration.ofHours(1));

        assertEquals(new Finished(BEGIN, true), told.get());
        assertEquals(second, file.read().orElseThrow().second());
    }

    @Test
    void whoTakesTheSealedRowAwayOrPutsAnEarlierOneBackIsAskedAgain() throws Exception {
        String code = sheet();
        ways.byPin();
        byte[][] earlier = {row()};
        now = now.plus(Duration.ofDays(80));
        ways.prove(code.toCharArray());
        assertNotEquals(0, earlier[0].length);

        store.close();
        change("UPDATE row SET sealed = ? WHERE kind = " + WAYS, earlier[0]);
        openAgain(Duration.ofHours(1));
        // A row that does not open in its place says nothing.
        assertEquals(missing(Missing.PROOF_OF_CODE), told.get());
        ways.prove(code.toCharArray());

        store.close();
        change("DELETE FROM row WHERE ? IS NOT NULL AND kind = " + WAYS, earlier[0]);
        openAgain(Duration.ofHours(1));
        assertEquals(missing(Missing.PROOF_OF_CODE), told.get());
    }

    private byte[] row() throws Exception {
        try (Connection connection = database();
                PreparedStatement query = connection.prepareStatement("SELECT sealed FROM row WHERE kind = " + WAYS);
                ResultSet found = query.executeQuery()) {
            assertTrue(found.next());
            return found.getBytes(1);
        }
    }

    private void change(String statement, byte[] sealed) throws Exception {
        try (Connection connection = database();
                PreparedStatement change = connection.prepareStatement(statement)) {
            change.setBytes(1, sealed);
            assertEquals(1, change.executeUpdate());
        }
    }

    private Connection database() throws Exception {
        return DriverManager.getConnection("jdbc:sqlite:" + home.store().resolve("vault.db"));
    }

    @Test
    void whereTheServerTakesPartTheKeysThatWereLeftAreTheSecondWayAndTheCodeIsNone() throws Exception {
        sheet();
        ways.byPin();
        ways.left(RECOVERY_KEY);
        assertEquals(new Finished(BEGIN, false), told.get());
        theServerTakesPart();
        openAgain(Duration.ofDays(1));
        assertEquals(missing(Missing.KEYS_FOR_ADMINISTRATORS), told.get());
        ways.left(RECOVERY_KEY);

        assertEquals(new Finished(now, false), told.get());
        assertEquals(
                Optional.of(new WaysIn(true, new WaysIn.Second(SecondWay.ADMINISTRATORS, now))),
                new WaysFile(home).told());
    }

    @Test
    void whereThereIsNobodyToLeaveThemToAnyMoreWhatWasLeftIsNoSecondWay() throws Exception {
        theServerTakesPart();
        ways.byPin();
        ways.left(RECOVERY_KEY);
        assertEquals(new Finished(now, false), told.get());

        ways.nobody();

        assertEquals(missing(Missing.KEYS_FOR_ADMINISTRATORS), told.get());
    }

    @Test
    void aCodeIsASecondWayWhoeverIsThere() throws Exception {
        sheet();
        ways.byPin();

        ways.nobody();

        assertEquals(new Finished(BEGIN, false), told.get());
    }

    private void theServerTakesPart() throws Exception {
        TestOrganisation organisation = new TestOrganisation();
        organisation.enrol(
                new DeviceIdentity(home, new OneSealer(machine), RANDOM), URI.create("https://localhost:1"), 2);
        SharePolicy always = new SharePolicy(1, SharePolicy.Mode.ALWAYS, 0, 0, Instant.now());
        SignedPolicy signed =
                SignedPolicy.of(always, organisation.administratorCertificate(), organisation.administratorKey());
        assertTrue(new KeptPolicy<>(home, PolicyKind.SHARE).renew(signed, organisation.organisation()));
    }

    @Test
    void nothingIsWrittenTwiceInADay() throws Exception {
        sheet();
        openAgain(Duration.ofHours(1));
        byte[] before = row();
        openAgain(Duration.ofHours(22));
        assertArrayEquals(before, row());

        openAgain(Duration.ofHours(2));

        assertEquals(now, store.ways().read().seen());
    }

    @Test
    void inAHomeThatIsBeingWipedNothingIsLeft() throws Exception {
        Files.write(home.wipeJournal(), new byte[1]);

        ways.byPin();

        assertFalse(Files.exists(new WaysFile(home).files().getFirst()));
    }

    @Test
    void aDamagedRowSaysNothingAndAKeyOfAnotherStoreIsNotTheStores() throws Exception {
        sheet();
        ways.byPin();
        store.close();
        change("UPDATE row SET sealed = ? WHERE kind = " + WAYS, new byte[40]);
        store = VaultStore.open(home.store(), root, clock, RANDOM);

        assertEquals(KeptWays.NONE, store.ways().read());
        store.requireKey(root);
        try (SecretBytes another = SecretBytes.random(32, RANDOM)) {
            assertEquals(
                    StoreException.Why.DAMAGED,
                    assertThrows(StoreException.class, () -> store.requireKey(another))
                            .why());
        }
    }
}
