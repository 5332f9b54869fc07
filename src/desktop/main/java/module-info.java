import org.jspecify.annotations.NullMarked;

/// The window: JavaFX views and view models over the client's door.
@NullMarked
module strongroom.desktop {
    requires static org.jspecify;
    requires java.desktop;
    requires java.logging;
    requires javafx.base;
    requires javafx.controls;
    requires javafx.graphics;
    requires atlantafx.base;
    requires org.kordamp.ikonli.core;
    requires org.kordamp.ikonli.javafx;
    requires org.kordamp.ikonli.feather;
    requires org.apache.fontbox;
    requires org.apache.pdfbox;
    requires org.apache.pdfbox.io;
    requires org.slf4j;
    requires strongroom.protocol;
    requires strongroom.vault;

    exports strongroom.desktop to
            javafx.graphics;
}
