import org.jspecify.annotations.NullMarked;

/// The whole client without a pixel: keys, store, lock, orders, synchronisation, the agent and the command line.
@NullMarked
module strongroom.vault {
    requires static org.jspecify;
    requires java.logging;
    requires java.sql;
    requires java.xml;
    requires jdk.net;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.pkix;
    requires java.keyring;
    requires org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.apache.httpcomponents.core5.httpcore5.h2;
    requires org.freedesktop.dbus;
    requires org.apache.lucene.analysis.common;
    requires org.apache.lucene.core;
    requires org.apache.fontbox;
    requires org.apache.pdfbox;
    requires org.apache.pdfbox.io;
    requires org.slf4j;
    requires info.picocli;
    requires com.fasterxml.jackson.core;
    requires com.github.luben.zstd_jni;
    requires strongroom.oprf;
    requires transitive strongroom.protocol;

    exports strongroom.vault.client;
    exports strongroom.vault.platform;
    exports strongroom.vault.cli to
            info.picocli;

    opens strongroom.vault.cli to
            info.picocli;
}
