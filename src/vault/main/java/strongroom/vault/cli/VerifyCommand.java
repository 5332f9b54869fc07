package strongroom.vault.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Problem;
import strongroom.vault.client.Progress;
import strongroom.vault.client.RepairReport;
import strongroom.vault.client.VerifyReport;

@Command(name = "verify", description = "Checks the store on this machine.")
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @Option(names = "--read-data", description = "Read and authenticate every chunk, too.")
    private boolean readData;

    @Option(
            names = "--repair",
            description = "Bring back what is damaged: from this store, else from the server. Makes nothing worse.")
    private boolean repair;

    @Option(
            names = "--residue",
            description = "Search the store's raw files for remains of what was destroyed, and for planted text.")
    private boolean residue;

    @Option(
            names = "--planted",
            paramLabel = "FILE",
            description = "Texts to look for with --residue, one a line, in UTF-8 and UTF-16.")
    private @Nullable Path planted;

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        if (planted != null && !residue) {
            throw new ClientException(Problem.USAGE, "--planted goes with --residue.");
        }
        List<byte[]> patterns = planted == null ? List.of() : ResidueSearch.patterns(planted);
        return opened.withLibrary((client, library) -> {
            VerifyReport report = repair
                    ? repaired(opened.terminal(), library.repair(Progress.NONE))
                    : library.verify(readData, Progress.NONE);
            int damaged = damages(opened.terminal(), report);
            int remains = residue ? ResidueSearch.run(opened.terminal(), library, patterns) : 0;
            return damaged == 0 ? remains : damaged;
        });
    }

    private static VerifyReport repaired(Terminal terminal, RepairReport report) {
        for (RepairReport.Item item : report.repaired()) {
            if (terminal.json()) {
                JsonLine.write(terminal.out(), object -> object.text("repaired", item.what())
                        .text("outcome", item.outcome().name())
                        .text("sentence", item.sentence()));
            } else {
                terminal.out().println(said(item.outcome()) + item.what() + ": " + item.sentence());
            }
        }
        return report.after();
    }

    private static String said(RepairReport.Outcome outcome) {
        return switch (outcome) {
            case MENDED -> "Mended: ";
            case ASKED_FOR -> "Asked for: ";
            case LOST -> "Lost: ";
        };
    }

    private static int damages(Terminal terminal, VerifyReport report) {
        if (terminal.json()) {
            JsonLine.write(terminal.out(), object -> object.number("documents", report.documents())
                    .number("chunks", report.chunks())
                    .truth("clean", report.clean())
                    .list("damages", report.damages(), (item, damage) -> item.text("what", damage.what())
                            .text("sentence", damage.sentence())));
        } else {
            terminal.out().println("Documents checked: " + report.documents() + ", chunks: " + report.chunks());
            report.damages()
                    .forEach(damage -> terminal.out().println("Damaged: " + damage.what() + ": " + damage.sentence()));
            terminal.out().println(report.clean() ? "Nothing is damaged." : "The store is damaged.");
        }
        return report.clean() ? 0 : Problem.STORE_DAMAGED.exitCode();
    }
}
