package io.magpie.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationLoaderTest {
    @TempDir
    private Path directory;

    @Test
    void shouldTakeDefaultsWhenNothingIsGiven() {
        ServerConfiguration defaults = ConfigurationLoader.defaults();
        assertThat(defaults.listen().port()).isEqualTo(7400);
        assertThat(defaults.listen().adminPort()).isEqualTo(7401);
        assertThat(defaults.listen().address().isLoopbackAddress()).isTrue();
        assertThat(defaults.state().unsetConsentGranted()).isFalse();
        assertThat(defaults.state().sources())
                .extracting(SourceConfiguration::name)
                .containsExactly("social", "payment", "commerce");
        assertThat(defaults.loops().eventLoops()).isPositive();
    }

    @Test
    void shouldLetTheLaterSourceWin() throws IOException {
        Path file = file("magpie { port = 1, dimension = 11, batch = 21, limits.top = 31 }");
        Map<String, String> environment =
                Map.of("MAGPIE_DIMENSION", "12", "MAGPIE_BATCH", "22", "MAGPIE_LIMITS_TOP", "32", "HOME", "/x");
        ServerConfiguration loaded =
                ConfigurationLoader.load(file, environment, Map.of("batch", "23", "limits.top", "33"));
        assertThat(loaded.listen().port()).isEqualTo(1);
        assertThat(loaded.state().dimension()).isEqualTo(12);
        assertThat(loaded.loops().batch()).isEqualTo(23);
        assertThat(loaded.limits().top()).isEqualTo(33);
    }

    @Test
    void shouldReadUnitsAndSources() {
        ServerConfiguration loaded = ConfigurationLoader.load(
                null,
                Map.of(),
                Map.of(
                        "sources", "social:0.5:30d,pay_ment:2:never",
                        "limits.frame-size", "64KiB",
                        "clock-skew", "90s",
                        "unset-consent", "granted",
                        "log.sync", "every-commit"));
        assertThat(loaded.limits().frameBytes()).isEqualTo(65_536);
        assertThat(loaded.state().clockSkew()).isEqualTo(Duration.ofSeconds(90));
        assertThat(loaded.state().unsetConsentGranted()).isTrue();
        assertThat(loaded.state().log().sync()).isEqualTo(ServerConfiguration.LogSync.EVERY_COMMIT);
        assertThat(loaded.state().sources().get(0).halfLifeMillis())
                .isEqualTo(Duration.ofDays(30).toMillis());
        assertThat(loaded.state().sources().get(1).halfLifeMillis()).isEqualTo(SourceConfiguration.NEVER);
    }

    @Test
    void shouldReadAListFromAFile() throws IOException {
        ServerConfiguration loaded =
                ConfigurationLoader.load(file("magpie.sources = [\"a:1:1d\", \"b:1:2d\"]"), Map.of(), Map.of());
        assertThat(loaded.state().sources())
                .extracting(SourceConfiguration::name)
                .containsExactly("a", "b");
    }

    @Test
    void shouldRefuseUnknownKeysInAFile() throws IOException {
        Path file = file("magpie { limits { topp = 5 } }");
        assertThatThrownBy(() -> ConfigurationLoader.load(file, Map.of(), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("unknown option: key=magpie.limits.topp")
                .hasMessageContaining("magpie.conf: 1");
        Path outside = file("port = 5");
        assertThatThrownBy(() -> ConfigurationLoader.load(outside, Map.of(), Map.of()))
                .hasMessageContaining("unknown option: key=port");
    }

    @Test
    void shouldRefuseUnknownKeysOnTheCommandLine() {
        assertRefused("limits.topp", "5", "unknown option: key=limits.topp (from command line)");
    }

    @Test
    void shouldRefuseAMalformedFileInOneLine() throws IOException {
        Path file = file("magpie { port = }\n}\n}");
        assertThatThrownBy(() -> ConfigurationLoader.load(file, Map.of(), Map.of()))
                .hasMessageContaining("malformed")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> ConfigurationLoader.load(directory.resolve("none.conf"), Map.of(), Map.of()))
                .hasMessageContaining("cannot be read: file=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "port;65536;port=65536 is not from 0 to 65535 (from command line)",
                "port;x;port=x is not a whole number (from command line)",
                "dimension;1.5;dimension=1.5 is not a whole number",
                "dimension;0;dimension=0 is not from 1 to 1024",
                "clock-skew;2 weeks long;clock-skew=2 weeks long is not a duration such as",
                "clock-skew;2d;clock-skew=2d is not from 0 to 86400000 ms",
                "limits.frame-size;lots;limits.frame-size=lots is not a size such as",
                "limits.unwritten-hard-size;2000;is not at least limits.unwritten-size=1048576",
                "unset-consent;maybe;unset-consent=maybe is not one of denied, granted",
                "transport;pigeon;transport=pigeon is not one of auto, epoll, nio",
                "bind;no.such.host.invalid;is not an address",
                "bind;0.0.0.0;bind=0.0.0.0 is not loopback",
                "sources;a:1;a source is NAME:WEIGHT:HALFLIFE",
                "sources;a:x:1d;a source's weight is a number",
                "sources;a:-1:1d;a source's weight is from 0",
                "sources;a:1:soon;a source's half-life is a duration",
                "sources;a:1:5;a source's half-life is a second or more",
                "sources;a:1:1d,a:1:1d;free of repeats: name=a",
            })
    void shouldRefuseValuesAndNameThem(String key, String value, String message) {
        assertRefused(key, value, message);
    }

    /** Half of what guards a port guards nothing: what is encrypted is open to all, or tokens can be read on the way. */
    @ParameterizedTest
    @CsvSource({
        "bind,false,false,what is said there is not encrypted",
        "bind,true,false,nobody is asked who they are",
        "bind,false,true,what is said there is not encrypted",
        "admin-bind,false,false,what is said there is not encrypted",
        "admin-bind,true,false,nobody is asked who they are",
        "admin-bind,false,true,what is said there is not encrypted",
    })
    void shouldListenOnLoopbackAloneWithoutBothTlsAndTokens(String key, boolean tls, boolean tokens, String message) {
        Map<String, String> options = secured(key, tls, tokens);
        assertThatThrownBy(() -> ConfigurationLoader.load(null, Map.of(), options))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(key + "=0.0.0.0 is not loopback, and " + message);
        ConfigurationLoader.load(null, Map.of(), secured(key, true, true));
    }

    private static Map<String, String> secured(String key, boolean tls, boolean tokens) {
        Map<String, String> options = new HashMap<>(Map.of(key, "0.0.0.0"));
        if (tls) {
            options.putAll(Map.of("tls.certificate", "server.pem", "tls.key", "server.key"));
        }
        if (tokens) {
            options.put("auth.tokens", "tokens");
        }
        return options;
    }

    @Test
    void shouldListenOpenlyOnlyWhenToldSo() {
        ServerConfiguration loaded =
                ConfigurationLoader.load(null, Map.of(), Map.of("bind", "0.0.0.0", "allow-open-network", "true"));
        assertThat(loaded.listen().address().isAnyLocalAddress()).isTrue();
    }

    private void assertRefused(String key, String value, String message) {
        assertThatThrownBy(() -> ConfigurationLoader.load(null, Map.of(), Map.of(key, value)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("magpie.conf"), content);
    }
}
