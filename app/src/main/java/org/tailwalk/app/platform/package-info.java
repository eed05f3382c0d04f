// SPDX-License-Identifier: Apache-2.0

/**
 * What this machine and user offer: folders, log file, and the checks that {@code doctor} prints.
 * To add a check: see {@link org.tailwalk.app.platform.HostChecks}.
 */
@NullMarked
package org.tailwalk.app.platform;

import org.jspecify.annotations.NullMarked;
