/** Open-loop load generation and its reports. Speaks to a server through the SDK alone. */
package io.magpie.load;
