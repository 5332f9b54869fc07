package strongroom.vault.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.DeviceInfo;

@Command(name = "devices", description = "Lists your devices as the server has them.")
final class DevicesCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        Terminal terminal = opened.terminal();
        return opened.withLibrary((client, library) -> {
            for (DeviceInfo device : library.devices()) {
                if (terminal.json()) {
                    JsonLine.write(terminal.out(), object -> object.text(
                                    "id", device.id().toString())
                            .text("name", device.name())
                            .truth("thisOne", device.thisOne())
                            .text("status", device.status())
                            .text("approvalCode", device.approvalCode()));
                } else {
                    terminal.out()
                            .printf(
                                    "%s  %-12s  %s%s%s%n",
                                    device.id(),
                                    device.status(),
                                    device.name(),
                                    device.thisOne() ? " (this one)" : "",
                                    device.waiting() ? "  shows " + device.approvalCode() : "");
                }
            }
            return 0;
        });
    }
}
