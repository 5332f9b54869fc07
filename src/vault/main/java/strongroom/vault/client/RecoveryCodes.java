package strongroom.vault.client;

import strongroom.vault.slot.MistypedCodeException;
import strongroom.vault.slot.RecoveryCode;

/// What a recovery code must look like, so that a slip of the hand is shown before a new PIN is asked for.
public final class RecoveryCodes {
    private RecoveryCodes() {}

    /// @param typed not changed
    /// @throws ClientException `CODE_WRONG`, naming the groups to look at
    public static void check(char[] typed) throws ClientException {
        read(typed).close();
    }

    /// @param typed not changed @return closed by the caller
    static RecoveryCode read(char[] typed) throws ClientException {
        try {
            return RecoveryCode.read(typed);
        } catch (MistypedCodeException e) {
            throw new ClientException(Problem.CODE_WRONG, Sentences.sentence(e), e);
        }
    }
}
