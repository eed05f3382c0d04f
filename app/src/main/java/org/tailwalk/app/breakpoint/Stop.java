// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.breakpoint;

/**
 * A place where a breakpoint stops.
 *
 * @param packet 1-based
 * @param row 0-based aligned step that has just happened
 * @param breakpoint whose; the first in the list when several stop here
 */
public record Stop(int packet, int row, int breakpoint) {}
