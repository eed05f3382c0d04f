// SPDX-License-Identifier: Apache-2.0
/**
 * The endpoint programs, one class per C function (section 2 of the datapath facts). {@link
 * org.tailwalk.datapath.program.EndpointPrograms} builds those that a build has and puts each into
 * its slot: a new one is wired there. {@link org.tailwalk.datapath.program.Node} and {@link
 * org.tailwalk.datapath.program.Endpoint} hold what they share.
 */
@NullMarked
package org.tailwalk.datapath.program;

import org.jspecify.annotations.NullMarked;
