// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.elf;

/**
 * Where a program belongs in a program array before the first packet.
 *
 * @param map symbol of the program array
 * @param index slot
 */
public record ProgArraySlot(String map, int index) {}
