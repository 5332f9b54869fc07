package strongroom.desktop.succession;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import strongroom.desktop.work.Later;
import strongroom.vault.platform.NativeLibrary;
import strongroom.vault.platform.OperatingSystem;

/// Lets a window come up in the place of another one while somebody works in a third. JavaFX asks for the focus with
/// every window that it shows, and shows it above all others; GTK, which it is made of on Linux, can be told to do
/// neither (Extended Window Manager Hints 1.5, `_NET_WM_USER_TIME`). Windows and macOS do not let a program in the
/// background take the focus. On the thread of the window.
public final class Unobtrusive {
    private static final Logger LOG = LoggerFactory.getLogger(Unobtrusive.class);
    private static final NativeLibrary GTK = new NativeLibrary("libgtk-3.so.0");
    private static final NativeLibrary GDK = new NativeLibrary("libgdk-3.so.0");
    private static final NativeLibrary GLIB = new NativeLibrary("libgobject-2.0.so.0");

    /// The window manager has answered by then what JavaFX asked of it.
    private static final Duration ANSWERED = Duration.ofMillis(250);

    private static final int FALSE = 0;
    private static final int TRUE = 1;

    private static final MemorySegment REALIZED = Hook.code((_, _, values, _) -> realized(values));

    private static MemorySegment fresh = MemorySegment.NULL;

    private Unobtrusive() {}

    /// Shows a window without taking the focus, right below another one, which is about to go.
    ///
    /// @param show shows it @param other its number at the X server; 0 to leave it where it comes up
    public static void show(Runnable show, long other, Later later) {
        if (OperatingSystem.current() != OperatingSystem.LINUX) {
            show.run();
            return;
        }
        fresh = MemorySegment.NULL;
        try {
            tellOfTheNextWindow();
        } catch (LinkageError | RuntimeException e) {
            LOG.warn("the lock screen may take the focus: {}", e.getClass().getSimpleName());
        }
        show.run();
        MemorySegment window = fresh;
        if (!window.equals(MemorySegment.NULL)) {
            if (other != 0) {
                putBelow(window, other);
            }
            later.after(
                    ANSWERED, () -> GTK.function("gtk_window_set_accept_focus").callVoid(window, TRUE));
        }
    }

    /// The number of this program's window at the X server; 0 where there is none.
    static long number() {
        if (OperatingSystem.current() != OperatingSystem.LINUX) {
            return 0;
        }
        try {
            MemorySegment list = GTK.function("gtk_window_list_toplevels").callPointer();
            long found = 0;
            // GList: data, next, previous
            for (MemorySegment at = list; !at.equals(MemorySegment.NULL) && found == 0; ) {
                MemorySegment cell = at.reinterpret(3 * ValueLayout.ADDRESS.byteSize());
                MemorySegment window = cell.get(ValueLayout.ADDRESS, 0);
                if (GTK.function("gtk_widget_get_mapped").callInt(window) != FALSE) {
                    found = number(window);
                }
                at = cell.get(ValueLayout.ADDRESS, ValueLayout.ADDRESS.byteSize());
            }
            new NativeLibrary("libglib-2.0.so.0").function("g_list_free").callVoid(list);
            return found;
        } catch (LinkageError | RuntimeException e) {
            return 0;
        }
    }

    private static long number(MemorySegment window) {
        MemorySegment surface = GTK.function("gtk_widget_get_window").callPointer(window);
        return GDK.function("gdk_x11_window_get_xid").callLong(surface);
    }

    private static void putBelow(MemorySegment window, long other) {
        MemorySegment display = GDK.function("gdk_display_get_default").callPointer();
        MemorySegment surface = GTK.function("gtk_widget_get_window").callPointer(window);
        MemorySegment theirs =
                GDK.function("gdk_x11_window_foreign_new_for_display").callPointer(display, other);
        if (theirs.equals(MemorySegment.NULL)) {
            // It is gone, and nobody can say any more what lay above it.
            GDK.function("gdk_window_lower").callVoid(surface);
        } else {
            GDK.function("gdk_window_restack").callVoid(surface, theirs, FALSE);
        }
    }

    /// A hook at the signal by which every window of GTK's gets its window at the X server, before it is mapped.
    private static void tellOfTheNextWindow() {
        long type = GTK.function("gtk_window_get_type").callLong();
        try (Arena arena = Arena.ofConfined()) {
            int signal = GLIB.function("g_signal_lookup").callInt(arena.allocateFrom("realize"), type);
            GLIB.function("g_signal_add_emission_hook")
                    .callLong(signal, 0, REALIZED, MemorySegment.NULL, MemorySegment.NULL);
        }
    }

    private static int realized(MemorySegment values) {
        try {
            MemorySegment window = GLIB.function("g_value_peek_pointer").callPointer(values);
            GTK.function("gtk_window_set_focus_on_map").callVoid(window, FALSE);
            GTK.function("gtk_window_set_accept_focus").callVoid(window, FALSE);
            fresh = window;
        } catch (RuntimeException | Error e) {
            // An exception that leaves a call from C ends the process without a word.
            LOG.warn("the lock screen may take the focus: {}", e.getClass().getSimpleName());
        }
        // Not for the windows after this one.
        return FALSE;
    }

    /// `GSignalEmissionHook` of GLib.
    @FunctionalInterface
    private interface Hook {
        MethodType TYPE = MethodType.methodType(
                int.class, MemorySegment.class, int.class, MemorySegment.class, MemorySegment.class);

        FunctionDescriptor SIGNATURE = FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS);

        @SuppressWarnings("UnusedMethod") // called from C
        int emitted(MemorySegment hint, int count, MemorySegment values, MemorySegment data);

        static MemorySegment code(Hook hook) {
            try {
                MethodHandle emitted = MethodHandles.lookup()
                        .findVirtual(Hook.class, "emitted", TYPE)
                        .bindTo(hook);
                return Linker.nativeLinker().upcallStub(emitted, SIGNATURE, Arena.global());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("the method is in this very interface", e);
            }
        }
    }
}
