package io.magpie.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands that need no server: how they are launched, and what they say of wrong input. */
class OfflineCommandsTest {
    /** What the class of a command refers to if stores are opened in its own process. */
    private static final List<String> STORES = List.of(
            "io/magpie/core/store/",
            "io/magpie/core/engine/",
            "io/magpie/server/MagpieServer",
            "io/magpie/core/vector/Kernels",
            "io/magpie/server/cli/FolderEngine");

    private static final Pattern FLAGGED = Pattern.compile("(?m)^ *(serve \\|.*)\\) module=server .*flags=magpie ;;$");

    @TempDir
    private Path folder;

    @Test
    void shouldGetTheFlagsOfTheCoreWhenACommandOpensStores() throws IOException {
        Set<String> opening = new TreeSet<>();
        for (var command : Main.commandLine().getSubcommands().entrySet()) {
            if (opensStores(command.getValue())) {
                opening.add(command.getKey());
            }
        }
        Matcher flagged = FLAGGED.matcher(Files.readString(Path.of("../magpie")));
        assertThat(flagged.find()).isTrue();
        assertThat(flagged.group(1).split(" \\| ")).containsExactlyInAnyOrderElementsOf(opening);
    }

    private static boolean opensStores(CommandLine command) throws IOException {
        Class<?> type = command.getCommandSpec().userObject().getClass();
        // A class names what it uses, as it is, among its constants.
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            String constants = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            if (STORES.stream().anyMatch(constants::contains)) {
                return true;
            }
        }
        for (CommandLine each : command.getSubcommands().values()) {
            if (opensStores(each)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void shouldNameWhatIsMissingWhenAnAuditLogIsNotThere() throws IOException {
        assertRefused(1, "no such audit log", "audit", "verify", folder.resolve("nowhere"));
        assertRefused(1, "--key-file", "audit", "verify", folder);
        assertRefused(1, "--key-file", "audit", "subject", "--profile", 7, "--key-file", folder.resolve("nowhere"));
    }

    @Test
    void shouldRefuseWhenRestoredRoomIsNoRoom() {
        for (String option : new String[] {"--profiles", "--items"}) {
            assertRefused(
                    2,
                    option + " needs 1 or more",
                    "restore",
                    folder.resolve("snapshot"),
                    "--to",
                    folder.resolve("to"),
                    "--without-erasures",
                    option,
                    -5);
        }
        assertThat(folder.resolve("to")).doesNotExist();
    }

    @Test
    void shouldRefuseWhenThereIsNoPlaceForTheCopyThatIsVerified() {
        assertRefused(2, "--work needs a directory", "verify", folder, "--work", folder.resolve("nowhere"));
    }

    private static void assertRefused(int exitCode, String said, Object... arguments) {
        CommandLineRun run = CommandLineRun.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.errLines())
                .singleElement()
                .asString()
                .startsWith("magpie: ")
                .contains(said);
    }
}
