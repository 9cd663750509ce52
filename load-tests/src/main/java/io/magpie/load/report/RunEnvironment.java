package io.magpie.load.report;

import io.magpie.load.process.Home;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Where a run took place: machine, JVM, commit. What cannot be found out is left out; nothing fails for it. */
public final class RunEnvironment {
    private static final int GIT_SECONDS = 5;

    private RunEnvironment() {}

    /** Finds out. */
    public static Map<String, String> find() {
        Map<String, String> found = new LinkedHashMap<>();
        found.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        put(found, "commit", Home.find().map(RunEnvironment::commit).orElse(null));
        put(found, "processor", field(Path.of("/proc/cpuinfo"), "model name"));
        found.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        put(found, "memory", field(Path.of("/proc/meminfo"), "MemTotal"));
        put(found, "load average", firstLine(Path.of("/proc/loadavg")));
        found.put(
                "system",
                System.getProperty("os.name")
                        + ' '
                        + System.getProperty("os.version")
                        + ' '
                        + System.getProperty("os.arch"));
        found.put("java", System.getProperty("java.vm.name") + ' ' + System.getProperty("java.vm.version"));
        return found;
    }

    /** Returns it as a list of Markdown. */
    public static String markdown(Map<String, String> place) {
        StringBuilder list = new StringBuilder();
        place.forEach((what, value) ->
                list.append("- ").append(what).append(": ").append(value).append('\n'));
        return list.toString();
    }

    private static void put(Map<String, String> found, String key, String value) {
        if (value != null && !value.isBlank()) {
            found.put(key, value);
        }
    }

    private static String firstLine(Path file) {
        try {
            return Files.readAllLines(file).get(0);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static String field(Path file, String name) {
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith(name)) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (IOException | RuntimeException e) {
            return null;
        }
        return null;
    }

    private static String commit(Path home) {
        String commit = git(home, "rev-parse", "--short=12", "HEAD");
        String changed = git(home, "status", "--porcelain", "--untracked-files=no");
        return commit == null ? null : commit + (changed == null || changed.isEmpty() ? "" : " with changes");
    }

    private static String git(Path home, String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
            command.addAll(List.of(arguments));
            Process git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return git.waitFor(GIT_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0 ? said : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
