package strongroom.vault.slot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import strongroom.oprf.BlindedInput;
import strongroom.oprf.OprfException;
import strongroom.oprf.ServerKey;
import strongroom.protocol.Id;
import strongroom.protocol.Signed;
import strongroom.protocol.Signer;
import strongroom.protocol.VerifyingKey;
import strongroom.protocol.codec.MalformedException;
import strongroom.protocol.share.Evaluation;
import strongroom.protocol.share.ShareKey;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.crypto.SigningKey;

/// A server's share in memory, with the real function and real signatures; can be unplugged. Counts what it is
/// asked and what is confirmed.
final class MemoryShares implements ShareSource {
    private static final int MOST = 4;

    private final SecureRandom random = new SecureRandom();
    private final VerifyingKey lessor;
    private final Map<Id, Kept> slots = new HashMap<>();
    private boolean unplugged;
    private boolean silent;
    private int asked;
    private int confirmed;

    private record Kept(ServerKey key, VerifyingKey confirmation) {}

    MemoryShares(VerifyingKey lessor) {
        this.lessor = lessor;
    }

    void unplug(boolean away) {
        unplugged = away;
    }

    /// From now on it makes keys and evaluates nothing, as over a net that breaks in between; or evaluates again.
    void silence(boolean isSilent) {
        silent = isSilent;
    }

    /// Makes other keys for all slots, as another server would.
    void replaceKeys() {
        slots.replaceAll((_, kept) -> new Kept(ServerKey.generate(random), kept.confirmation));
    }

    int asked() {
        return asked;
    }

    int confirmed() {
        return confirmed;
    }

    @Override
    public ShareKey register(Id slot, VerifyingKey confirmation) throws ShareException {
        check();
        if (slots.size() == MOST && !slots.containsKey(slot)) {
            throw new ShareException(ShareException.Why.GONE, "There are keys of four slots already.", null);
        }
        Kept kept = slots.computeIfAbsent(slot, _ -> new Kept(ServerKey.generate(random), confirmation));
        return new ShareKey(kept.key.publicKey(), lessor);
    }

    @Override
    public Share share(Id slot, ShareKey key, SecretBytes input, SecretBytes leaseAuthorisation) throws ShareException {
        check();
        if (silent) {
            throw new ShareException(ShareException.Why.UNREACHABLE, "The server cannot be reached.", null);
        }
        asked++;
        Kept kept = slots.get(slot);
        if (kept == null) {
            throw new ShareException(ShareException.Why.GONE, "There is no share.", null);
        }
        try (BlindedInput blinded =
                input.<BlindedInput, OprfException>use(bytes -> BlindedInput.blind(bytes, random))) {
            ServerKey.Answer answer = kept.key.evaluate(blinded.element(), random);
            SecretBytes share = SecretBytes.ofAndZero(blinded.finish(answer.element(), answer.proof(), key.point()));
            Evaluation evaluation = new Evaluation(answer.element(), answer.proof(), Id.random(random), 4);
            return new Share() {
                @Override
                public SecretBytes secret() {
                    return share;
                }

                @Override
                public void opened(SigningKey confirmation) {
                    confirm(slot, kept, evaluation, confirmation);
                }

                @Override
                public void close() {
                    share.close();
                }
            };
        } catch (OprfException e) {
            throw new ShareException(ShareException.Why.UNTRUE, "Another server answers.", e);
        }
    }

    private void confirm(Id slot, Kept kept, Evaluation evaluation, SigningKey confirmation) {
        try {
            Signed said = evaluation.confirm(slot, confirmation);
            assertEquals(evaluation.ticket(), Evaluation.confirmed(said, kept.confirmation, slot));
            confirmed++;
            slots.keySet().retainAll(Set.of(slot));
        } catch (Signer.SigningException | MalformedException e) {
            throw new AssertionError("it is not confirmed by the key of the slot", e);
        }
    }

    private void check() throws ShareException {
        if (unplugged) {
            throw new ShareException(ShareException.Why.UNREACHABLE, "The server cannot be reached.", null);
        }
    }
}
