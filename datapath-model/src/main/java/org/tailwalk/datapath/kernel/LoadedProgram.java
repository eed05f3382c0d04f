// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.datapath.kernel;

import org.tailwalk.event.ProgramRef;

/**
 * A program as an instance of one endpoint.
 *
 * @param ref how traces name it
 * @param function the C function it mirrors
 * @param section the ELF section that function stands in
 */
public record LoadedProgram(ProgramRef ref, String function, String section, Program code) {}
