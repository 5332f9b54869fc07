/// How every part of the server says no: the protocol's refusal and a sentence for people. Depends on the protocol
/// alone. Start with {@link strongroom.server.refusal.RefusedException}.
package strongroom.server.refusal;
