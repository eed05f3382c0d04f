// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

/**
 * A variable of a data section.
 *
 * @param name symbol
 * @param map the section, which is also the name of its map
 * @param offset bytes from the section's beginning
 * @param size bytes
 */
public record DataVariable(String name, String map, int offset, int size) {}
