import org.jspecify.annotations.NullMarked;

/// The server: enrolment, the logs and chunks of vaults, orders and the administrators' command line. It sees
/// ciphertext and public keys only.
@NullMarked
module strongroom.server {
    requires static org.jspecify;
    // JDBI's classes carry its annotations.
    requires static com.google.errorprone.annotations;
    requires com.fasterxml.jackson.core;
    requires com.zaxxer.hikari;
    // JDBI is an automatic module and cannot say that it needs this one.
    requires io.leangen.geantyref;
    requires flyway.core;
    requires info.picocli;
    requires java.logging;
    requires java.net.http;
    requires java.sql;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    requires org.eclipse.jetty.alpn.server;
    requires org.eclipse.jetty.http2.server;
    requires org.eclipse.jetty.server;
    requires org.jdbi.v3.core;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires strongroom.oprf;
    requires transitive strongroom.protocol;

    exports strongroom.server;

    // picocli sets the fields of commands by reflection.
    opens strongroom.server to
            info.picocli;
}
