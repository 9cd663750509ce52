package io.magpie.server.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lays the sources of options over each other, the later one wins: {@code reference.conf}, a file, the environment, the
 * command line. Refuses unknown keys. Not thread-safe; used once at start.
 */
public final class ConfigurationLoader {
    private static final String REFERENCE = "reference.conf";

    private Config layered;

    private ConfigurationLoader(Config layered) {
        this.layered = layered;
    }

    /**
     * Reads and validates all options.
     *
     * @param file        HOCON file, or null for none
     * @param environment variables; those that {@link ServerOption#variable()} names are taken, others are not looked at
     * @param commandLine values by {@link ServerOption#key()}
     * @throws ConfigurationException if a key is unknown, a value malformed or out of range, or the file cannot be read
     */
    public static ServerConfiguration load(
            Path file, Map<String, String> environment, Map<String, String> commandLine) {
        ConfigurationLoader loader = new ConfigurationLoader(
                ConfigFactory.parseResources(ConfigurationLoader.class.getClassLoader(), REFERENCE));
        if (file != null) {
            loader.layered = parse(file).withFallback(loader.layered);
        }
        for (ServerOption option : ServerOption.values()) {
            String value = environment.get(option.variable());
            if (value != null) {
                loader.set(option, value, "environment " + option.variable());
            }
        }
        commandLine.forEach((key, value) -> {
            ServerOption option = ServerOption.ofKey(key);
            if (option == null) {
                throw unknown(key, "command line");
            }
            loader.set(option, value, "command line");
        });
        return ServerConfiguration.of(loader);
    }

    /** Returns the defaults alone. */
    public static ServerConfiguration defaults() {
        return load(null, Map.of(), Map.of());
    }

    private static Config parse(Path file) {
        if (!Files.isReadable(file)) {
            throw new ConfigurationException("the configuration file cannot be read: file=" + file + " (--config)");
        }
        Config parsed;
        try {
            parsed = ConfigFactory.parseFile(
                            file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
                    .resolve();
        } catch (ConfigException e) {
            throw new ConfigurationException("the configuration file is malformed: " + oneLine(e.getMessage()), e);
        }
        for (Map.Entry<String, ConfigValue> entry : parsed.entrySet()) {
            List<String> path = ConfigUtil.splitPath(entry.getKey());
            String key = String.join(".", path.subList(1, path.size()));
            if (!path.get(0).equals(ServerOption.ROOT) || ServerOption.ofKey(key) == null) {
                throw unknown(entry.getKey(), entry.getValue().origin().description());
            }
        }
        return parsed;
    }

    private void set(ServerOption option, String value, String origin) {
        layered = layered.withValue(option.path(), ConfigValueFactory.fromAnyRef(value, origin));
    }

    long number(ServerOption option) {
        long value = read(option, "a whole number", () -> {
            // A fraction would be cut off silently.
            double exact = layered.getDouble(option.path());
            if (exact != Math.rint(exact)) {
                throw new ConfigException.BadValue(option.path(), "not whole");
            }
            return layered.getLong(option.path());
        });
        return inRange(option, value);
    }

    int integer(ServerOption option) {
        return Math.toIntExact(number(option));
    }

    long size(ServerOption option) {
        long value = read(
                option,
                "a size such as 65536, 64KiB or 1MiB",
                () -> layered.getMemorySize(option.path()).toBytes());
        return inRange(option, value);
    }

    Duration duration(ServerOption option) {
        Duration value = read(option, "a duration such as 500ms, 30s or 5m", () -> layered.getDuration(option.path()));
        inRange(option, value.toMillis());
        return value;
    }

    boolean enabled(ServerOption option) {
        return read(option, "true or false", () -> layered.getBoolean(option.path()));
    }

    String text(ServerOption option) {
        return read(option, "text", () -> layered.getString(option.path()));
    }

    List<String> list(ServerOption option) {
        return read(option, "a list", () -> {
            if (layered.getValue(option.path()).valueType() == ConfigValueType.STRING) {
                return splitAtCommas(layered.getString(option.path()));
            }
            return layered.getStringList(option.path());
        });
    }

    private static List<String> splitAtCommas(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            parts.add(part.trim());
        }
        return parts;
    }

    ConfigurationException refused(ServerOption option, String takes) {
        ConfigValue value = layered.getValue(option.path());
        return new ConfigurationException(option.key() + "=" + value.unwrapped() + " is not " + takes + " (from "
                + value.origin().description() + ")");
    }

    private <T> T read(ServerOption option, String takes, java.util.function.Supplier<T> reader) {
        try {
            return reader.get();
        } catch (ConfigException | ArithmeticException e) {
            throw refused(option, takes);
        }
    }

    private long inRange(ServerOption option, long value) {
        if (value < option.min() || value > option.max()) {
            String unit = option.kind() == ServerOption.Kind.DURATION ? " ms" : "";
            throw refused(option, "from " + option.min() + " to " + option.max() + unit);
        }
        return value;
    }

    private static ConfigurationException unknown(String key, String origin) {
        return new ConfigurationException(
                "unknown option: key=" + key + " (from " + origin + "); docs/OPERATIONS.md lists them all");
    }

    private static String oneLine(String message) {
        return message.replace('\n', ' ');
    }
}
