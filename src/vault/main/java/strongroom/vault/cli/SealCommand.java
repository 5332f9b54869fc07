package strongroom.vault.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.ClientStatus;
import strongroom.vault.client.Problem;
import strongroom.vault.client.VaultClient;
import strongroom.vault.client.VaultClients;

@Command(
        name = "seal",
        description = {
            "Binds the vault to how this machine is started, or not any more; without options says what it is bound to.",
            "When the machine is started in another way, the PIN opens nothing and the second way in does."
        })
final class SealCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @ArgGroup
    private @Nullable Choice choice;

    /// One of the two.
    static final class Choice {
        @Option(
                names = "--pcrs",
                required = true,
                split = ",",
                paramLabel = "N",
                description = "To what these registers of the TPM have in them now, such as 0,2,4,7: firmware, what it"
                        + " loads, boot loader, secure boot.")
        private @Nullable List<Integer> registers;

        @Option(names = "--no-pcrs", required = true, description = "To none.")
        private boolean none;
    }

    @Override
    public Integer call() throws ClientException {
        RootCommand parent = Verbs.parent(root);
        Choice chosen = choice;
        if (chosen != null) {
            Set<Integer> registers =
                    chosen.none || chosen.registers == null ? Set.of() : new TreeSet<>(chosen.registers);
            parent.withClient(client -> bind(client, parent, registers));
        }
        ClientStatus status = VaultClients.status(parent.home(), parent.tpm());
        if (status.assurance().isEmpty()) {
            throw new ClientException(
                    Problem.NOT_ENROLLED,
                    "No vault is sealed here; \"strongroom status\" says where this client stands.");
        }
        List<Integer> bound = status.registers();
        Terminal terminal = parent.terminal();
        if (terminal.json()) {
            JsonLine.write(terminal.out(), object -> object.text("pcrs", numbers(bound)));
        } else {
            terminal.out()
                    .println(
                            bound.isEmpty()
                                    ? "The vault opens however this machine is started."
                                    : "The vault opens as long as the TPM has the same in PCR " + numbers(bound)
                                            + " as when it was sealed.");
        }
        return 0;
    }

    private static boolean bind(VaultClient client, RootCommand parent, Set<Integer> registers) throws ClientException {
        char[] pin = parent.pin("PIN");
        try {
            Unlocking.open(client, pin.clone());
            Unlocking.open(client.bindToStart(registers, pin));
            return true;
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    static String numbers(List<Integer> registers) {
        return registers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
