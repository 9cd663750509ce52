package io.magpie.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The release that a server names is the build's. */
class ReleaseTest {
    @Test
    void shouldBeTheVersionOfTheBuild() throws Exception {
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<artifactId>magpie</artifactId>\n    <version>" + Release.VERSION + "</version>");
    }
}
