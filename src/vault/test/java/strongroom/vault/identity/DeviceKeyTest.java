package strongroom.vault.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import strongroom.protocol.Signer;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.Home;
import strongroom.vault.seal.MemoryKeys;
import strongroom.vault.seal.MemorySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.SealException.Why;

/// The device's own keys: in the machine where it makes keys, sealed to it where it does not.
class DeviceKeyTest {
    private static final byte[] MESSAGE = {1, 2, 3};

    @TempDir
    private Path folder;

    private final SecureRandom random = new SecureRandom();
    private final MemorySealer sealer = new MemorySealer(random, 5);
    private final MemoryKeys machine = new MemoryKeys(random);

    private DeviceIdentity identity() {
        return new DeviceIdentity(new Home(folder), new OneSealer(sealer), random);
    }

    private static void bothKeysWork(DeviceIdentity identity) throws Exception {
        Signer statement = identity.statementKey();
        assertTrue(statement.verifyingKey().verifies(MESSAGE, statement.sign(MESSAGE)));
        JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(identity.signingRequest());
        assertTrue(request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(request.getPublicKey())));
        assertNotNull(identity.tlsKey());
    }

    @Test
    void aMachineThatMakesKeysMakesBothAndKeepsThem() throws Exception {
        sealer.give(machine);
        DeviceKeys keys = identity().prepare();

        assertEquals(2, machine.count());
        assertEquals(0, sealer.kept());
        assertEquals("hardware", keys.assurance());
        bothKeysWork(identity());
        assertNull(identity().tlsKey().getEncoded());
        assertArrayEquals(keys.signingRequest(), identity().prepare().signingRequest());
        assertEquals(2, machine.count(), "repeating it makes no others");
    }

    @Test
    void aMachineThatMakesNoneHasThemSealedToIt() throws Exception {
        identity().prepare();

        assertEquals(2, sealer.kept());
        bothKeysWork(identity());
    }

    @Test
    void aKeyThatWasSealedBeforeTheMachineMadeKeysStaysAndIsUsed() throws Exception {
        DeviceKeys before = identity().prepare();
        sealer.give(machine);

        assertArrayEquals(before.signingRequest(), identity().prepare().signingRequest());
        bothKeysWork(identity());
        assertEquals(0, machine.count());
        identity().destroyKeys();
        assertEquals(0, sealer.kept());
    }

    /// Written field by field, as it was before there was another form.
    @Test
    void aFileOfTheFirstFormIsReadByteForByte() throws Exception {
        KeyPair pair = TestOrganisation.ellipticKeys();
        byte[] sealed;
        try (SecretBytes secret = SecretBytes.ofAndZero(pair.getPrivate().getEncoded());
                SecretBytes nothing = SecretBytes.ofAndZero(new byte[0])) {
            sealed = sealer.seal(secret, nothing);
        }
        CanonicalWriter out = new CanonicalWriter().uint8(sealer.kind().code());
        VerifyingKey.of(pair.getPublic()).write(out);
        byte[] file = out.bytes(new byte[] {9}).bytes(sealed).toByteArray();
        Path path = folder.resolve("tls.key.sealed");
        Files.write(path, file);

        DeviceKey key = assertInstanceOf(SealedKey.class, DeviceKey.read(path));

        assertArrayEquals(
                pair.getPrivate().getEncoded(), key.open(new OneSealer(sealer)).getEncoded());
        key.write(path);
        assertArrayEquals(file, Files.readAllBytes(path));
    }

    @Test
    void afterTheyWereDestroyedAnEarlierCopyOfTheFilesIsOfNoUse() throws Exception {
        sealer.give(machine);
        new TestOrganisation().enrol(identity(), URI.create("https://localhost:1"), 2);

        identity().destroyKeys();

        assertEquals(
                Why.FOREIGN,
                assertThrows(SealException.class, () -> identity().tlsKey()).why());
        assertThrows(
                Signer.SigningException.class, () -> identity().statementKey().sign(MESSAGE));
    }

    @Test
    void theOneKeyIsDestroyedAlsoIfTheOtherIsNotKnown() throws Exception {
        sealer.give(machine);
        identity().prepare();
        Path statement = identity().keyFiles().get(1);
        byte[] file = Files.readAllBytes(statement);
        Path tls = identity().keyFiles().get(0);
        byte[] changed = Files.readAllBytes(tls);
        changed[changed.length - 1] ^= 1;
        Files.write(tls, changed);

        assertThrows(SealException.class, () -> identity().destroyKeys());

        assertEquals(1, machine.count());
        assertArrayEquals(file, Files.readAllBytes(statement));
    }

    @Test
    void aMachineThatIsAwayIsNamedAndNoOtherKeyTakesItsPlace() throws Exception {
        sealer.give(machine);
        DeviceKeys keys = identity().prepare();
        machine.setAbsent(true);

        assertEquals(
                Why.ABSENT,
                assertThrows(SealException.class, () -> identity().tlsKey()).why());
        assertArrayEquals(keys.signingRequest(), identity().prepare().signingRequest());

        machine.setAbsent(false);
        bothKeysWork(identity());
    }

    @Test
    void aKeyThatDidNotSignItsRequestIsNotLeftInTheMachine() throws Exception {
        sealer.give(machine);

        assertThrows(
                SealException.class,
                () -> DeviceKey.make(sealer, random, (key, by) -> {
                    throw new SealException(Why.FAILED, "No.");
                }));

        assertEquals(0, machine.count());
    }

    @Test
    void everyCutFileIsDamagedAndNeverAFirstRun() throws Exception {
        sealer.give(machine);
        identity().prepare();
        Path tls = identity().keyFiles().get(0);
        byte[] whole = Files.readAllBytes(tls);
        for (int size = 0; size < whole.length; size++) {
            Files.write(tls, Arrays.copyOf(whole, size));
            assertEquals(
                    IdentityException.Why.DAMAGED,
                    assertThrows(IdentityException.class, () -> identity().prepare())
                            .why());
        }
    }
}
