/** The wire format: layouts and codecs over Netty buffers, written by hand. The server depends on it; it depends on nothing of Magpie. */
package io.magpie.protocol;
