package io.magpie.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.magpie.core.fusion.SourceKind;
import org.junit.jupiter.api.Test;

class SourceKindTest {
    @Test
    void shouldReadTheKindOfASourceAndLeaveItUnsaidWhenItIsNotThere() {
        assertThat(SourceConfiguration.parse("bought:1:90d:own").kind()).isEqualTo(SourceKind.OWN);
        assertThat(SourceConfiguration.parse("social:0.5:never:derived"))
                .isEqualTo(new SourceConfiguration("social", 0.5, SourceConfiguration.NEVER, SourceKind.DERIVED));
        assertThat(SourceConfiguration.parse("tags:1:never").kind()).isEqualTo(SourceKind.UNSAID);
    }

    @Test
    void shouldRefuseAKindThatIsNone() {
        for (String bad : new String[] {"a:1:never:", "a:1:never:mine", "a:1:never:own:own", "a:1"}) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> SourceConfiguration.parse(bad))
                    .withMessageContaining("source=" + bad);
        }
    }
}
