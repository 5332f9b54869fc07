/// Both sides of RFC 9497's VOPRF with P256-SHA256 (mode 0x01), for one input at a time: the steps of the RFC
/// over Bouncy Castle's group and hashes; no primitive of our own, nothing of a wire. Start with {@link
/// strongroom.oprf.BlindedInput} for the client and {@link strongroom.oprf.ServerKey} for the server.
package strongroom.oprf;
