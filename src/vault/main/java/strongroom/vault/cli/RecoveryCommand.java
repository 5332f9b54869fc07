package strongroom.vault.cli;

import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.ClientStatus;
import strongroom.vault.client.EnrolmentState;
import strongroom.vault.client.RecoveryCodes;
import strongroom.vault.client.RecoveryState;
import strongroom.vault.client.VaultClient;
import strongroom.vault.client.VaultClients;

@Command(
        name = "recovery",
        description = "The second way in, for the day when this machine does not open the vault any more.",
        subcommands = {
            RecoveryCommand.Sheet.class,
            RecoveryCommand.Prove.class,
            RecoveryCommand.Open.class,
            RecoveryCommand.Status.class
        })
final class RecoveryCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        throw new ParameterException(spec.commandLine(), "Which one: sheet, prove, open or status?");
    }

    private RootCommand root() {
        return Verbs.parent(root);
    }

    @Command(
            name = "sheet",
            description = "Makes a recovery code, shows it once and asks for it back; then the one before ends.")
    static final class Sheet implements Callable<Integer> {
        @ParentCommand
        private @Nullable RecoveryCommand parent;

        @Override
        public Integer call() throws ClientException {
            RootCommand root = Verbs.parent(parent).root();
            RecoveryState state = root.withClient(client -> make(client, root));
            Terminal terminal = root.terminal();
            if (terminal.json()) {
                JsonLine.write(terminal.out(), object -> object.text("recovery", SecondWay.word(state))
                        .text("sheet", SecondWay.number(state)));
            } else {
                terminal.out().println("The code opens. Sheet " + SecondWay.number(state) + " is the one that counts.");
            }
            return 0;
        }

        private static RecoveryState make(VaultClient client, RootCommand root) throws ClientException {
            char[] pin = root.pin("PIN");
            try {
                Unlocking.open(client, pin.clone());
                SecondWay.make(client, root, pin);
                return client.recovery();
            } finally {
                Arrays.fill(pin, '\0');
            }
        }
    }

    @Command(
            name = "prove",
            description = {
                "Shows that the recovery code still opens; changes nothing but when that was shown last.",
                "With --pin-stdin the code is the second line."
            })
    static final class Prove implements Callable<Integer> {
        @ParentCommand
        private @Nullable RecoveryCommand parent;

        @Override
        public Integer call() throws ClientException {
            RootCommand root = Verbs.parent(parent).root();
            RecoveryState state = root.withClient(client -> {
                Unlocking.open(client, root.pin("PIN"));
                SecondWay.prove(client, root);
                return client.recovery();
            });
            Terminal terminal = root.terminal();
            if (terminal.json()) {
                JsonLine.write(terminal.out(), object -> object.text("proved", SecondWay.number(state)));
            } else {
                terminal.out().println("The code of sheet " + SecondWay.number(state) + " opens. Put it back.");
            }
            return 0;
        }
    }

    @Command(
            name = "open",
            description = {
                "Opens with the recovery code and seals the vault to this machine for a new PIN.",
                "With --code-stdin the code is a line of standard input; with --pin-stdin the new PIN is the next."
            })
    static final class Open implements Callable<Integer> {
        @ParentCommand
        private @Nullable RecoveryCommand parent;

        @Option(names = "--code-stdin", description = "Read the code from a line of standard input.")
        private boolean codeStdin;

        @Override
        public Integer call() throws ClientException {
            RootCommand root = Verbs.parent(parent).root();
            root.withClient(client -> open(client, root));
            ClientStatus status = VaultClients.status(root.home(), root.tpm());
            Terminal terminal = root.terminal();
            if (terminal.json()) {
                JsonLine.write(
                        terminal.out(), object -> object.text("opened", "true").text("assurance", status.assurance()));
            } else {
                terminal.out()
                        .println("Opened. From now on the new PIN opens it, sealed by " + status.assurance()
                                + "; the recovery code stays as it is.");
            }
            return 0;
        }

        private boolean open(VaultClient client, RootCommand root) throws ClientException {
            char[] code = root.terminal().code(codeStdin, "Recovery code");
            char[] pin = {};
            try {
                RecoveryCodes.check(code);
                pin = root.newPin();
                Unlocking.open(client.recover(code, pin));
                return true;
            } finally {
                Arrays.fill(code, '\0');
                Arrays.fill(pin, '\0');
            }
        }
    }

    @Command(name = "status", description = "Says which ways in there are; needs no PIN and may run beside the window.")
    static final class Status implements Callable<Integer> {
        @ParentCommand
        private @Nullable RecoveryCommand parent;

        @Override
        public Integer call() throws ClientException {
            RootCommand root = Verbs.parent(parent).root();
            ClientStatus status = VaultClients.status(root.home(), root.tpm());
            RecoveryState state = status.recovery();
            EnrolmentState enrolment = status.enrolment();
            Terminal terminal = root.terminal();
            if (terminal.json()) {
                JsonLine.write(terminal.out(), object -> object.text("recovery", SecondWay.word(state))
                        .text("sheet", SecondWay.number(state))
                        .text("enrolment", EnrolmentWord.word(enrolment))
                        .text("missing", EnrolmentWord.missing(enrolment))
                        .text("secondShown", EnrolmentWord.shown(enrolment))
                        .truth("proofDue", EnrolmentWord.isDue(enrolment)));
            } else {
                terminal.out().println("Ways in: " + SecondWay.sentence(state));
                String sentence = EnrolmentWord.sentence(enrolment);
                if (!sentence.isEmpty()) {
                    terminal.out().println("Enrolment: " + sentence);
                }
            }
            return 0;
        }
    }
}
