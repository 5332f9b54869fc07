package strongroom.server;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import strongroom.server.files.PrivateFiles;

/// What an operator may set, in `server.properties`.
///
/// @param hosts DNS names and addresses under which devices know the server
/// @param devicePort TCP port of devices, 0 for any that is free
/// @param adminPort TCP port of enrolment and administrators, 0 for any that is free
record ServerConfig(List<String> hosts, int devicePort, int adminPort) {
    ServerConfig {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("a server has a name");
        }
    }

    static ServerConfig read(Path file) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(file, StandardCharsets.UTF_8)));
        try {
            return new ServerConfig(
                    List.of(properties.getProperty("hosts", "").strip().split("\\s*,\\s*")),
                    Integer.parseInt(properties.getProperty("device-port", "")),
                    Integer.parseInt(properties.getProperty("admin-port", "")));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not a configuration", e);
        }
    }

    void write(Path file) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("hosts", String.join(",", hosts));
        properties.setProperty("device-port", Integer.toString(devicePort));
        properties.setProperty("admin-port", Integer.toString(adminPort));
        StringWriter text = new StringWriter();
        properties.store(text, null);
        PrivateFiles.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
