/// The records that client and server exchange, the identifiers they use and the signatures that bind them.
/// Depends on `codec` and the JDK alone. Start with {@link strongroom.protocol.Signed}.
package strongroom.protocol;
