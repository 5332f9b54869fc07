package strongroom.vault.client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.EnrolmentCode;
import strongroom.protocol.EnrolmentReply;
import strongroom.protocol.EnrolmentRequest;
import strongroom.protocol.Id;
import strongroom.protocol.PersonKeys;
import strongroom.protocol.Signed;
import strongroom.protocol.Signer;
import strongroom.vault.agent.AgentLink;
import strongroom.vault.agent.Inspection;
import strongroom.vault.crypto.BoxKey;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;
import strongroom.vault.home.Home;
import strongroom.vault.identity.DeviceKeys;
import strongroom.vault.identity.SealerSource;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.seal.SealException;
import strongroom.vault.store.PersonIdentity;
import strongroom.vault.store.RecoveryTrust;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.VaultStore;

/// Enrolment. Everything that must survive is on the disk before the request leaves: keys, slot, store. So a crash
/// at any point is mended by doing the same again with the same code and the same PIN.
final class Enrolling {
    private static final Id NOT_YET = Id.of(new byte[Id.SIZE]);
    private static final int ROOT_KEY = 32;
    private static final int VAULT_KEY = 32;

    private final Home home;
    private final SealerSource sealers;
    private final AgentConnection agent;
    private final DailySlot slot;
    private final Unlock unlock;
    private final Clock clock;
    private final SecureRandom random;

    Enrolling(
            Home home,
            SealerSource sealers,
            AgentConnection agent,
            DailySlot slot,
            Unlock unlock,
            Clock clock,
            SecureRandom random) {
        this.home = home;
        this.sealers = sealers;
        this.agent = agent;
        this.slot = slot;
        this.unlock = unlock;
        this.clock = clock;
        this.random = random;
    }

    Invitation inspect(URI server, String text) throws ClientException {
        EnrolmentCode code = CheckedCode.parse(text);
        try (SigningKey key = CheckedCode.key(code)) {
            Inspection seen = seen(server, key);
            CheckedCode checked = CheckedCode.check(code, key.verifyingKey(), seen, clock);
            if (seen.code().used()) {
                throw new ClientException(
                        Problem.CODE_USED, "This enrolment code was used already. Ask for a new one.");
            }
            return new Invitation(
                    server,
                    checked.pins().organisation(),
                    checked.personName(),
                    checked.expires(),
                    checked.personKeys() == null,
                    Math.max(PinRules.SHORTEST, checked.shortestPin()));
        }
    }

    /// @param pin borrowed @return the open store, closed by the caller
    VaultStore enrol(URI server, String text, String deviceName, SecretBytes pin) throws ClientException {
        EnrolmentCode code = CheckedCode.parse(text);
        try (SigningKey key = CheckedCode.key(code)) {
            CheckedCode checked = CheckedCode.check(code, key.verifyingKey(), seen(server, key), clock);
            DeviceKeys device = agent.ask(link -> link.prepareEnrolment(server));
            VaultStore store = slot.exists() ? goOn(checked, pin) : begin(checked, deviceName, pin, device);
            try {
                @Nullable Signed earlier = device.earlierRequest();
                Signed request = earlier == null ? request(store, checked, deviceName, device, key) : earlier;
                EnrolmentReply reply = agent.ask(link -> link.completeEnrolment(
                        server, checked.organisation(), key.verifyingKey().fingerprint(), request));
                named(store, checked, deviceName, reply);
                // The first contact brings the policy of unlocking.
                agent.ask(AgentLink::syncNow);
                unlock.follow(pin);
                return store;
            } catch (ClientException | StoreException e) {
                store.close();
                throw e;
            }
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
    }

    /// What the PIN must be: by which sealer the machine offers, and by what the organisation wants.
    PinRules rules(URI server, String text) throws ClientException {
        EnrolmentCode code = CheckedCode.parse(text);
        try (SigningKey key = CheckedCode.key(code)) {
            CheckedCode checked = CheckedCode.check(code, key.verifyingKey(), seen(server, key), clock);
            DeviceKeys device = agent.ask(link -> link.prepareEnrolment(server));
            return PinRules.of(Unlock.assurance(device.sealedBy()), checked.shortestPin());
        }
    }

    private Inspection seen(URI server, SigningKey code) throws ClientException {
        return agent.ask(link -> link.inspect(server, code.verifyingKey().fingerprint()));
    }

    private VaultStore begin(CheckedCode checked, String deviceName, SecretBytes pin, DeviceKeys device)
            throws ClientException, StoreException {
        KeySealer sealer;
        try {
            sealer = sealers.of(device.sealedBy());
        } catch (SealException e) {
            throw Sentences.of(e, device.sealedBy());
        }
        putAside();
        try (SecretBytes root = SecretBytes.random(ROOT_KEY, random)) {
            VaultStore store = VaultStore.create(home.store(), root, clock, random);
            try {
                firstKeys(store, checked, deviceName);
                // The slot comes last: without it nothing of this attempt counts, and the next begins anew.
                slot.make(pin, root, sealer);
                return store;
            } catch (ClientException | StoreException e) {
                store.close();
                throw e;
            }
        }
    }

    /// A store without a slot is what an interrupted enrolment left, or one whose slot was lost: nothing here opens
    /// it, and it is not ours to delete.
    private void putAside() throws ClientException {
        Path store = home.store();
        if (!Files.exists(store)) {
            return;
        }
        Path aside = store.resolveSibling("store.unopened-" + clock.millis());
        try {
            PrintedSlot.putAside(home, aside);
            Files.move(store, aside);
        } catch (IOException e) {
            throw Sentences.io("put the unfinished store aside", e);
        }
    }

    private void firstKeys(VaultStore store, CheckedCode checked, String deviceName) throws StoreException {
        try (BoxKey join = BoxKey.generate(random);
                PersonIdentity named =
                        PersonIdentity.waiting(checked.person(), checked.personName(), NOT_YET, deviceName, join);
                PersonIdentity waiting = named.with(trust(checked))) {
            if (checked.personKeys() != null) {
                store.storeIdentity(waiting);
                return;
            }
            try (SigningKey signing = SigningKey.generate(random);
                    BoxKey box = BoxKey.generate(random);
                    PersonIdentity complete = waiting.with(signing, box);
                    SecretBytes vaultKey = SecretBytes.random(VAULT_KEY, random)) {
                store.storeIdentity(complete);
                store.addVault(Id.random(random), 1, vaultKey);
            }
        }
    }

    private VaultStore goOn(CheckedCode checked, SecretBytes pin) throws ClientException, StoreException {
        return switch (unlock.open(pin)) {
            case Unlock.Outcome.Refused _ ->
                throw new ClientException(
                        Problem.WRONG_PIN,
                        "Enrolment was begun on this machine with another PIN. Use that PIN to go on.");
            case Unlock.Outcome.Root open -> {
                try (SecretBytes root = open.root()) {
                    VaultStore store = VaultStore.open(home.store(), root, clock, random);
                    try (PersonIdentity identity = store.identity().orElse(null)) {
                        if (identity == null || !identity.person().equals(checked.person())) {
                            store.close();
                            throw new ClientException(
                                    Problem.ALREADY_ENROLLED, "Enrolment was begun here for another person.");
                        }
                    }
                    yield store;
                }
            }
        };
    }

    private static Signed request(
            VaultStore store, CheckedCode checked, String deviceName, DeviceKeys device, SigningKey code) {
        try (PersonIdentity identity = store.identity().orElseThrow();
                BoxKey join = identity.joinKey();
                SigningKey signing = identity.signingKey().orElse(null);
                BoxKey box = identity.boxKey().orElse(null)) {
            @Nullable
            PersonKeys keys = checked.personKeys() != null || signing == null || box == null
                    ? null
                    : new PersonKeys(signing.verifyingKey(), box.publicKey());
            String platform = System.getProperty("os.name") + " " + System.getProperty("os.version");
            return new EnrolmentRequest(
                            deviceName,
                            platform,
                            device.assurance(),
                            device.signingRequest(),
                            device.statementKey(),
                            join.publicKey(),
                            keys)
                    .sign(code);
        } catch (Signer.SigningException e) {
            throw new IllegalStateException("a key in memory signs", e);
        }
    }

    private static void named(VaultStore store, CheckedCode checked, String deviceName, EnrolmentReply reply)
            throws StoreException {
        try (PersonIdentity before = store.identity().orElseThrow();
                BoxKey join = before.joinKey();
                SigningKey signing = before.signingKey().orElse(null);
                BoxKey box = before.boxKey().orElse(null);
                PersonIdentity named = PersonIdentity.waiting(
                        checked.person(), checked.personName(), reply.device(), deviceName, join);
                PersonIdentity waiting = named.with(trust(checked))) {
            if (signing == null || box == null) {
                store.storeIdentity(waiting);
                return;
            }
            try (PersonIdentity complete = waiting.with(signing, box)) {
                store.storeIdentity(complete);
            }
        }
    }

    /// The root is the one in the code that a person typed, so it is believed for good.
    private static RecoveryTrust trust(CheckedCode checked) {
        return RecoveryTrust.in(checked.organisation().root().fingerprint());
    }
}
