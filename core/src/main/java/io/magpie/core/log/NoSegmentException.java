package io.magpie.core.log;

import java.io.IOException;

/** The log needs another segment and cannot make one: the disk is full, or cannot be written. Nothing was appended. */
public final class NoSegmentException extends IOException {
    private static final long serialVersionUID = 1L;

    NoSegmentException(IOException cause) {
        super("no segment of the update log can be made: " + cause, cause);
    }
}
