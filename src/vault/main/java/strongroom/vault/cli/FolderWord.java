package strongroom.vault.cli;

import strongroom.vault.client.FolderState;

/// What is said of a folder that is not as it was left.
final class FolderWord {
    private FolderWord() {}

    /// One word for machines; empty if there is nothing to say.
    static String word(FolderState state) {
        return switch (state) {
            case FolderState.NotChecked _, FolderState.AsLeft _ -> "";
            case FolderState.SetBack _ -> "set back";
            case FolderState.CounterLost _ -> "counter lost";
        };
    }

    /// A few sentences for people; empty if there is nothing to say.
    static String sentence(FolderState state) {
        return switch (state) {
            case FolderState.NotChecked _, FolderState.AsLeft _ -> "";
            case FolderState.SetBack(var from) ->
                "The folder of this vault was set back to an older state (from about " + Verbs.MINUTE.format(from)
                        + "). What was changed since and had not been synchronised is missing here; what the server has"
                        + " comes back with the next synchronisation. If nobody restored a backup, tell your"
                        + " administrator. \"strongroom noted\" ends this message.";
            case FolderState.CounterLost(var from) ->
                "The counter in the security chip that shows when the folder of this vault is set back was erased, or"
                        + " the chip was cleared or exchanged. Whether the folder was set back since about "
                        + Verbs.MINUTE.format(from)
                        + " cannot be told. If nobody worked on the chip, tell your administrator. \"strongroom noted\""
                        + " ends this message.";
        };
    }
}
