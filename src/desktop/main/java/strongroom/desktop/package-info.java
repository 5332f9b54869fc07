/// The program: its options and the building of its parts. Depends on everything below.
/// Start with {@link strongroom.desktop.Main}.
package strongroom.desktop;
