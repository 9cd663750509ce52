package io.magpie.server.admin;

/** What the admin port shows. Called by the admin port's thread; must be thread-safe. */
public interface AdminPages {
    /** Returns whether requests are answered: stores recovered, index built, not stopping. */
    boolean isReady();

    /** Returns why it is not ready, or {@code ready}. */
    String state();

    /** Returns all figures in Prometheus' text format. */
    String metrics();

    /** Returns release, Java and transport as one JSON object. */
    String version();
}
