// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.instrument;

/**
 * Bytes inside a trace record.
 *
 * @param offset from the record's beginning (the site id is at 0)
 * @param size bytes recorded; less than the whole where {@code TraceSite} says so
 */
public record Field(int offset, int size) {}
