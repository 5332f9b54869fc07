package strongroom.vault.client;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import strongroom.vault.agent.AgentEvent;
import strongroom.vault.agent.AgentException;
import strongroom.vault.agent.AgentLink;
import strongroom.vault.agent.AgentStatus;
import strongroom.vault.home.Home;
import strongroom.vault.sync.SyncStatus;

/// The agent as the rest of the client sees it: there when it is first needed, told apart from the vault, which
/// opens without it. Safe for all threads.
final class AgentConnection implements AutoCloseable {
    private final Home home;
    private final String tpm;
    private final CopyOnWriteArrayList<Consumer<AgentEvent>> listeners = new CopyOnWriteArrayList<>();
    private @Nullable AgentLink link;
    private boolean closed;

    AgentConnection(Home home, String tpm) {
        this.home = home;
        this.tpm = tpm;
    }

    /// One question to the agent.
    @FunctionalInterface
    interface Question<T> {
        T ask(AgentLink link) throws AgentException;
    }

    <T> T ask(Question<T> question) throws ClientException {
        try {
            return put(question);
        } catch (AgentException e) {
            throw Sentences.of(e);
        }
    }

    /// As {@link #ask}, for who must tell the agent's refusals apart.
    <T> T put(Question<T> question) throws AgentException {
        return question.ask(link());
    }

    private synchronized AgentLink link() throws AgentException {
        if (closed) {
            // Who asks late would start an agent that nobody waits for any more.
            throw new AgentException(AgentException.Why.AGENT_MISSING, "The program is being ended.");
        }
        AgentLink present = link;
        if (present == null) {
            present = AgentLink.connectOrStart(home, tpm);
            present.onEvent(event -> listeners.forEach(listener -> listener.accept(event)));
            link = present;
        }
        return present;
    }

    void onEvent(Consumer<AgentEvent> listener) {
        listeners.add(listener);
    }

    static SyncState state(AgentStatus status) {
        return switch (status.sync()) {
            case SyncStatus.Unknown _ -> new SyncState.Unknown();
            case SyncStatus.UpToDate upToDate -> new SyncState.UpToDate(upToDate.since());
            case SyncStatus.Syncing busy -> new SyncState.Syncing(busy.chunksUp(), busy.chunksDown());
            case SyncStatus.Offline offline -> new SyncState.Offline(offline.pending(), offline.why());
            case SyncStatus.Denied denied -> new SyncState.Denied(denied.why());
        };
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (link != null) {
            link.close();
            link = null;
        }
    }
}
