package strongroom.vault.client;

import java.util.Optional;
import strongroom.vault.agent.AgentException;
import strongroom.vault.agent.AgentLink;
import strongroom.vault.home.Home;

/// Asks the window that has a home open to lock, by way of the agent.
final class LockRequest {
    private LockRequest() {}

    static void send(Home home) throws ClientException {
        Optional<AgentLink> running = AgentLink.connect(home);
        if (running.isEmpty()) {
            return;
        }
        try (AgentLink link = running.get()) {
            link.lockWindow();
        } catch (AgentException e) {
            throw Sentences.of(e);
        }
    }
}
