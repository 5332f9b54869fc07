/// Canonical bytes in and out: one encoding per value, every length limited before anything is allocated.
/// Depends on the JDK alone. Start with {@link strongroom.protocol.codec.CanonicalWriter}.
package strongroom.protocol.codec;
