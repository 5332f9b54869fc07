package strongroom.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import strongroom.protocol.Digest;
import strongroom.protocol.Refusal;
import strongroom.protocol.attest.TpmChallenge;
import strongroom.protocol.attest.TpmIdentity;
import strongroom.protocol.attest.TpmProof;
import strongroom.vault.agent.MachineSealers;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceIdentity;
import strongroom.vault.identity.ProvableKey;
import strongroom.vault.seal.KeyWitness;
import strongroom.vault.seal.MachineKeys;
import strongroom.vault.seal.SealException;
import strongroom.vault.seal.tpm.TpmAddress;
import strongroom.vault.seal.tpm.TpmSealer;
import strongroom.vault.sync.ServerConnection;
import strongroom.vault.sync.SyncException;
import strongroom.vault.sync.tls.PinnedTls;

/// The server learns from a laptop's TPM that the laptop's key is in it, and from nobody else.
class KeyProofIT extends InOneOffice {
    private static final String PIN = "blue kettle 42";
    private static final Digest PURPOSE = Digest.sha256(new byte[] {1});

    private final SecureRandom random = new SecureRandom();

    private static void trust(Path certificate) throws IOException {
        Path issuers = Files.createDirectories(office.folder().resolve("ek-issuers"));
        Files.copy(certificate, issuers.resolve(certificate.getFileName()));
    }

    @Test
    void aLaptopIsProvenByItsTpmAndByTheMakerOfItOnceTheOfficeTrustsThatOne() throws Exception {
        Path place = Files.createDirectory(folder.resolve("t"));
        try (TpmEmulator tpm = TpmEmulator.certified(place);
                Client client = Client.in(folder, "laptop", tpm.address())) {
            client.enrol(office, "Anna Keller", PIN);
            office.awaitListed("TPM (proven by activation)");
            office.awaitListed("unlocks by hardware and PIN");

            // The root alone is not who certified this TPM, and who did is not shown by it.
            trust(TpmEmulator.maker(place).resolveSibling("swtpm-localca-rootca-cert.pem"));
            assertTrue(office.admin("devices").contains("TPM (proven by activation)"));
            trust(TpmEmulator.maker(place));
            assertTrue(office.admin("devices").contains("TPM (vendor proven)"));
            assertTrue(office.admin("devices", "--json").contains("\"key\" : \"VENDOR\""));

            refusesWhatIsOldOrOfAnotherTpm(client);
            assertTrue(office.admin("devices").contains("TPM (vendor proven)"));
        }
    }

    private void refusesWhatIsOldOrOfAnotherTpm(Client client) throws Exception {
        client.endAgent();
        DeviceIdentity identity = identity(client);
        try (TpmEmulator other = TpmEmulator.start(Files.createDirectory(folder.resolve("u")));
                ServerConnection server = connection(identity)) {
            ProvableKey key = identity.provableKey().orElseThrow();
            TpmProof earlier = key.answer(server.challenge(key.identity()));
            server.challenge(key.identity());
            isRefused(server, earlier);

            TpmSealer sealer = sealer(other);
            KeyWitness witness = sealer.witness().orElseThrow();
            MachineKeys.Made made = sealer.keys().orElseThrow().make();
            TpmIdentity mixed = new TpmIdentity(
                    key.identity().endorsementKey(),
                    new byte[0],
                    witness.identity(PURPOSE).attestationKey());
            TpmChallenge challenge = server.challenge(mixed);
            assertThrows(SealException.class, () -> key.answer(challenge));
            assertThrows(SealException.class, () -> witness.answer(PURPOSE, made.kept(), challenge));
            claimsAKeyOf(server, witness, made);
        }
    }

    @Test
    void aLaptopWithoutATpmIsListedSoAndABorrowedTpmDoesNotHelpIt() throws Exception {
        try (TpmEmulator borrowed = TpmEmulator.start(Files.createDirectory(folder.resolve("b")));
                Client client = Client.in(folder, "bare", "none")) {
            client.enrol(office, "Bert Kunz", PIN);
            office.awaitListed("unlocks by passphrase alone");
            assertTrue(office.admin("devices").contains("software key"));

            client.endAgent();
            DeviceIdentity identity = identity(client);
            assertTrue(identity.provableKey().isEmpty());
            TpmSealer sealer = sealer(borrowed);
            try (ServerConnection server = connection(identity)) {
                claimsAKeyOf(
                        server,
                        sealer.witness().orElseThrow(),
                        sealer.keys().orElseThrow().make());
            }

            assertTrue(office.admin("devices").contains("software key"));
        }
    }

    /// A TPM answers all that it is asked, and for another key than the one that is connected.
    private void claimsAKeyOf(ServerConnection server, KeyWitness witness, MachineKeys.Made made) throws Exception {
        TpmChallenge challenge = server.challenge(witness.identity(PURPOSE));
        TpmProof proof = witness.answer(PURPOSE, made.kept(), challenge);
        assertEquals(made.key(), proof.certification().verify(challenge.nonce()).device());

        isRefused(server, proof);
    }

    private static void isRefused(ServerConnection server, TpmProof proof) {
        SyncException refused = assertThrows(SyncException.class, () -> server.prove(proof));
        assertEquals(Refusal.MALFORMED, refused.refusal());
    }

    private TpmSealer sealer(TpmEmulator of) {
        return new TpmSealer(TpmAddress.parse(of.address()), random);
    }

    private DeviceIdentity identity(Client client) {
        return new DeviceIdentity(
                new Home(client.home()), new MachineSealers(TpmAddress.parse(client.tpm()), random), random);
    }

    private ServerConnection connection(DeviceIdentity identity) throws Exception {
        return new ServerConnection(
                PinnedTls.forDevice(identity.enrolled(), identity.tlsKey(), Clock.systemUTC(), random));
    }
}
