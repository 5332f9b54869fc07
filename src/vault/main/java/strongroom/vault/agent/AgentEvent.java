package strongroom.vault.agent;

import strongroom.protocol.Id;
import strongroom.vault.wipe.WipedNotice;

/// What the agent tells without being asked. A switch over it has no default.
public sealed interface AgentEvent {
    /// The status changed.
    record SyncChanged(AgentStatus status) implements AgentEvent {}

    /// Commits or chunks of a vault came in.
    record InboxChanged(Id vault) implements AgentEvent {}

    /// The list of the person's devices, or a grant for this one, changed.
    record DevicesChanged() implements AgentEvent {}

    /// A wipe begins: keys in memory must be gone when the listener returns. The agent waits one second at most.
    record WipeStarted(WipedNotice notice) implements AgentEvent {}

    /// The wipe is over, or its receipt was delivered.
    record Wiped(WipedNotice notice) implements AgentEvent {}

    /// The device was frozen: lock and stay locked.
    record Frozen(String orderedBy, String reason) implements AgentEvent {}

    /// The freeze is over.
    record Thawed() implements AgentEvent {}

    /// Somebody of this user asked, over another connection, that the window lock.
    record LockAsked() implements AgentEvent {}

    /// The connection to the agent broke, or stands again. Made by the link, not sent by the agent.
    record Connected(boolean connected) implements AgentEvent {}
}
