/// Every word the window shows: `messages.properties` and the writing of sizes and dates. No other text is in the code.
/// Depends on nothing. Start with {@link strongroom.desktop.text.Text}.
package strongroom.desktop.text;
