// SPDX-License-Identifier: Apache-2.0
/**
 * The policy lookup (section 4 of the datapath facts): an ordered handful of keys against one
 * endpoint's map. Programs ask it and decide what a verdict means; the entries are compiled by
 * {@code org.tailwalk.controlplane}.
 */
@NullMarked
package org.tailwalk.datapath.policy;

import org.jspecify.annotations.NullMarked;
