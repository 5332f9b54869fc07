package strongroom.vault.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import strongroom.vault.client.ClientException;
import strongroom.vault.client.Library;
import strongroom.vault.client.Problem;
import strongroom.vault.client.Progress;
import strongroom.vault.client.ResidueReport;

/// The second half of `verify --residue`.
final class ResidueSearch {
    private static final List<Charset> ENCODINGS =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

    private ResidueSearch() {}

    /// @param patterns see {@link #patterns} @return the exit code
    static int run(Terminal terminal, Library library, List<byte[]> patterns) throws ClientException {
        ResidueReport report = library.residue(patterns, Progress.NONE);
        if (terminal.json()) {
            JsonLine.write(terminal.out(), object -> object.number("files", report.files())
                    .number("bytes", report.bytes())
                    .number("keyless", report.keyless())
                    .number("keyless_bytes", report.keylessBytes())
                    .list("remains", report.findings(), (item, finding) -> item.text("file", finding.file())
                            .number("position", finding.position())
                            .text("what", finding.what())));
        } else {
            say(terminal, report);
        }
        return report.findings().isEmpty() ? 0 : Problem.RESIDUE.exitCode();
    }

    private static void say(Terminal terminal, ResidueReport report) {
        terminal.out().println("Searched for remains: " + report.files() + " files, " + report.bytes() + " bytes");
        report.findings().forEach(finding -> terminal.out()
                .println("Found: " + finding.file() + " at byte " + finding.position() + ": " + finding.what()));
        if (report.keyless() > 0) {
            terminal.out()
                    .println("Without a key, to be tidied away: " + report.keyless() + " parts of documents, "
                            + report.keylessBytes() + " bytes");
        }
        if (report.findings().isEmpty()) {
            terminal.out().println("Nothing is left of what was destroyed.");
        }
    }

    /// The bytes in which the lines of a file would lie in the store in clear.
    static List<byte[]> patterns(Path planted) throws ClientException {
        try {
            List<byte[]> patterns = new ArrayList<>();
            for (String line : Files.readAllLines(planted)) {
                if (!line.isBlank()) {
                    ENCODINGS.forEach(encoding -> patterns.add(line.getBytes(encoding)));
                }
            }
            return patterns;
        } catch (IOException e) {
            throw new ClientException(
                    Problem.SOURCE_UNREADABLE, "The texts to look for cannot be read from " + planted + ".", e);
        }
    }
}
