package io.magpie.load.side;

import io.magpie.load.generator.LoadRun;
import java.util.List;

/** Goes on beside the measured load, and says afterwards how it went. Used by the thread that drives the run. */
public interface SideLoad extends LoadRun.Companion {
    /** Nothing goes on. */
    SideLoad NONE = new SideLoad() {
        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public List<String> failures() {
            return List.of();
        }

        @Override
        public List<String> notes() {
            return List.of();
        }
    };

    /** Returns what the server did wrong, in whole sentences. After {@link #stop}. */
    List<String> failures();

    /** Returns what happened, in whole sentences. After {@link #stop}. */
    List<String> notes();
}
