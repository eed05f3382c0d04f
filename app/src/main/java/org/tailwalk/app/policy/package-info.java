// SPDX-License-Identifier: Apache-2.0
/**
 * How policy was asked about the packet shown: keys in the order of section 4.2 of the datapath
 * facts, the winning entry, and the filter of the scenario behind it.
 */
@NullMarked
package org.tailwalk.app.policy;

import org.jspecify.annotations.NullMarked;
