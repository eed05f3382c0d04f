// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.bpf.host;

/**
 * The kernel's own numbers of what a session loaded, for a tool that opens it from outside.
 *
 * @param program the program's id
 * @param log the trace log's map id, 0 when the session has none
 * @param events the event map's id, 0 when the session has none
 */
public record KernelIds(int program, int log, int events) {}
