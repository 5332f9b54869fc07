import org.jspecify.annotations.NullMarked;

/// The function that client and server compute together: the server learns nothing of the input, the client
/// nothing of the key (RFC 9497, VOPRF with P256-SHA256). Depends on Bouncy Castle alone.
@NullMarked
module strongroom.oprf {
    requires static org.jspecify;
    requires org.bouncycastle.provider;

    exports strongroom.oprf;
}
