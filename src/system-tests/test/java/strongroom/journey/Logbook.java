package strongroom.journey;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the journey did: printed as it goes, kept as `journey.json` and one picture a step.
final class Logbook {
    /// One thing that somebody does and everybody can see.
    interface Act {
        /// @return what was seen, in one sentence
        String perform() throws IOException, InterruptedException;
    }

    private record Step(String name, long milliseconds, String seen) {}

    private final Path folder;
    private final PrintStream out;
    private final List<Step> steps = new ArrayList<>();

    Logbook(Path folder, PrintStream out) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.out = out;
    }

    void step(String name, Act act) throws IOException, InterruptedException {
        long start = System.nanoTime();
        String seen;
        try {
            seen = act.perform();
        } catch (IOException | RuntimeException e) {
            out.printf(Locale.ROOT, "  %2d  %-44s failed%n", steps.size() + 1, name);
            throw e;
        }
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        steps.add(new Step(name, milliseconds, seen));
        out.printf(Locale.ROOT, "  %2d  %-44s %7d ms   %s%n", steps.size(), name, milliseconds, seen);
        out.flush();
        write();
    }

    /// What was seen so far, one sentence a step.
    List<String> seen() {
        return steps.stream().map(Step::seen).toList();
    }

    /// Where the picture of a step goes: numbered, so that they lie in order.
    String picture(String name) {
        return folder.resolve(String.format(Locale.ROOT, "%02d-%s.png", steps.size() + 1, name))
                .toAbsolutePath()
                .toString();
    }

    private void write() throws IOException {
        try (var file = Files.newOutputStream(folder.resolve("journey.json"));
                JsonGenerator json = new JsonFactory().createGenerator(file).useDefaultPrettyPrinter()) {
            json.writeStartArray();
            for (Step step : steps) {
                json.writeStartObject();
                json.writeStringField("step", step.name);
                json.writeNumberField("milliseconds", step.milliseconds);
                json.writeStringField("seen", step.seen);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }
}
