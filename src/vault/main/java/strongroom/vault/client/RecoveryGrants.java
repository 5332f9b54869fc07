package strongroom.vault.client;

import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import strongroom.protocol.Digest;
import strongroom.protocol.Organisation;
import strongroom.protocol.RecoveryGrant;
import strongroom.protocol.RecoveryKey;
import strongroom.protocol.Signed;
import strongroom.protocol.Signer;
import strongroom.protocol.codec.MalformedException;
import strongroom.vault.agent.RecoveryOffer;
import strongroom.vault.crypto.BoxKey;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;
import strongroom.vault.store.PersonIdentity;
import strongroom.vault.store.RecoveryTrust;
import strongroom.vault.store.StoreException;
import strongroom.vault.store.VaultStore;

/// Leaves the person's keys with the organisation, sealed to its recovery key, so that a person whose only
/// laptop is gone comes back to their documents. No person looks at it, so it believes nobody: the root is the
/// one of the enrolment code, which stands in the sealed store, and whatever the server, the agent or the files
/// of the home say is traced to it.
final class RecoveryGrants {
    private final VaultStore store;
    private final Desk desk;
    private final SecureRandom random;

    /// Where the organisation's key is shown and the person's keys are left.
    interface Desk {
        /// Whom the agent believes.
        Organisation organisation() throws ClientException;

        RecoveryOffer offer() throws ClientException;

        void leave(Signed grant) throws ClientException;
    }

    RecoveryGrants(VaultStore store, Desk desk, SecureRandom random) {
        this.store = store;
        this.desk = desk;
        this.random = random;
    }

    /// The desk that the agent is.
    static Desk at(AgentConnection agent) {
        return new Desk() {
            @Override
            public Organisation organisation() throws ClientException {
                return agent.ask(link -> link.identity())
                        .orElseThrow(() -> new ClientException(Problem.NOT_ENROLLED, "This device has not enrolled."))
                        .organisation();
            }

            @Override
            public RecoveryOffer offer() throws ClientException {
                return agent.ask(link -> link.recovery());
            }

            @Override
            public void leave(Signed grant) throws ClientException {
                agent.ask(link -> {
                    link.putRecoveryGrant(grant);
                    return true;
                });
            }
        };
    }

    /// What became of the person's keys.
    sealed interface Result {
        /// This device has none yet, so it must be tried again.
        record NoKeysYet() implements Result {}

        /// The organisation has no recovery key.
        record NobodyToLeaveThemTo() implements Result {}

        /// They are at the server.
        ///
        /// @param key fingerprint of the newest recovery key, which they are sealed to
        record Left(Digest key) implements Result {}
    }

    /// Leaves the keys, unless they are there for the newest recovery key, or there is no such key.
    ///
    /// @throws ClientException `SERVER_CONTRADICTS` if the recovery key is not the organisation's, or is an
    ///     earlier one
    Result leave() throws ClientException {
        try (PersonIdentity identity = store.identity().orElse(null);
                SigningKey signing =
                        identity == null ? null : identity.signingKey().orElse(null);
                BoxKey box = identity == null ? null : identity.boxKey().orElse(null)) {
            if (identity == null || signing == null || box == null) {
                return new Result.NoKeysYet();
            }
            RecoveryOffer offer = desk.offer();
            if (offer.key().isEmpty()) {
                return new Result.NobodyToLeaveThemTo();
            }
            RecoveryKey key = trusted(identity, offer.key().get());
            if (!isLeft(offer.grant(), key, identity, signing)) {
                desk.leave(grant(identity, signing, box, key));
            }
            return new Result.Left(key.fingerprint());
        } catch (StoreException e) {
            throw Sentences.of(e);
        }
    }

    private RecoveryKey trusted(PersonIdentity identity, Signed shown) throws ClientException, StoreException {
        Organisation organisation = desk.organisation();
        // A store from before there was recovery does not say, and believes from now on what it finds today.
        RecoveryTrust trust = identity.recoveryTrust()
                .orElseGet(() -> RecoveryTrust.in(organisation.root().fingerprint()));
        if (!trust.root().equals(organisation.root().fingerprint())) {
            throw refused("The background agent names another organisation than the one you enrolled with.", null);
        }
        RecoveryKey key;
        try {
            key = RecoveryKey.open(shown, organisation);
        } catch (MalformedException e) {
            throw refused("The server shows a recovery key that is not your organisation's.", e);
        }
        @Nullable RecoveryTrust next = trust.after(key);
        if (next == null) {
            throw refused("The server shows an earlier recovery key than before.", null);
        }
        if (!identity.recoveryTrust().equals(Optional.of(next))) {
            store.storeRecoveryTrust(next);
        }
        return key;
    }

    private static boolean isLeft(Optional<Signed> left, RecoveryKey key, PersonIdentity identity, SigningKey signing) {
        if (left.isEmpty()) {
            return false;
        }
        try {
            RecoveryGrant grant = RecoveryGrant.open(left.get(), signing.verifyingKey());
            return grant.person().equals(identity.person()) && grant.key().equals(key.fingerprint());
        } catch (MalformedException expected) {
            // Not from this person, so it brings nothing back.
            return false;
        }
    }

    private Signed grant(PersonIdentity identity, SigningKey signing, BoxKey box, RecoveryKey key)
            throws ClientException {
        try (SecretBytes signingSeed = signing.toSecret();
                SecretBytes boxSeed = box.toSecret();
                SecretBytes seeds = SecretBytes.join(signingSeed, boxSeed)) {
            byte[] bound = RecoveryGrant.bound(identity.person(), key.fingerprint());
            byte[] sealed = BoxKey.seal(key.box(), RecoveryGrant.info(), bound, seeds, random);
            return new RecoveryGrant(identity.person(), key.fingerprint(), sealed).sign(signing);
        } catch (MalformedException e) {
            throw refused("The recovery key of your organisation cannot be used.", e);
        } catch (Signer.SigningException e) {
            throw new IllegalStateException("the person's own key signs", e);
        }
    }

    private static ClientException refused(String what, @Nullable Exception cause) {
        String sentence = what + " Your keys were not left with it. Tell your administrator.";
        return cause == null
                ? new ClientException(Problem.SERVER_CONTRADICTS, sentence)
                : new ClientException(Problem.SERVER_CONTRADICTS, sentence, cause);
    }
}
