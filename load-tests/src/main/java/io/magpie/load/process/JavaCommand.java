package io.magpie.load.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the launcher starts a module's main class: the same flags, the same class path, the Java that runs this. */
public final class JavaCommand {
    private static final int FIRST_WITH_MORE_FLAGS = 24;

    private JavaCommand() {}

    /**
     * Returns the command up to and with the main class; arguments may be added.
     *
     * @throws IOException if the module is not built
     */
    public static List<String> of(Path home, String module, String mainClass) throws IOException {
        Path target = home.resolve(module).resolve("target");
        Path jar = target.resolve("magpie-" + module + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new IOException("not built: " + jar + " is missing: start it by ./magpie, which builds it");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + home.resolve("jvm/magpie.options"));
        if (Runtime.version().feature() >= FIRST_WITH_MORE_FLAGS) {
            command.add("@" + home.resolve("jvm/jdk24.options"));
        }
        String more = System.getenv("MAGPIE_JAVA");
        if (more != null && !more.isBlank()) {
            command.addAll(List.of(more.strip().split("\\s+")));
        }
        command.add("-cp");
        command.add(jar + File.pathSeparator + target.resolve("lib") + File.separator + "*");
        command.add(mainClass);
        return command;
    }
}
