// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

/**
 * Two flows that play the same part.
 *
 * @param a index of A's flow; -1 when only B has it
 * @param b index of B's flow; -1 when only A has it
 * @param percent how sure that is, 0 to 100; 0 without a counterpart
 * @param reason why, for people
 */
public record FlowPair(int a, int b, int percent, String reason) {}
