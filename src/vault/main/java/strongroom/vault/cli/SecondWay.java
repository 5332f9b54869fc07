package strongroom.vault.cli;

import java.io.PrintStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Problem;
import strongroom.vault.client.RecoverySheet;
import strongroom.vault.client.RecoveryState;
import strongroom.vault.client.SheetResult;
import strongroom.vault.client.UnlockResult;
import strongroom.vault.client.VaultClient;

/// The recovery code on a terminal: shown once, asked back, and nowhere on the disk. Its characters pass
/// through arrays that are filled with zeros.
final class SecondWay {
    private static final int TRIES = 5;

    private SecondWay() {}

    static String sentence(RecoveryState state) {
        return switch (state) {
            case RecoveryState.None _ ->
                "one way in only: this machine with the PIN; \"strongroom recovery sheet\" makes a second one";
            case RecoveryState.Sheet(String number, var made) ->
                "this machine with the PIN, and the code of sheet " + number + " of " + Verbs.MINUTE.format(made);
            case RecoveryState.ByAdministrators _ ->
                "this machine with the PIN and the server; administrators bring keys back";
        };
    }

    static String word(RecoveryState state) {
        return switch (state) {
            case RecoveryState.None _ -> "none";
            case RecoveryState.Sheet _ -> "sheet";
            case RecoveryState.ByAdministrators _ -> "administrators";
        };
    }

    static String number(RecoveryState state) {
        return state instanceof RecoveryState.Sheet sheet ? sheet.number() : "";
    }

    /// Makes a code, shows it and asks it back.
    ///
    /// @param pin zeroed
    /// @throws ClientException `CANCELLED` if it was not typed back: then it does not count
    static void make(VaultClient client, RootCommand parent, char[] pin) throws ClientException {
        switch (client.newRecoveryCode(pin)) {
            case SheetResult.NotShown(UnlockResult why) -> Unlocking.open(why);
            case SheetResult.Shown(RecoverySheet sheet) -> {
                try (sheet) {
                    show(parent.terminal(), sheet);
                    askBack(parent, sheet);
                }
            }
        }
    }

    private static void show(Terminal terminal, RecoverySheet sheet) throws ClientException {
        PrintStream out = terminal.out();
        char[] code = sheet.code();
        if (terminal.json()) {
            out.print("{\"sheet\":\"" + sheet.number() + "\",\"recoveryCode\":\"");
            print(out, code);
            out.println("\"}");
        } else {
            out.println("Recovery sheet " + sheet.number() + " of " + Verbs.MINUTE.format(sheet.made()));
            out.println();
            out.print("    ");
            print(out, code);
            out.println();
            out.println();
            out.println(
                    "Write it on paper and keep it apart from this machine: with it and this machine's disk, anybody"
                            + " reads your documents.");
        }
        out.flush();
    }

    private static void print(PrintStream out, char[] code) {
        for (char symbol : code) {
            out.write(symbol);
        }
        Arrays.fill(code, '\0');
    }

    private static void askBack(RootCommand parent, RecoverySheet sheet) throws ClientException {
        ClientException refusal = refusal(parent, sheet::confirm);
        if (refusal != null) {
            if (refusal.problem() == Problem.CODE_WRONG) {
                parent.terminal().note(refusal.getMessage());
            }
            throw new ClientException(
                    Problem.CANCELLED,
                    "The code of sheet " + sheet.number() + " was not typed back, so it opens nothing.");
        }
    }

    /// Asks for the code that counts, and shows that it opens.
    ///
    /// @throws ClientException `CANCELLED` if nothing was typed, `CODE_WRONG` if the last try was wrong
    static void prove(VaultClient client, RootCommand parent) throws ClientException {
        if (client.recovery() instanceof RecoveryState.None) {
            throw new ClientException(
                    Problem.NO_RECOVERY,
                    "No recovery code was made for this device. \"strongroom recovery sheet\" makes one.");
        }
        ClientException refusal = refusal(parent, client::proveRecoveryCode);
        if (refusal != null) {
            throw refusal;
        }
    }

    /// What is done with a code. It zeroes it.
    @FunctionalInterface
    private interface Use {
        void of(char[] typed) throws ClientException;
    }

    /// Asks for a code until it is right, nothing comes any more, or it was asked for often enough.
    ///
    /// @return what the last try met; null if it was right
    private static @Nullable ClientException refusal(RootCommand parent, Use use) throws ClientException {
        Terminal terminal = parent.terminal();
        ClientException last = null;
        for (int i = 0; i < TRIES; i++) {
            if (last != null && !parent.pinFromStandardInput()) {
                terminal.note(last.getMessage());
            }
            char[] typed = terminal.code(parent.pinFromStandardInput(), "Type the code from the paper");
            if (typed.length == 0) {
                break;
            }
            try {
                use.of(typed);
                return null;
            } catch (ClientException e) {
                if (e.problem() != Problem.CODE_WRONG) {
                    throw e;
                }
                last = e;
            }
        }
        return last == null ? new ClientException(Problem.CANCELLED, "No code was typed.") : last;
    }
}
