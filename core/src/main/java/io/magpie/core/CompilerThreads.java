package io.magpie.core;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of the JVM that compile once more, and better, what runs often. A server does so for as long as it comes upon
 * what it has not done before, by a tenth of a second of a processor at a time: where it has no other, that is half of what
 * its requests need meanwhile. At nice {@value #NICE} it is a quarter. On Linux; elsewhere nothing happens.
 */
public final class CompilerThreads {
    /** At 10 a server that is asked all it can do from its first second on takes 3 to 5 s more until it can do it, at 5 none. */
    static final int NICE = 5;

    private static final Path THREADS = Path.of("/proc/self/task");
    /** C1, which compiles first and quickly, is not meant: what it has not been over is many times slower. */
    private static final String NAME = "C2 CompilerThre";

    private static final Logger LOGGER = LoggerFactory.getLogger(CompilerThreads.class);

    private CompilerThreads() {}

    /** Has them leave most of the processor to others. Those that the JVM starts later inherit it from the one that starts them. */
    public static void yieldToOthers() {
        if (!Files.isDirectory(THREADS)) {
            return;
        }
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                if (isCompiler(thread)) {
                    CLibrary.setNice(Integer.parseInt(thread.getFileName().toString()), NICE);
                }
            }
        } catch (IOException e) {
            LOGGER.debug("the threads of this process cannot be listed", e);
        }
    }

    private static boolean isCompiler(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip().equals(NAME);
        } catch (IOException e) {
            return false; // it has ended meanwhile
        }
    }
}
