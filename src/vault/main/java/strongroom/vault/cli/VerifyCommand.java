package strongroom.vault.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Problem;
import strongroom.vault.client.Progress;
import strongroom.vault.client.VerifyReport;

@Command(name = "verify", description = "Checks the store on this machine.")
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @Option(names = "--read-data", description = "Read and authenticate every chunk, too.")
    private boolean readData;

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        Terminal terminal = opened.terminal();
        return opened.withLibrary((client, library) -> {
            VerifyReport report = library.verify(readData, Progress.NONE);
            if (terminal.json()) {
                JsonLine.write(terminal.out(), object -> object.number("documents", report.documents())
                        .number("chunks", report.chunks())
                        .truth("clean", report.clean())
                        .list("damages", report.damages(), (item, damage) -> item.text("what", damage.what())
                                .text("sentence", damage.sentence())));
            } else {
                terminal.out().println("Documents checked: " + report.documents() + ", chunks: " + report.chunks());
                report.damages().forEach(damage -> terminal.out()
                        .println("Damaged: " + damage.what() + ": " + damage.sentence()));
                terminal.out().println(report.clean() ? "Nothing is damaged." : "The store is damaged.");
            }
            return report.clean() ? 0 : Problem.STORE_DAMAGED.exitCode();
        });
    }
}
