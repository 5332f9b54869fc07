package strongroom.vault.cli;

import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.ClientState;
import strongroom.vault.client.EnrolmentState;
import strongroom.vault.client.Invitation;
import strongroom.vault.client.Problem;
import strongroom.vault.client.RecoveryState;
import strongroom.vault.client.VaultClient;
import strongroom.vault.client.VaultClients;

@Command(name = "enrol", description = "Enrols this machine with the code an administrator gave you.")
final class EnrolCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Option(names = "--server", required = true, paramLabel = "URL", description = "Enrolment address of the server.")
    private URI server = URI.create("");

    @Option(names = "--code", required = true, paramLabel = "CODE", description = "The enrolment code.")
    private String code = "";

    @Option(names = "--name", paramLabel = "NAME", description = "What to call this device.")
    private String name = VaultClients.machineName();

    @Option(
            names = "--recovery-sheet",
            description = "Show a recovery code and ask for it back; the default where a person types the PIN.")
    private boolean sheet;

    @Option(names = "--recovery-later", description = "Make no recovery code now: there is one way in only until then.")
    private boolean later;

    @Override
    public Integer call() throws ClientException {
        RootCommand parent = Verbs.parent(root);
        Terminal terminal = parent.terminal();
        if (sheet && later) {
            throw new ClientException(Problem.USAGE, "--recovery-sheet and --recovery-later exclude each other.");
        }
        return parent.withClient(client -> {
            Invitation invitation = client.inspect(server, code);
            terminal.note(
                    "Enrolling " + name + " for " + invitation.person() + " at " + invitation.organisation() + ".");
            char[] pin = parent.newPin();
            char[] again = pin.clone();
            client.enrol(server, code, name, pin);
            String waits = client.state() instanceof ClientState.Unlocked unlocked && unlocked.approvalCode() != null
                    ? unlocked.approvalCode()
                    : "";
            if (terminal.json()) {
                JsonLine.write(terminal.out(), object -> object.text("person", invitation.person())
                        .text("organisation", invitation.organisation())
                        .text("approvalCode", waits));
            } else {
                terminal.out().println("Enrolled: " + name + " for " + invitation.person() + ".");
                if (!waits.isEmpty()) {
                    terminal.out().println("Approve it on another of your devices if both show these digits: " + waits);
                    terminal.out().println("If you have no other, tell them to your administrators.");
                }
            }
            secondWay(client, parent, again);
            return 0;
        });
    }

    /// The device has enrolled by now, whatever comes of this.
    private void secondWay(VaultClient client, RootCommand parent, char[] pin) {
        Terminal terminal = parent.terminal();
        try {
            if (client.recovery() instanceof RecoveryState.None && wantsSheet(parent)) {
                SecondWay.make(client, parent, pin);
            }
        } catch (ClientException e) {
            terminal.note(e.getMessage());
        } finally {
            Arrays.fill(pin, '\0');
        }
        if (client.recovery() instanceof RecoveryState.None none) {
            terminal.note("This device has " + SecondWay.sentence(none) + ".");
        }
        if (client.enrolment() instanceof EnrolmentState.Unfinished unfinished) {
            terminal.note("Enrolment is " + EnrolmentWord.sentence(unfinished) + ".");
        }
    }

    private boolean wantsSheet(RootCommand parent) {
        return sheet || !later && !parent.pinFromStandardInput();
    }
}
