package strongroom.vault.cli;

import strongroom.vault.client.EnrolmentState;

/// What is said of an enrolment, and of how long ago the second way in was shown to open.
final class EnrolmentWord {
    private EnrolmentWord() {}

    /// One word for machines; empty if nobody can tell.
    static String word(EnrolmentState state) {
        return switch (state) {
            case EnrolmentState.NotKnown _ -> "";
            case EnrolmentState.Unfinished _ -> "unfinished";
            case EnrolmentState.Finished _ -> "finished";
        };
    }

    /// What keeps it from being finished, for machines; empty if nothing does.
    static String missing(EnrolmentState state) {
        return switch (state) {
            case EnrolmentState.NotKnown _, EnrolmentState.Finished _ -> "";
            case EnrolmentState.Unfinished(var missing) ->
                switch (missing) {
                    case SECOND_WAY -> "second way";
                    case PROOF_OF_CODE -> "proof of code";
                    case KEYS_FOR_ADMINISTRATORS -> "keys for administrators";
                    case PIN -> "pin";
                };
        };
    }

    /// When the second way was shown last, for machines; empty if it was not.
    static String shown(EnrolmentState state) {
        return state instanceof EnrolmentState.Finished finished
                ? finished.shown().toString()
                : "";
    }

    static boolean isDue(EnrolmentState state) {
        return state instanceof EnrolmentState.Finished finished && finished.due();
    }

    /// For people; empty if there is nothing to say.
    static String sentence(EnrolmentState state) {
        return switch (state) {
            case EnrolmentState.NotKnown _ -> "";
            case EnrolmentState.Unfinished(var missing) ->
                "not finished: "
                        + switch (missing) {
                            case SECOND_WAY -> "a second way in is missing";
                            case PROOF_OF_CODE ->
                                "the recovery code was not shown to open what lies on this disk now; \"strongroom"
                                        + " recovery prove\" does it";
                            case KEYS_FOR_ADMINISTRATORS ->
                                "your keys were not left for your administrators yet. That happens in an unlocked"
                                        + " vault, as soon as the server answers; if it does not, tell them: there may"
                                        + " be no recovery key";
                            case PIN -> "your PIN has not opened the vault since the device enrolled";
                        };
            case EnrolmentState.Finished(var shown, boolean due) ->
                "finished; the second way in was shown last on " + Verbs.MINUTE.format(shown)
                        + (due
                                ? ". Show that your recovery code still opens: \"strongroom recovery prove\" asks for it"
                                : "");
        };
    }
}
