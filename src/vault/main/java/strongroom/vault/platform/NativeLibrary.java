package strongroom.vault.platform;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import org.jspecify.annotations.Nullable;

/// A C library of the operating system. It is opened when something in it is asked for, so that whoever uses
/// one can be loaded on every system, and stays open until the process ends. Safe for several threads.
public final class NativeLibrary {
    private final String file;
    private volatile @Nullable SymbolLookup symbols;

    /// @param file as the loader of this system knows it: `libpam.so.0`
    public NativeLibrary(String file) {
        this.file = file;
    }

    /// A library of Windows, out of its own folder: a name alone is looked for beside the program first, where
    /// others may have put theirs.
    public static NativeLibrary ofWindows(String file) {
        String root = System.getenv().getOrDefault("SystemRoot", "C:\\Windows");
        return new NativeLibrary(root + "\\System32\\" + file);
    }

    /// A framework of macOS.
    public static NativeLibrary ofMac(String framework) {
        return new NativeLibrary("/System/Library/Frameworks/" + framework + ".framework/" + framework);
    }

    /// @throws UnsatisfiedLinkError if there is no such library here, or no such function in it
    public NativeFunction function(String name) {
        return new NativeFunction(name, symbol(name));
    }

    /// The address of a variable.
    ///
    /// @throws UnsatisfiedLinkError if there is no such library here, or no such variable in it
    public MemorySegment symbol(String name) {
        return symbols()
                .find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError(new File(file).getName() + " has no " + name));
    }

    private SymbolLookup symbols() {
        SymbolLookup open = symbols;
        if (open == null) {
            try {
                open = SymbolLookup.libraryLookup(file, Arena.global());
            } catch (IllegalArgumentException e) {
                UnsatisfiedLinkError missing = new UnsatisfiedLinkError("there is no " + file);
                missing.initCause(e);
                throw missing;
            }
            symbols = open;
        }
        return open;
    }
}
