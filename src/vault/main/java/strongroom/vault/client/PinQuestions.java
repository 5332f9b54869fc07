package strongroom.vault.client;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import strongroom.vault.crypto.SecretBytes;
import strongroom.vault.seal.PcrSelection;

/// What the present PIN is asked for while the vault is open: another PIN, a recovery code, once more before something
/// that the organisation wants it for. Safe for several threads.
final class PinQuestions {
    private final Unlock unlock;
    private final PinLife life;
    private final Supplier<@Nullable UnlockedVault> vault;

    // Guarded by this. It ends with the vault.
    private @Nullable PrintedSheet sheet;

    /// @param vault the open one; null while it is locked
    PinQuestions(Unlock unlock, PinLife life, Supplier<@Nullable UnlockedVault> vault) {
        this.unlock = unlock;
        this.life = life;
        this.vault = vault;
    }

    /// @param pin zeroed
    SheetResult newRecoveryCode(char[] pin) throws ClientException {
        try {
            ShownWays ways = open().ways();
            try (SecretBytes secret = SecretBytes.ofAndZero(pin)) {
                return switch (unlock.draft(secret, ways::byCode)) {
                    case Unlock.SheetDraft.NotMade(UnlockResult why) -> new SheetResult.NotShown(why);
                    case Unlock.SheetDraft.Made(PrintedSheet fresh) -> {
                        ways.byPin();
                        yield shown(fresh);
                    }
                };
            }
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    /// @param fresh taken over
    private synchronized SheetResult shown(PrintedSheet fresh) throws ClientException {
        end();
        if (vault.get() == null) {
            fresh.close();
            throw Sentences.locked();
        }
        sheet = fresh;
        return new SheetResult.Shown(fresh);
    }

    /// @param present zeroed @param fresh zeroed
    UnlockResult change(char[] present, char[] fresh) throws ClientException {
        try {
            UnlockedVault open = open();
            life.rules(unlock.assurance()).checkChange(present, fresh);
            try (SecretBytes now = SecretBytes.ofAndZero(present);
                    SecretBytes then = SecretBytes.ofAndZero(fresh)) {
                return done(unlock.change(now, then), open);
            }
        } finally {
            Arrays.fill(present, '\0');
            Arrays.fill(fresh, '\0');
        }
    }

    /// Shows the PIN once more. @param pin zeroed
    UnlockResult prove(char[] pin) throws ClientException {
        try {
            UnlockedVault open = open();
            try (SecretBytes secret = SecretBytes.ofAndZero(pin)) {
                return done(unlock.open(secret), open);
            }
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    /// Binds the slot to what registers of the TPM have in them now. @param pin zeroed
    UnlockResult bind(Set<Integer> registers, char[] pin) throws ClientException {
        try {
            UnlockedVault open = open();
            try (SecretBytes secret = SecretBytes.ofAndZero(pin)) {
                return done(unlock.bind(secret, selection(registers)), open);
            }
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    private static PcrSelection selection(Set<Integer> registers) throws ClientException {
        try {
            return PcrSelection.of(registers);
        } catch (IllegalArgumentException e) {
            throw new ClientException(Problem.USAGE, Sentences.sentence(e), e);
        }
    }

    private static UnlockResult done(Unlock.Outcome outcome, UnlockedVault open) {
        return switch (outcome) {
            case Unlock.Outcome.Refused(UnlockResult why) -> why;
            case Unlock.Outcome.Root(SecretBytes root, var _, var _) -> {
                root.close();
                open.proof().shown();
                open.ways().byPin();
                yield new UnlockResult.Opened(open.library());
            }
        };
    }

    /// The vault is not open any more.
    synchronized void end() {
        if (sheet != null) {
            sheet.close();
            sheet = null;
        }
    }

    private UnlockedVault open() throws ClientException {
        UnlockedVault open = vault.get();
        if (open == null) {
            throw Sentences.locked();
        }
        return open;
    }
}
