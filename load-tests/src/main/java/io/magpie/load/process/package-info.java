/** A server started as a child process, with the class path and flags that the launcher uses, and stopped again. */
package io.magpie.load.process;
