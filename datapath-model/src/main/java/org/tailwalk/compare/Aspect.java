// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.compare;

/**
 * One line of what differs.
 *
 * @param name {@code CT lookup}, {@code policy}, …
 * @param a A's side in words
 * @param b B's side in words
 */
public record Aspect(String name, String a, String b) {}
