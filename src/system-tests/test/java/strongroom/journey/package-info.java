/// The whole journey on real parts, played without a person: `./strongroom demo --script`, and the test of it. Start
/// with {@link strongroom.journey.Journey}.
package strongroom.journey;
