package io.magpie.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerOptionTest {
    private static final Path OPERATIONS = Path.of("..", "docs", "OPERATIONS.md");

    private final Config reference = ConfigFactory.parseResources("reference.conf");

    @Test
    void shouldHaveADefaultForEveryOptionAndNoOtherKey() {
        List<String> keys = new ArrayList<>();
        for (Map.Entry<String, ConfigValue> entry : reference.entrySet()) {
            keys.add(entry.getKey());
        }
        assertThat(keys)
                .containsExactlyInAnyOrder(Arrays.stream(ServerOption.values())
                        .map(ServerOption::path)
                        .toArray(String[]::new));
    }

    @Test
    void shouldBeDocumentedAsTheCodeHasIt() throws IOException {
        List<String> rows = Files.readAllLines(OPERATIONS).stream()
                .dropWhile(line -> !line.startsWith("| option | default |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(
                        Arrays.stream(ServerOption.values()).map(this::row).toList());
    }

    private String row(ServerOption option) {
        ConfigValue value = reference.getValue(option.path());
        String shown = value.valueType() == ConfigValueType.LIST
                ? String.join(", ", reference.getStringList(option.path()))
                : value.unwrapped().toString();
        List<String> comments = value.origin().comments();
        String line = comments.get(comments.size() - 1).trim().replace("|", "\\|");
        return "| `" + option.key() + "` | `" + shown + "` | " + option.unit() + " | " + line + " |";
    }
}
