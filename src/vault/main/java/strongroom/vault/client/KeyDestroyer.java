package strongroom.vault.client;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.protocol.policy.PinPolicy;
import strongroom.protocol.policy.SignedPolicy;
import strongroom.vault.agent.AgentException;
import strongroom.vault.agent.AgentLink;
import strongroom.vault.wipe.WipeException;
import strongroom.vault.wipe.WipedNotice;
import strongroom.vault.wipe.Wiper;

/// Destroys the keys of this device by the rule for wrong PINs: here and now, whether there is an agent or not. The
/// agent does the rest, and tells the server; without one it is done here, and told at the next start.
final class KeyDestroyer implements WrongPinRule.Destroyer {
    private static final Logger LOG = LoggerFactory.getLogger(KeyDestroyer.class);

    private final Wiper wiper;
    private final PolicyInForce<PinPolicy> policy;
    private final AgentConnection agent;
    private final Consumer<WipedNotice> told;

    /// @param told as soon as the keys are gone
    KeyDestroyer(Wiper wiper, PolicyInForce<PinPolicy> policy, AgentConnection agent, Consumer<WipedNotice> told) {
        this.wiper = wiper;
        this.policy = policy;
        this.agent = agent;
        this.told = told;
    }

    @Override
    public void destroy(PinPolicy rule, int wrong) throws ClientException {
        LOG.warn("{} wrong PINs: the keys are destroyed by policy {}", wrong, rule.number());
        AtomicReference<@Nullable WipedNotice> notice = new AtomicReference<>();
        Uninterrupted.run("destruction", () -> notice.set(keys(wrong)));
        told.accept(Objects.requireNonNull(notice.get()));
        // Whoever is told leaves the lock screen, and with it ends what waits for the PIN.
        Uninterrupted.run("destruction", this::rest);
    }

    private WipedNotice keys(int wrong) throws ClientException {
        try {
            SignedPolicy signed = policy.signed().orElseThrow(() -> new IOException("the rule is not there any more"));
            return wiper.destroyKeys(signed, wrong);
        } catch (WipeException e) {
            throw new ClientException(Problem.IO, Sentences.sentence(e), e);
        } catch (IOException e) {
            throw Sentences.io("destroy the keys of this device", e);
        } catch (InterruptedException e) {
            throw new ClientException(Problem.CANCELLED, "The keys of this device are being destroyed.", e);
        }
    }

    private void rest() throws ClientException {
        try {
            agent.ask(KeyDestroyer::goOn);
        } catch (ClientException e) {
            LOG.info("the rest is done without the agent: {}", e.problem());
        }
        try {
            // Nothing, if the agent did it; what no journal could be written for, only this process knows.
            wiper.resume();
        } catch (IOException e) {
            throw Sentences.io("remove what is left of the vault", e);
        } catch (InterruptedException e) {
            throw new ClientException(Problem.CANCELLED, "What is left of the vault is being removed.", e);
        }
    }

    private static boolean goOn(AgentLink link) throws AgentException {
        link.resumeWipe();
        return true;
    }
}
