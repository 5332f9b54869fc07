package strongroom.vault.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.policy.PinPolicy;
import strongroom.protocol.policy.PolicyKind;
import strongroom.protocol.policy.SharePolicy;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.KeptPolicy;
import strongroom.vault.identity.OneSealer;
import strongroom.vault.identity.TestOrganisation;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.MemorySealer;
import strongroom.vault.seal.PcrSelection;
import strongroom.vault.seal.SealKind;
import strongroom.vault.seal.passphrase.PassphraseSealer;
import strongroom.vault.slot.RecoveryCode;
import strongroom.vault.slot.RecoverySlot;
import strongroom.vault.slot.SlotFile;

/// A lost seal is named, the printed code opens in its place, and what is sealed anew is the best that there
/// is.
class SecondWayTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PIN = "482913";
    private static final String NEW_PIN = "715204";

    @TempDir
    private Path folder;

    private final MemorySealer tpm = new MemorySealer(RANDOM, 100);
    private final MemorySealer keyring = new MemorySealer(RANDOM, SealKind.KEYSTORE, 100);
    private final Parts parts = new Parts(tpm, keyring, new PassphraseSealer(RANDOM));
    private final SecretBytes root = SecretBytes.random(32, RANDOM);
    private Home home = new Home(Path.of(""));
    private DailySlot daily = slot();
    private PrintedSlot printed = printed();
    private Unlock unlock = unlock();

    @BeforeEach
    void aHome() throws Exception {
        home = new Home(folder);
        Files.createDirectories(home.slots());
        daily = slot();
        printed = printed();
        unlock = unlock();
    }

    private DailySlot slot() {
        AgentConnection agent = new AgentConnection(home, "none");
        DeviceIdentity identity = new DeviceIdentity(home, parts, RANDOM);
        TrustedTime time = new TrustedTime(home, policy(), Clock.systemUTC());
        return new DailySlot(
                home, ServerShares.of(home, identity, agent, Clock.systemUTC(), RANDOM), parts, time, RANDOM);
    }

    private PrintedSlot printed() {
        return new PrintedSlot(home, daily, Clock.systemUTC(), RANDOM);
    }

    private Unlock unlock() {
        WrongPinRule none = new WrongPinRule(home, policy(), (_, _) -> {
            throw new IllegalStateException("no rule destroys anything here");
        });
        return new Unlock(home, daily, printed, parts, none, Clock.systemUTC());
    }

    private PolicyInForce<PinPolicy> policy() {
        return new PolicyInForce<>(home, new DeviceIdentity(home, parts, RANDOM), PolicyKind.PIN);
    }

    private void make(KeySealer sealer) throws ClientException {
        try (SecretBytes pin = pin(PIN)) {
            daily.make(pin, root, sealer);
        }
    }

    @AfterEach
    void close() {
        root.close();
    }

    private static SecretBytes pin(String characters) {
        return SecretBytes.ofAndZero(characters.toCharArray());
    }

    /// @return the code
    private String sheet() throws ClientException {
        try (PrintedSheet sheet = printed.draft(root, _ -> {})) {
            String code = new String(sheet.code());
            sheet.confirm(code.toCharArray());
            return code;
        }
    }

    private Unlock.Outcome recovered(String code) throws ClientException {
        try (RecoveryCode typed = RecoveryCodes.read(code.toCharArray());
                SecretBytes pin = pin(NEW_PIN)) {
            return unlock.recover(typed, pin, unlock.strongest(), this::requireRoot);
        }
    }

    private void requireRoot(SecretBytes opened) throws ClientException {
        if (!opened.matches(root)) {
            throw new ClientException(Problem.STORE_DAMAGED, "This is the key of another store.");
        }
    }

    private void assertOpens(String characters) throws ClientException {
        try (SecretBytes pin = pin(characters)) {
            assertRoot(unlock.open(pin));
        }
    }

    private void assertRoot(Unlock.Outcome outcome) {
        try (SecretBytes opened =
                assertInstanceOf(Unlock.Outcome.Root.class, outcome).root()) {
            assertTrue(opened.matches(root));
        }
    }

    private UnlockResult refusal(String characters) throws ClientException {
        try (SecretBytes pin = pin(characters)) {
            return assertInstanceOf(Unlock.Outcome.Refused.class, unlock.open(pin))
                    .result();
        }
    }

    private void assertRefused(Problem problem, String part) throws ClientException {
        UnlockResult.Refused refused = assertInstanceOf(UnlockResult.Refused.class, refusal(PIN));
        assertEquals(problem, refused.problem());
        assertTrue(refused.sentence().contains(part), refused.sentence());
    }

    private static Problem problem(ThrowingCall call) {
        return assertThrows(ClientException.class, call::run).problem();
    }

    private interface ThrowingCall {
        void run() throws ClientException;
    }

    @Test
    void aClearedTpmIsNamedAndTheCodeOpensAndSealsAnew() throws Exception {
        make(tpm);
        String code = sheet();
        tpm.clear();
        assertRefused(Problem.SEAL_LOST, "type the recovery code of sheet");

        assertRoot(recovered(code));

        assertOpens(NEW_PIN);
        assertInstanceOf(UnlockResult.WrongPin.class, refusal(PIN));
    }

    private Optional<UnlockResult> bind(String characters, Integer... registers) throws ClientException {
        try (SecretBytes pin = pin(characters)) {
            return switch (unlock.bind(pin, PcrSelection.of(List.of(registers)))) {
                case Unlock.Outcome.Refused(UnlockResult result) -> Optional.of(result);
                case Unlock.Outcome.Root open -> {
                    open.root().close();
                    yield Optional.empty();
                }
            };
        }
    }

    private List<Integer> bound() throws ClientException {
        return tpm.binding(daily.read().sealed()).registers();
    }

    @Test
    void anotherStartOfTheMachineCostsNoTryAndWhatIsSealedAnewIsBoundAnew() throws Exception {
        make(tpm);
        String code = sheet();
        assertEquals(Optional.empty(), bind(PIN, 0, 7));
        assertEquals(List.of(0, 7), bound());
        assertEquals(1, tpm.kept());
        assertOpens(PIN);
        tpm.startOtherwise(4);
        assertOpens(PIN);

        tpm.startOtherwise(7);

        int tries = tpm.triesLeft();
        assertRefused(Problem.SEAL_LOST, "type the recovery code of sheet");
        assertEquals(tries, tpm.triesLeft());
        assertRoot(recovered(code));
        assertEquals(List.of(0, 7), bound());
        assertOpens(NEW_PIN);
        tpm.startOtherwise(0);
        assertInstanceOf(UnlockResult.Refused.class, refusal(NEW_PIN));
    }

    @Test
    void anotherPinIsBoundToTheSameUntilSomebodyWantsItOtherwise() throws Exception {
        make(tpm);
        sheet();
        assertEquals(Optional.empty(), bind(PIN, 7));

        try (SecretBytes present = pin(PIN);
                SecretBytes fresh = pin(NEW_PIN)) {
            assertRoot(unlock.change(present, fresh));
        }
        assertEquals(List.of(7), bound());
        assertInstanceOf(UnlockResult.WrongPin.class, bind(PIN, 4).orElseThrow());
        assertEquals(List.of(7), bound());
        assertEquals(Optional.empty(), bind(NEW_PIN));
        assertEquals(List.of(), bound());
        tpm.startOtherwise(7);
        assertOpens(NEW_PIN);
    }

    @Test
    void nothingIsBoundWithoutASecondWayOrWithoutATpm() throws Exception {
        make(tpm);
        int tries = tpm.triesLeft();
        assertEquals(Problem.NO_RECOVERY, problem(() -> bind(NEW_PIN, 7)));
        assertEquals(tries, tpm.triesLeft());
        assertEquals(Optional.empty(), bind(PIN));

        tpm.setAbsent(true);
        String code = sheet();
        assertRoot(recovered(code));
        assertEquals(SealKind.KEYSTORE, daily.read().kind());
        assertEquals(Problem.TPM_MISSING, problem(() -> bind(NEW_PIN, 7)));
    }

    @Test
    void aCodeOfAnotherStoreLeavesTheSlotThatOpens() throws Exception {
        make(tpm);
        byte[] before = Files.readAllBytes(home.slots().resolve(SlotFile.DAILY));
        try (SecretBytes another = SecretBytes.random(32, RANDOM);
                PrintedSheet sheet = printed.draft(another, _ -> {})) {
            sheet.confirm(sheet.code());
            String code = new String(sheet.code());

            assertEquals(Problem.STORE_DAMAGED, problem(() -> recovered(code)));
        }
        assertArrayEquals(before, Files.readAllBytes(home.slots().resolve(SlotFile.DAILY)));
        assertEquals(1, tpm.kept());
    }

    @Test
    void cutOffBeforeThereIsANewSlotTheCodeOpensAgain() throws Exception {
        make(tpm);
        String code = sheet();
        tpm.clear();
        try (RecoveryCode typed = RecoveryCodes.read(code.toCharArray());
                SecretBytes pin = pin(NEW_PIN)) {
            tpm.setAbsent(true);
            assertEquals(Problem.TPM_MISSING, problem(() -> unlock.recover(typed, pin, tpm, this::requireRoot)));
            tpm.setAbsent(false);

            assertRoot(unlock.recover(typed, pin, tpm, this::requireRoot));
        }
        assertOpens(NEW_PIN);
        assertEquals(1, tpm.kept());
    }

    @Test
    void aPartThatIsGoneForGoodIsReplacedByTheNextBest() throws Exception {
        make(tpm);
        String code = sheet();
        tpm.setAbsent(true);
        assertRefused(Problem.TPM_MISSING, "If it does not come back");

        assertRoot(recovered(code));

        assertEquals(SealKind.KEYSTORE, daily.read().kind());
    }

    @Test
    void aSlotThatIsGoneOrDamagedIsMadeAnew() throws Exception {
        assertRefused(Problem.SEAL_LOST, "Ask your administrators for recovery");
        String code = sheet();
        assertRefused(Problem.SEAL_LOST, "type the recovery code");
        assertRoot(recovered(code));

        Files.write(home.slots().resolve(SlotFile.DAILY), new byte[] {1, 2, 3});
        assertRefused(Problem.STORE_DAMAGED, "type the recovery code");
        assertRoot(recovered(code));
        assertOpens(NEW_PIN);
    }

    @Test
    void aPartThatComesIsUsedFromTheNextGoodUnlockOn() throws Exception {
        make(keyring);

        assertInstanceOf(UnlockResult.WrongPin.class, refusal(NEW_PIN));
        assertEquals(SealKind.KEYSTORE, daily.read().kind());
        assertOpens(PIN);

        assertEquals(SealKind.TPM, daily.read().kind());
        assertEquals(0, keyring.kept());
        assertOpens(PIN);
    }

    @Test
    void aCodeCountsOnlyOnceItWasTypedBack() throws Exception {
        assertInstanceOf(RecoveryState.None.class, printed.state());
        String first = sheet();
        byte[] slot = Files.readAllBytes(PrintedSlot.fileIn(home));
        PrintedSheet sheet = printed.draft(root, _ -> {});
        char[] typed = sheet.code();
        typed[7] = typed[7] == '0' ? '1' : '0';

        assertEquals(Problem.CODE_WRONG, problem(() -> sheet.confirm(typed)));
        assertTrue(Arrays.equals(new char[typed.length], typed));
        assertEquals(Problem.CODE_WRONG, problem(() -> sheet.confirm(first.toCharArray())));
        assertTrue(Arrays.equals(slot, Files.readAllBytes(PrintedSlot.fileIn(home))));

        sheet.confirm(sheet.code());
        assertEquals(new RecoveryState.Sheet(sheet.number(), sheet.made()), printed.state());
        UnlockResult.Refused refused = assertInstanceOf(
                UnlockResult.Refused.class,
                assertInstanceOf(Unlock.Outcome.Refused.class, recovered(first)).result());
        assertEquals(Problem.CODE_WRONG, refused.problem());
        assertTrue(refused.sentence().contains("another sheet"));

        sheet.close();
        assertEquals(Problem.LOCKED, problem(sheet::code));
        assertEquals(Problem.LOCKED, problem(() -> sheet.confirm(first.toCharArray())));
    }

    @Test
    void aCodeIsMadeForTheRightPinAloneAndAWrongOneCounts() throws Exception {
        make(tpm);
        try (SecretBytes wrong = pin(NEW_PIN);
                SecretBytes right = pin(PIN)) {
            assertEquals(
                    new UnlockResult.WrongPin(99),
                    assertInstanceOf(Unlock.SheetDraft.NotMade.class, unlock.draft(wrong, _ -> {}))
                            .why());
            assertInstanceOf(Unlock.SheetDraft.Made.class, unlock.draft(right, _ -> {}))
                    .sheet()
                    .close();
        }
        assertFalse(printed.exists());
    }

    @Test
    void whereTheServerTakesPartNoCodeIsMadeOrOpened() throws Exception {
        String code = sheet();
        theServerTakesPart();

        assertInstanceOf(RecoveryState.ByAdministrators.class, printed.state());
        assertEquals(Problem.NO_RECOVERY, problem(() -> recovered(code)));
        try (RecoveryCode typed = RecoveryCodes.read(code.toCharArray())) {
            RecoverySlot slot = RecoverySlot.wrap(typed, root, Instant.EPOCH, RANDOM);
            assertEquals(Problem.NO_RECOVERY, problem(() -> printed.put(slot, typed)));
        }
        assertEquals(Problem.NO_RECOVERY, problem(() -> printed.draft(root, _ -> {})));
    }

    private void theServerTakesPart() throws Exception {
        TestOrganisation organisation = new TestOrganisation();
        organisation.enrol(new DeviceIdentity(home, new OneSealer(tpm), RANDOM), URI.create("https://localhost:1"), 2);
        SharePolicy always = new SharePolicy(1, SharePolicy.Mode.ALWAYS, 0, 0, Instant.now());
        SignedPolicy signed =
                SignedPolicy.of(always, organisation.administratorCertificate(), organisation.administratorKey());
        assertTrue(new KeptPolicy<>(home, PolicyKind.SHARE).renew(signed, organisation.organisation()));
    }

    @Test
    void aWipeThatBeganMeanwhileLeavesNoNewSlot() throws Exception {
        String code = sheet();
        Files.write(home.wipeJournal(), new byte[1]);

        assertEquals(Problem.WIPED, problem(() -> recovered(code)));
        assertEquals(0, tpm.kept());
        try (RecoveryCode typed = RecoveryCodes.read(code.toCharArray())) {
            RecoverySlot slot = RecoverySlot.wrap(typed, root, Instant.EPOCH, RANDOM);
            assertEquals(Problem.WIPED, problem(() -> printed.put(slot, typed)));
        }
        assertFalse(printed.exists());
    }
}
