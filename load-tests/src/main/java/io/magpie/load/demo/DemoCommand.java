package io.magpie.load.demo;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code magpie demo}. */
@Command(name = "demo", mixinStandardHelpOptions = true, description = "The first run of a newcomer.")
public final class DemoCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new IllegalStateException("demo is not there yet");
    }
}
