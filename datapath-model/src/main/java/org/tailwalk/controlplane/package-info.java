// SPDX-License-Identifier: Apache-2.0
/**
 * What the agent does and both engines receive: policy compiled to map entries, services, the
 * collector. {@link org.tailwalk.controlplane.NodeCompiler} writes a node's first state; what one
 * more map holds at the start is compiled there, so that no engine knows where it came from.
 */
@NullMarked
package org.tailwalk.controlplane;

import org.jspecify.annotations.NullMarked;
