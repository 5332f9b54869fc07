package strongroom.vault.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// One JSON object on one line, for machines.
final class JsonLine {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;

    private JsonLine(JsonGenerator json) {
        this.json = json;
    }

    static void write(PrintStream out, Consumer<JsonLine> fields) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(line)) {
            json.writeStartObject();
            fields.accept(new JsonLine(json));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.writeBytes(line.toByteArray());
        out.println();
    }

    JsonLine text(String name, String value) {
        return field(() -> json.writeStringField(name, value));
    }

    JsonLine number(String name, long value) {
        return field(() -> json.writeNumberField(name, value));
    }

    JsonLine truth(String name, boolean value) {
        return field(() -> json.writeBooleanField(name, value));
    }

    <T> JsonLine list(String name, List<T> values, BiConsumer<JsonLine, T> fields) {
        return field(() -> {
            json.writeArrayFieldStart(name);
            for (T value : values) {
                json.writeStartObject();
                fields.accept(this, value);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private interface Write {
        void run() throws IOException;
    }

    private JsonLine field(Write write) {
        try {
            write.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
