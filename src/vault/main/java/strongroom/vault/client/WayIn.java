package strongroom.vault.client;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.Digest;
import strongroom.vault.agent.AgentStatus;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.home.Home;
import strongroom.vault.seal.KeySealer;
import strongroom.vault.session.LockMachine;
import strongroom.vault.slot.RecoveryCode;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.VaultStore;
import strongroom.vault.wipe.Freeze;

/// How a locked device is opened, by the PIN or by the recovery code: what stands against it, one attempt at a time,
/// and the store that comes of it. Safe for several threads.
final class WayIn {
    private static final Logger LOG = LoggerFactory.getLogger(WayIn.class);

    /// What comes behind the door.
    interface Beyond {
        /// @param store open, taken over @param code the recovery slot that a code opened; null if a PIN opened
        UnlockResult.Opened opened(VaultStore store, @Nullable Digest code) throws ClientException;

        /// The attempt is over, and nothing is open.
        void notOpened();
    }

    private final Home home;
    private final Unlock unlock;
    private final PinLife life;
    private final AgentConnection agent;
    private final LockMachine machine;
    private final Supplier<ClientState> state;
    private final Beyond beyond;
    private final Clock clock;
    private final SecureRandom random;

    /// @param state where the client stands
    WayIn(
            Home home,
            Unlock unlock,
            PinLife life,
            AgentConnection agent,
            LockMachine machine,
            Supplier<ClientState> state,
            Beyond beyond,
            Clock clock,
            SecureRandom random) {
        this.home = home;
        this.unlock = unlock;
        this.life = life;
        this.agent = agent;
        this.machine = machine;
        this.state = state;
        this.beyond = beyond;
        this.clock = clock;
        this.random = random;
    }

    /// @param pin zeroed
    UnlockResult unlock(char[] pin) throws ClientException {
        try {
            refuseUnlessReady();
            begin();
            int length = pin.length;
            try (SecretBytes secret = SecretBytes.ofAndZero(pin)) {
                return open(() -> wanted(unlock.open(secret), length));
            }
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    /// A right PIN that the organisation does not want any more opens nothing.
    private Unlock.Outcome wanted(Unlock.Outcome outcome, int length) {
        if (outcome instanceof Unlock.Outcome.Root root) {
            Optional<UnlockResult.NewPinNeeded.Why> why = life.judge(length, root.slot());
            if (why.isPresent()) {
                root.root().close();
                return new Unlock.Outcome.Refused(new UnlockResult.NewPinNeeded(why.get()));
            }
        }
        return outcome;
    }

    /// @param present zeroed @param fresh zeroed
    UnlockResult renew(char[] present, char[] fresh) throws ClientException {
        try {
            refuseUnlessReady();
            life.rules(unlock.assurance()).checkChange(present, fresh);
            begin();
            try (SecretBytes now = SecretBytes.ofAndZero(present);
                    SecretBytes then = SecretBytes.ofAndZero(fresh)) {
                return open(() -> unlock.change(now, then));
            }
        } finally {
            Arrays.fill(present, '\0');
            Arrays.fill(fresh, '\0');
        }
    }

    /// @param code zeroed @param pin zeroed
    UnlockResult recover(char[] code, char[] pin) throws ClientException {
        try {
            refuseUnlessReady();
            try (RecoveryCode typed = RecoveryCodes.read(code)) {
                KeySealer sealer = unlock.strongest();
                life.rules(Unlock.assurance(sealer.kind())).check(pin);
                begin();
                try (SecretBytes secret = SecretBytes.ofAndZero(pin)) {
                    return open(() -> unlock.recover(typed, secret, sealer, this::requireRoot));
                }
            }
        } finally {
            Arrays.fill(code, '\0');
            Arrays.fill(pin, '\0');
        }
    }

    /// Whoever begins has an attempt open, or another way in, or ends it.
    void begin() throws ClientException {
        if (!machine.beginUnlock()) {
            throw new ClientException(Problem.LOCKED, "Another attempt is under way. Wait for it to end.");
        }
    }

    private void requireRoot(SecretBytes root) throws ClientException {
        try {
            VaultStore.check(home.store(), root, random);
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
    }

    /// Something that may give the root key.
    @FunctionalInterface
    private interface Attempt {
        Unlock.Outcome make() throws ClientException;
    }

    private UnlockResult open(Attempt attempt) throws ClientException {
        boolean open = false;
        try {
            refuseIfFrozen();
            UnlockResult result =
                    switch (attempt.make()) {
                        case Unlock.Outcome.Refused refused -> refused.result();
                        case Unlock.Outcome.Root root -> {
                            try (SecretBytes key = root.root()) {
                                yield beyond.opened(VaultStore.open(home.store(), key, clock, random), root.code());
                            }
                        }
                    };
            open = result instanceof UnlockResult.Opened;
            return result;
        } catch (StoreException e) {
            throw Sentences.of(e);
        } finally {
            if (!open) {
                machine.unlockFailed();
                beyond.notOpened();
            }
        }
    }

    private void refuseUnlessReady() throws ClientException {
        switch (state.get()) {
            case ClientState.NotEnrolled _ ->
                throw new ClientException(
                        Problem.NOT_ENROLLED, "This device has not enrolled. Enrol it with a code first.");
            case ClientState.Wiped _ -> throw wiped();
            case ClientState.Locked _, ClientState.Unlocking _, ClientState.Unlocked _, ClientState.Covered _ -> {}
        }
    }

    /// The agent knows of orders. If it cannot be asked, what it learned is written in the home, and the vault opens
    /// all the same: people work offline.
    private void refuseIfFrozen() throws ClientException {
        AgentStatus.Standing standing;
        try {
            if (Freeze.of(home).isPresent()) {
                throw frozen();
            }
        } catch (IOException e) {
            throw Sentences.io("read whether this device is frozen", e);
        }
        try {
            standing = agent.ask(link -> link.status()).standing();
        } catch (ClientException e) {
            LOG.info("unlocking without the agent: {}", e.problem());
            return;
        }
        switch (standing) {
            case FROZEN -> throw frozen();
            case WIPING, WIPED -> throw wiped();
            case NOT_ENROLLED, ACTIVE -> {}
        }
    }

    private static ClientException frozen() {
        return new ClientException(Problem.FROZEN, "Your administrator has frozen this device. Ask them to thaw it.");
    }

    private static ClientException wiped() {
        return new ClientException(Problem.WIPED, "This device was wiped, by an order or a rule of your organisation.");
    }
}
