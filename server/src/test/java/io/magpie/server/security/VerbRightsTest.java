package io.magpie.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.magpie.protocol.MessageType;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerbRightsTest {
    private static final Path OPERATIONS = Path.of("..", "docs", "OPERATIONS.md");

    private static List<Integer> verbs() throws IllegalAccessException {
        List<Integer> verbs = new ArrayList<>();
        for (Field field : MessageType.class.getFields()) {
            if (field.getType() == int.class
                    && !field.getName().startsWith("RESERVED_")
                    && !field.getName().equals("NONE")) {
                verbs.add(field.getInt(null));
            }
        }
        return verbs;
    }

    @Test
    void shouldListEveryVerb() throws IllegalAccessException {
        assertThat(verbs()).hasSizeGreaterThan(15).allMatch(VerbRights::isListed);
    }

    @Test
    void shouldAskForEverythingWhenAVerbIsNotListed() {
        assertThat(VerbRights.scopes(0x3F)).isEqualTo(Scope.ALL);
        assertThat(VerbRights.scopes(0x7777)).isEqualTo(Scope.ALL);
        assertThat(VerbRights.scopes(-1)).isEqualTo(Scope.ALL);
    }

    @Test
    void shouldBeDocumentedAsTheCodeHasIt() throws IOException, IllegalAccessException {
        List<String> rows = Files.readAllLines(OPERATIONS).stream()
                .dropWhile(line -> !line.startsWith("| verb | scopes |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
        List<String> expected = new ArrayList<>();
        for (int verb : verbs()) {
            int scopes = VerbRights.scopes(verb);
            expected.add("| `" + MessageType.name(verb) + "` | "
                    + (scopes == 0 ? "none" : Scope.labels(scopes).replace(",", " and ")) + " | "
                    + (VerbRights.isAudited(verb) ? "yes" : "") + " |");
        }
        assertThat(rows).containsExactlyInAnyOrderElementsOf(expected);
    }
}
