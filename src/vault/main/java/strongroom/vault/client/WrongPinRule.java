package strongroom.vault.client;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.policy.PinPolicy;
import strongroom.vault.home.Home;
import strongroom.vault.slot.WrongPins;

/// The organisation's rule for wrong PINs: each is counted on the disk before anybody hears that it was wrong, and
/// at the last one the keys of this device are destroyed. Where there is no such rule, nothing is counted here. One
/// thread at a time.
final class WrongPinRule {
    private static final Logger LOG = LoggerFactory.getLogger(WrongPinRule.class);

    /// Carries it out.
    @FunctionalInterface
    interface Destroyer {
        /// Returns when no key of the vault is left, or nothing was begun.
        ///
        /// @param rule which says so @param wrong how many wrong PINs there were
        void destroy(PinPolicy rule, int wrong) throws ClientException;
    }

    /// One try of a PIN.
    @FunctionalInterface
    interface Try {
        Unlock.Outcome make() throws ClientException;
    }

    private final PolicyInForce<PinPolicy> policy;
    private final WrongPins count;
    private final Destroyer destroyer;

    WrongPinRule(Home home, PolicyInForce<PinPolicy> policy, Destroyer destroyer) {
        this.policy = policy;
        this.count = new WrongPins(home.slots().resolve("daily.wrong"));
        this.destroyer = destroyer;
    }

    private Optional<PinPolicy> rule() {
        return policy.get().filter(rules -> rules.destroyAfter() > 0);
    }

    /// How many wrong PINs there may still be before the keys are destroyed; -1 if nothing destroys them.
    int left() throws IOException {
        Optional<PinPolicy> rule = rule();
        return rule.isEmpty() ? -1 : count.left(rule.get());
    }

    /// There is a new PIN, by another way in.
    void forget() throws IOException {
        count.right();
    }

    /// Makes a try, and counts it if the PIN was wrong.
    Unlock.Outcome count(Try attempt) throws ClientException {
        Optional<PinPolicy> rule = rule();
        return rule.isEmpty() ? uncounted(attempt) : counted(rule.get(), attempt);
    }

    /// A right PIN ends the count also while there is no rule: a rule that comes back must not find old ones.
    private Unlock.Outcome uncounted(Try attempt) throws ClientException {
        Unlock.Outcome outcome = attempt.make();
        if (outcome instanceof Unlock.Outcome.Root) {
            try {
                count.right();
            } catch (IOException e) {
                LOG.warn("the wrong PINs before are not forgotten");
            }
        }
        return outcome;
    }

    private Unlock.Outcome counted(PinPolicy rule, Try attempt) throws ClientException {
        try {
            if (count.left(rule) == 0) {
                // Whoever ended the program between the last wrong PIN and what follows from it.
                return destroyed(rule);
            }
            count.prepare(rule);
        } catch (IOException e) {
            throw Sentences.io("count this try, so it was not made", e);
        }
        Unlock.Outcome outcome = attempt.make();
        try {
            return judged(rule, outcome);
        } catch (IOException e) {
            throw Sentences.io("count this try", e);
        }
    }

    private Unlock.Outcome judged(PinPolicy rule, Unlock.Outcome outcome) throws ClientException, IOException {
        return switch (outcome) {
            case Unlock.Outcome.Root root -> {
                try {
                    count.right();
                } catch (IOException e) {
                    root.root().close();
                    throw e;
                }
                yield root;
            }
            case Unlock.Outcome.Refused(UnlockResult.WrongPin _) -> {
                Uninterrupted.run("wrong PIN", () -> writeDown(rule));
                int left = count.left(rule);
                yield left == 0 ? destroyed(rule) : new Unlock.Outcome.Refused(new UnlockResult.WrongPin(left, true));
            }
            case Unlock.Outcome.Refused other -> other;
        };
    }

    private void writeDown(PinPolicy rule) throws ClientException {
        try {
            count.wrong(rule);
        } catch (IOException e) {
            throw Sentences.io("count this try", e);
        }
    }

    private Unlock.Outcome destroyed(PinPolicy rule) throws ClientException, IOException {
        int wrong = count.count(rule);
        destroyer.destroy(rule, wrong);
        return new Unlock.Outcome.Refused(new UnlockResult.Refused(
                Problem.WIPED,
                "There were " + wrong + " wrong PINs in a row, so this device destroyed its keys: your organisation's"
                        + " rule says so. What was synchronised is safe. Ask your administrator."));
    }
}
