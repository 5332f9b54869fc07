/// Leaving the thread of the window and coming back to it. Depends on nothing of ours but the client's exceptions.
/// Start with {@link strongroom.desktop.work.Work}.
package strongroom.desktop.work;
