package strongroom.vault.client;

import java.net.URI;
import java.util.function.Consumer;

/// The client of one home folder. One program at a time may have a home open. Calls may block and may be made
/// from any thread; listeners are called on threads of the client, must return soon and must not call back.
/// PINs are given as characters and filled with zeros before the call returns.
public interface VaultClient extends AutoCloseable {
    /// Where the client stands now.
    ClientState state();

    /// Called with the present state at once and with each new one.
    Subscription onState(Consumer<ClientState> listener);

    /// Called with the present state of synchronisation at once and with each new one.
    Subscription onSync(Consumer<SyncState> listener);

    /// Checks server and code against each other, without using the code up.
    ///
    /// @throws ClientException `CODE_WRONG`, `CODE_USED`, `CODE_EXPIRED`, `OFFLINE`, `CHANNEL_DENIED`
    Invitation inspect(URI server, String code) throws ClientException;

    /// Enrols this device: makes its keys, the store and the PIN slot, and uses the code up. May be repeated after
    /// an interruption with the same code. The client is unlocked afterwards.
    ///
    /// @param deviceName what administrators and the person's other devices will see
    /// @param pin new PIN, at least six characters; zeroed
    UnlockResult.Opened enrol(URI server, String code, String deviceName, char[] pin) throws ClientException;

    /// Tries a PIN. @param pin zeroed
    UnlockResult unlock(char[] pin) throws ClientException;

    /// Puts another PIN in the place of the present one, while the vault is open. Cut off at any point, one of the two
    /// opens.
    ///
    /// @param present counted as any try; zeroed @param fresh as for {@link #enrol}; zeroed
    /// @return `Opened` if it is changed; otherwise what the present PIN met
    /// @throws ClientException `PIN_REFUSED` with what to change, `LOCKED`
    UnlockResult changePin(char[] present, char[] fresh) throws ClientException;

    /// Tells the lock rules what happened. Returns at once; never fails.
    void signal(LockSignal signal);

    /// Asks the agent to synchronise now and waits until it has, or cannot.
    SyncState syncNow() throws ClientException;

    /// Locks and lets go of the home. The agent goes on.
    @Override
    void close();
}
