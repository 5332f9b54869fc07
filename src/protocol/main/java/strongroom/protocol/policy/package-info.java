/// What administrators lay down for all laptops: numbered, signed, carried by the server, kept by each device, which
/// never goes back to a lower number. Depends on `protocol`. Start with
/// {@link strongroom.protocol.policy.SignedPolicy}.
package strongroom.protocol.policy;
