package strongroom.server.db;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/// Gives Flyway the migrations by name. Its own search of the class path finds nothing inside a named module, and
/// would run any script that somebody adds to the path.
final class Migrations implements ResourceProvider {
    private static final List<String> NAMES = List.of(
            "V1__organisation_devices_vaults_orders.sql",
            "V2__shares.sql",
            "V3__recovery.sql",
            "V4__posture.sql",
            "V5__policies.sql",
            "V6__self_destruction.sql");

    @Override
    // Flyway's interface says by null that there is no such script.
    public @Nullable LoadableResource getResource(String name) {
        return NAMES.contains(name) ? new Script(name) : null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return NAMES.stream()
                .filter(name ->
                        name.startsWith(prefix) && Arrays.stream(suffixes).anyMatch(name::endsWith))
                .<LoadableResource>map(Script::new)
                .toList();
    }

    private static final class Script extends LoadableResource {
        private final String name;

        private Script(String name) {
            this.name = name;
        }

        @Override
        public Reader read() {
            InputStream script = Migrations.class.getResourceAsStream(name);
            if (script == null) {
                throw new IllegalStateException("the program lacks its migration " + name);
            }
            return new InputStreamReader(script, StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return name;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return name;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return name;
        }
    }
}
