package io.magpie.server.data;

import java.io.IOException;
import java.nio.file.Path;

/** A file cannot be used as it is. The message is one line: which file, which row or line, what is wrong, what would fix it. */
public final class DataException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message one line, with the file's name in it
     */
    public DataException(String message) {
        super(message);
    }

    /**
     * @param message one line, with the file's name in it
     * @param cause   what the file system or the unpacker said
     */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Makes one about a row, counted from 0 as ids are when a file brings none. */
    static DataException atRow(Path file, long row, String what) {
        return new DataException(file + " row " + row + " (counted from 0): " + what);
    }

    /** Makes one about a line of text, counted from 1 as editors do. */
    static DataException atLine(Path file, long line, String what) {
        return new DataException(file + " line " + line + ": " + what);
    }
}
