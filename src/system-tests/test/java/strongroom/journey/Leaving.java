package strongroom.journey;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Ends every process that the demo started, each by its own id, and removes its folder. An agent is nobody's child: it
/// is known by its home, which lies in the folder.
final class Leaving implements Runnable {
    private static final int ROUNDS = 20;
    private static final int SECONDS = 5;

    private final Path folder;
    private volatile boolean begun;

    Leaving(Path folder) {
        this.folder = folder;
    }

    /// Whether it has begun: what fails from then on fails because of it.
    boolean begun() {
        return begun;
    }

    @Override
    public void run() {
        begun = true;
        // Whoever is just being started while the demo is interrupted is met in the next round.
        for (int round = 0; round < ROUNDS && anyEnded(); round++) {}
        try {
            TempFolder.remove(folder);
        } catch (IOException e) {
            System.err.println("strongroom: The folder " + folder + " could not be removed; remove it yourself.");
        }
    }

    private boolean anyEnded() {
        List<ProcessHandle> ours = Stream.concat(ProcessHandle.current().descendants(), Agents.within(folder))
                .toList();
        ours.forEach(ProcessHandle::destroy);
        for (ProcessHandle one : ours) {
            try {
                one.onExit().get(SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException | ExecutionException | InterruptedException e) {
                // The machine is about to stop this process, too: no more waiting.
                one.destroyForcibly();
            }
        }
        return !ours.isEmpty();
    }
}
