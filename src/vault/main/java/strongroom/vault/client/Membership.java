package strongroom.vault.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.DeviceRecord;
import strongroom.protocol.EnrolmentProof;
import strongroom.protocol.EnrolmentRequest;
import strongroom.protocol.Grant;
import strongroom.protocol.Id;
import strongroom.protocol.PersonKeys;
import strongroom.protocol.Signed;
import strongroom.protocol.Signer;
import strongroom.protocol.VaultRecord;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.WrappedVaultKey;
import strongroom.protocol.codec.CanonicalWriter;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.agent.AgentIdentity;
import strongroom.vault.crypto.BoxKey;
import strongroom.vault.crypto.NotAuthenticException;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;
import strongroom.vault.store.PersonIdentity;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.VaultStore;

/// Who holds which keys: the person's devices, the grant that hands the person's keys to a new one, and the vault
/// keys that are wrapped to the person. Whatever the server says is traced to the organisation's root first.
final class Membership {
    private static final byte[] VAULT_KEY = "strongroom vault key v1".getBytes(StandardCharsets.US_ASCII);

    private final VaultStore store;
    private final AgentConnection agent;
    private final SecureRandom random;

    /// A device whose proof holds.
    private record Known(DeviceRecord listed, EnrolmentProof.Verified proof) {}

    Membership(VaultStore store, AgentConnection agent, SecureRandom random) {
        this.store = store;
        this.agent = agent;
        this.random = random;
    }

    /// Takes over whatever is missing and has come: the device's id, the person's keys, vault keys.
    ///
    /// @return whether this device has its keys now and had not before
    boolean refresh() throws ClientException {
        try (PersonIdentity identity = store.identity().orElse(null)) {
            if (identity == null) {
                return false;
            }
            Optional<AgentIdentity> enrolled = agent.ask(link -> link.identity());
            if (enrolled.isEmpty()) {
                return false;
            }
            boolean came = identity.isWaiting() && takeGrant(identity, enrolled.get());
            takeVaultKeys();
            return came;
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
    }

    private boolean takeGrant(PersonIdentity identity, AgentIdentity enrolled) throws ClientException, StoreException {
        Optional<Signed> left = agent.ask(link -> link.grant());
        if (left.isEmpty()) {
            return false;
        }
        PersonKeys person = personKeys(known(enrolled));
        try (BoxKey join = identity.joinKey()) {
            Grant grant = Grant.open(left.get(), person.signing());
            byte[] bound = Grant.bound(enrolled.device(), enrolled.person());
            try (SecretBytes seeds = join.open(Grant.info(), bound, grant.sealed());
                    SecretBytes signingSeed = part(seeds, 0, SigningKey.SEED);
                    SecretBytes boxSeed = part(seeds, SigningKey.SEED, BoxKey.SEED);
                    SigningKey signing = SigningKey.fromSeed(signingSeed);
                    BoxKey box = BoxKey.fromSeed(boxSeed)) {
                if (!person.equals(new PersonKeys(signing.verifyingKey(), box.publicKey()))) {
                    throw new MalformedException("keys of another person");
                }
                try (PersonIdentity complete = identity.with(signing, box)) {
                    store.storeIdentity(complete);
                }
                return true;
            }
        } catch (MalformedException | NotAuthenticException e) {
            throw refused("The keys that came for this device are not from your other device.", e);
        }
    }

    private static SecretBytes part(SecretBytes whole, int from, int size) throws MalformedException {
        if (whole.size() < from + size) {
            throw new MalformedException("too short for keys");
        }
        return whole.<SecretBytes, RuntimeException>use(
                bytes -> SecretBytes.ofAndZero(Arrays.copyOfRange(bytes, from, from + size)));
    }

    private void takeVaultKeys() throws ClientException, StoreException {
        try (PersonIdentity identity = store.identity().orElse(null);
                SigningKey signing =
                        identity == null ? null : identity.signingKey().orElse(null);
                BoxKey box = identity == null ? null : identity.boxKey().orElse(null)) {
            if (identity == null || signing == null || box == null) {
                return;
            }
            List<VaultRecord> offered = store.offeredVaults();
            for (VaultRecord vault : offered) {
                for (Signed key : vault.keys()) {
                    takeVaultKey(identity, signing, box, vault.vault(), key);
                }
            }
            for (Id vault : store.vaults()) {
                if (offered.stream().noneMatch(record -> record.vault().equals(vault))) {
                    announce(identity, signing, box, vault);
                }
            }
        }
    }

    private void takeVaultKey(PersonIdentity identity, SigningKey signing, BoxKey box, Id vault, Signed signed)
            throws ClientException, StoreException {
        try {
            WrappedVaultKey wrapped = WrappedVaultKey.open(signed, signing.verifyingKey());
            if (!wrapped.vault().equals(vault) || !wrapped.person().equals(identity.person())) {
                throw new MalformedException("key of another vault or person");
            }
            byte[] bound = bound(vault, identity.person(), wrapped.epoch());
            try (SecretBytes key = box.open(VAULT_KEY, bound, wrapped.sealed())) {
                store.addVault(vault, wrapped.epoch(), key);
            }
        } catch (MalformedException | NotAuthenticException e) {
            throw refused("The server offers a vault whose key you did not make.", e);
        }
    }

    /// Tells the server of a vault that was made here, with its key wrapped to its person.
    private void announce(PersonIdentity identity, SigningKey signing, BoxKey box, Id vault)
            throws ClientException, StoreException {
        int epoch = 1;
        try (SecretBytes key = store.vaultKey(vault, epoch)) {
            byte[] bound = bound(vault, identity.person(), epoch);
            byte[] sealed = BoxKey.seal(box.publicKey(), VAULT_KEY, bound, key, random);
            Signed signed = new WrappedVaultKey(vault, epoch, identity.person(), sealed).sign(signing);
            agent.ask(link -> {
                link.createVault(vault, signed);
                return true;
            });
        } catch (MalformedException | Signer.SigningException e) {
            throw new IllegalStateException("the person's own keys work", e);
        }
    }

    List<DeviceInfo> devices() throws ClientException {
        AgentIdentity me = enrolled();
        List<DeviceInfo> devices = new ArrayList<>();
        for (Known known : known(me)) {
            DeviceRecord listed = known.listed();
            boolean waits = !listed.granted() && listed.status() == DeviceRecord.Status.ACTIVE;
            devices.add(new DeviceInfo(
                    listed.device(),
                    known.proof().request().deviceName(),
                    listed.device().equals(me.device()),
                    waits
                            ? "waiting"
                            : listed.status().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    listed.enrolled(),
                    waits ? known.proof().request().approvalCode() : ""));
        }
        return devices;
    }

    void approve(Id device) throws ClientException {
        AgentIdentity me = enrolled();
        Known joining = known(me).stream()
                .filter(known -> known.listed().device().equals(device))
                .findFirst()
                .orElseThrow(() -> new ClientException(Problem.NOT_FOUND, "You have no such device."));
        try (PersonIdentity identity = store.identity().orElseThrow();
                SigningKey signing = identity.signingKey().orElse(null);
                BoxKey box = identity.boxKey().orElse(null)) {
            if (signing == null || box == null) {
                throw new ClientException(
                        Problem.WAITING_FOR_APPROVAL, "This device waits for its own keys and cannot hand out any.");
            }
            try (SecretBytes seeds = together(signing, box)) {
                byte[] bound = Grant.bound(device, identity.person());
                byte[] sealed = BoxKey.seal(joining.proof().request().joinKey(), Grant.info(), bound, seeds, random);
                Signed grant = new Grant(device, identity.person(), sealed).sign(signing);
                agent.ask(link -> {
                    link.putGrant(device, grant);
                    return true;
                });
            }
        } catch (MalformedException e) {
            throw refused("The new device has no usable key. Enrol it again.", e);
        } catch (Signer.SigningException e) {
            throw new IllegalStateException("the person's own key signs", e);
        }
    }

    private static SecretBytes together(SigningKey signing, BoxKey box) {
        try (SecretBytes first = signing.toSecret();
                SecretBytes second = box.toSecret()) {
            return first.<SecretBytes, RuntimeException>use(one -> second.use(two -> {
                byte[] both = Arrays.copyOf(one, one.length + two.length);
                System.arraycopy(two, 0, both, one.length, two.length);
                return SecretBytes.ofAndZero(both);
            }));
        }
    }

    private AgentIdentity enrolled() throws ClientException {
        return agent.ask(link -> link.identity())
                .orElseThrow(() -> new ClientException(
                        Problem.NOT_ENROLLED, "This device has not enrolled. Enrol it with a code first."));
    }

    /// The person's devices whose proof holds; one that does not is left out, as if the server had not named it.
    private List<Known> known(AgentIdentity me) throws ClientException {
        List<Known> known = new ArrayList<>();
        for (DeviceRecord listed : agent.ask(link -> link.devices())) {
            @Nullable Known checked = check(me, listed);
            if (checked != null) {
                known.add(checked);
            }
        }
        return known;
    }

    private static @Nullable Known check(AgentIdentity me, DeviceRecord listed) {
        try {
            EnrolmentProof.Verified proof = listed.proof().verify(me.organisation(), listed.enrolled());
            return proof.person().equals(me.person()) ? new Known(listed, proof) : null;
        } catch (MalformedException expected) {
            return null;
        }
    }

    private static PersonKeys personKeys(List<Known> devices) throws ClientException {
        return devices.stream()
                .map(known -> known.proof().request().personKeys())
                .filter(keys -> keys != null)
                .findFirst()
                .orElseThrow(() -> new ClientException(
                        Problem.SERVER_CONTRADICTS,
                        "The server does not name the first device of this person. Tell your administrator."));
    }

    private static ClientException refused(String what, Exception cause) {
        return new ClientException(
                Problem.SERVER_CONTRADICTS, what + " It was refused. Tell your administrator.", cause);
    }

    private static byte[] bound(Id vault, Id person, int epoch) {
        CanonicalWriter out = new CanonicalWriter();
        vault.write(out);
        person.write(out);
        return out.uint32(epoch).toByteArray();
    }

    /// The digits this device shows while it waits; null if it has its keys.
    @Nullable
    String approvalCode() throws ClientException {
        URI server = enrolled().server();
        try (PersonIdentity identity = store.identity().orElse(null)) {
            if (identity == null || !identity.isWaiting()) {
                return null;
            }
            VerifyingKey statement =
                    agent.ask(link -> link.prepareEnrolment(server)).statementKey();
            try (BoxKey join = identity.joinKey()) {
                return EnrolmentRequest.approvalCode(join.publicKey(), statement);
            }
        }
    }
}
