package strongroom.vault.cli;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.ClientStatus;
import strongroom.vault.client.ServerPart;
import strongroom.vault.client.VaultClients;

@Command(name = "status", description = "Says where this client stands; needs no PIN and may run beside the window.")
final class StatusCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable RootCommand root;

    @Override
    public Integer call() throws ClientException {
        RootCommand parent = Verbs.parent(root);
        Terminal terminal = parent.terminal();
        ClientStatus status = VaultClients.status(parent.home(), parent.tpm());
        if (terminal.json()) {
            JsonLine.write(terminal.out(), object -> object.text("state", status.state())
                    .text("assurance", status.assurance())
                    .text("pcrs", SealCommand.numbers(status.registers()))
                    .truth("serverAsked", status.server().asked())
                    .text("offlineUntil", Objects.toString(status.server().offlineUntil(), ""))
                    .text("recovery", SecondWay.word(status.recovery()))
                    .text("sheet", SecondWay.number(status.recovery()))
                    .text("enrolment", EnrolmentWord.word(status.enrolment()))
                    .text("missing", EnrolmentWord.missing(status.enrolment()))
                    .text("secondShown", EnrolmentWord.shown(status.enrolment()))
                    .truth("proofDue", EnrolmentWord.isDue(status.enrolment()))
                    .text("folder", FolderWord.word(status.folder()))
                    .text("device", status.device())
                    .text("sync", status.sync())
                    .number("pending", status.pending())
                    .truth("agent", status.agentRuns()));
        } else {
            terminal.out().println("State:     " + status.state());
            terminal.out().println("Sealed by: " + status.assurance());
            if (!status.registers().isEmpty()) {
                terminal.out().println("Bound to:  PCR " + SealCommand.numbers(status.registers()));
            }
            terminal.out().println("Unlocking: " + sentence(status.server()));
            terminal.out().println("Ways in:   " + SecondWay.sentence(status.recovery()));
            String enrolment = EnrolmentWord.sentence(status.enrolment());
            if (!enrolment.isEmpty()) {
                terminal.out().println("Enrolment: " + enrolment);
            }
            terminal.out().println("Device:    " + status.device());
            terminal.out().println("Sync:      " + status.sync());
            terminal.out().println("Waiting:   " + status.pending() + " changes");
            String folder = FolderWord.sentence(status.folder());
            if (!folder.isEmpty()) {
                terminal.out().println("Folder:    " + folder);
            }
        }
        return 0;
    }

    private static String sentence(ServerPart server) {
        if (!server.asked()) {
            return "without the server";
        }
        Instant until = server.offlineUntil();
        return until == null ? "asks the server each time" : "offline until " + Verbs.MINUTE.format(until);
    }
}
