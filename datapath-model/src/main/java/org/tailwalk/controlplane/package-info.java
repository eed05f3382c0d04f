// SPDX-License-Identifier: Apache-2.0
/**
 * What the agent does and both engines receive: policy compiled to map entries, services, the
 * collector.
 */
@NullMarked
package org.tailwalk.controlplane;

import org.jspecify.annotations.NullMarked;
