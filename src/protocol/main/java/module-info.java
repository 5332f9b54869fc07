import org.jspecify.annotations.NullMarked;

/// What client and server say to each other: records, canonical bytes and signatures. Depends on the JDK alone.
@NullMarked
module strongroom.protocol {
    requires static org.jspecify;

    exports strongroom.protocol;
    exports strongroom.protocol.attest;
    exports strongroom.protocol.codec;
    exports strongroom.protocol.policy;
    exports strongroom.protocol.posture;
    exports strongroom.protocol.share;
}
