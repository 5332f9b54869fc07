package strongroom.vault.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.DeviceInfo;
import strongroom.vault.client.Problem;

@Command(name = "approve", description = "Hands your keys to a new device of yours that waits for them.")
final class ApproveCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Opened parent;

    @Parameters(paramLabel = "DEVICE", description = "Id or name, as `devices` prints it.")
    private String wanted = "";

    @Option(
            names = "--digits",
            required = true,
            paramLabel = "DIGITS",
            description = "The digits on the new device's own screen.")
    private String digits = "";

    @Override
    public Integer call() throws ClientException {
        Opened opened = Verbs.parent(parent);
        return opened.withLibrary((client, library) -> {
            for (DeviceInfo device : library.devices()) {
                if (!device.id().toString().equals(wanted) && !device.name().equals(wanted)) {
                    continue;
                }
                if (!device.waiting()) {
                    throw new ClientException(Problem.NOT_FOUND, "That device does not wait for approval.");
                }
                if (!device.approvalCode().replace(" ", "").equals(digits.replaceAll("[\\s-]", ""))) {
                    throw new ClientException(
                            Problem.CHANNEL_DENIED,
                            "The digits are not those of the device the server shows. Do not approve it; tell your"
                                    + " administrator.");
                }
                library.approve(device.id());
                opened.terminal().note("Approved.");
                return 0;
            }
            throw new ClientException(Problem.NOT_FOUND, "You have no device called " + wanted + ".");
        });
    }
}
