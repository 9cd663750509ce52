package io.magpie.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.server.config.ServerOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** Arguments can be read by everybody on a machine: no command takes a secret as one, only the file that it is in. */
class SecretOptionsTest {
    private static final String SECRET = ".*(token|secret|password|passphrase|key|credential).*";

    @Test
    void shouldTakeNoSecretButAFileOfItWhereverOneIsNeeded() {
        List<ArgSpec> named = new ArrayList<>();
        collect(Main.commandLine(), named);
        assertThat(named).hasSizeGreaterThan(10).allMatch(each -> each.type() == Path.class);
        // Options of the server have a command line of their own: --set KEY=VALUE.
        for (ServerOption option : ServerOption.values()) {
            if (option.key().matches(SECRET)) {
                assertThat(option.key()).isIn("tls.key", "auth.tokens", "audit.key-file");
            }
        }
    }

    private static void collect(CommandLine command, List<ArgSpec> into) {
        command.getCommandSpec().options().stream()
                .filter(option -> String.join(" ", option.names()).matches(SECRET))
                .forEach(into::add);
        command.getSubcommands().values().forEach(each -> collect(each, into));
    }
}
