package io.magpie.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/PROTOCOL.md say what the code says: offsets, lengths, numbers, limits. */
class ProtocolDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/PROTOCOL.md");
    private static final Pattern FIELD = Pattern.compile("\\| (\\d+) \\| `(\\w+)` \\| (\\w+ ?\\w*) \\|.*");
    private static final Pattern GROUP = Pattern.compile("Group (\\d+), `(\\w+)` .*");
    private static final Pattern ENTRY_LENGTH = Pattern.compile(".*; entries of (\\d+) bytes:");
    private static final Map<String, Integer> LENGTHS =
            Map.of("uint8", 1, "uint16", 2, "uint32", 4, "uint64", 8, "int64", 8, "float32", 4, "float64", 8);

    private final Map<String, Integer> stated = new TreeMap<>();

    @Test
    void shouldStateEveryOffsetOfEveryMessage() throws IOException {
        String document = Files.readString(DOCUMENT);
        String messages = document.substring(document.indexOf("\n## Messages"), document.indexOf("\n## A client"));
        int sections = 0;
        for (String section : messages.split("\n### ")) {
            String name = section.substring(0, section.indexOf('\n'));
            if (!section.startsWith("\n")) {
                check(name, section);
                sections++;
            }
        }
        assertThat(sections).isEqualTo(35);
    }

    private void check(String name, String section) {
        stated.clear();
        String prefix = "";
        int end = 0;
        for (String line : section.split("\n")) {
            Matcher field = FIELD.matcher(line);
            Matcher group = GROUP.matcher(line);
            if (line.startsWith("Fixed block, ")) {
                String[] lengths = line.replaceAll("\\D+", " ").strip().split(" ");
                stated.put("BLOCK_LENGTH", Integer.valueOf(lengths[0]));
                if (lengths.length > 1) {
                    stated.put("FIRST_BLOCK_LENGTH", Integer.valueOf(lengths[1]));
                }
            } else if (group.matches()) {
                assertThat(end).as(name).isEqualTo(stated.get(lengthName(prefix)));
                String groupName = constantCase(group.group(2));
                stated.put(groupName + "_GROUP", Integer.valueOf(group.group(1)));
                prefix = "";
                Matcher length = ENTRY_LENGTH.matcher(line);
                if (length.matches()) {
                    prefix = groupName;
                    stated.put(groupName + "_ENTRY_LENGTH", Integer.valueOf(length.group(1)));
                    end = 0;
                } else {
                    end = stated.get("BLOCK_LENGTH");
                }
            } else if (field.matches()) {
                int offset = Integer.parseInt(field.group(1));
                assertThat(offset).as(name + " " + line).isEqualTo(end);
                end = offset + length(field.group(3));
                stated.put(prefix + "/" + constantCase(field.group(2)), offset);
            }
        }
        assertThat(stated.values())
                .as(name + " states " + stated)
                .containsExactlyInAnyOrderElementsOf(constants(name).values());
        assertThat(constants(name)).as(name).containsAllEntriesOf(withoutFields());
    }

    private Map<String, Integer> withoutFields() {
        Map<String, Integer> lengths = new TreeMap<>(stated);
        lengths.keySet().removeIf(key -> key.contains("/"));
        return lengths;
    }

    private static String lengthName(String prefix) {
        return prefix.isEmpty() ? "BLOCK_LENGTH" : prefix + "_ENTRY_LENGTH";
    }

    private static int length(String type) {
        return LENGTHS.containsKey(type) ? LENGTHS.get(type) : Integer.parseInt(type.substring(0, type.indexOf(' ')));
    }

    private static Map<String, Integer> constants(String name) {
        try {
            Map<String, Integer> constants = new TreeMap<>();
            for (Field field :
                    Class.forName("io.magpie.protocol." + name + "Descriptor").getFields()) {
                constants.put(field.getName(), field.getInt(null));
            }
            return constants;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static String constantCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toUpperCase(java.util.Locale.ROOT);
    }

    @Test
    void shouldStateEveryVerbStatusAndLimit() throws Exception {
        String document = Files.readString(DOCUMENT);
        for (Field verb : MessageType.class.getFields()) {
            if (verb.getInt(null) != MessageType.NONE) {
                assertThat(document).contains("| " + verb.getInt(null) + " | `" + verb.getName() + "` | ");
            }
        }
        for (Status status : Status.values()) {
            if (status != Status.UNRECOGNISED) {
                assertThat(document).contains("| " + status.code() + " | `" + status + "` | ");
            }
        }
        Stream.of(ProtocolLimits.class.getFields())
                .filter(field -> field.getName().startsWith("MAX_"))
                .forEach(
                        field -> assertThat(document).contains("| `" + field.getName() + "` | " + value(field) + " |"));
    }

    private static int value(Field field) {
        try {
            return field.getInt(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
