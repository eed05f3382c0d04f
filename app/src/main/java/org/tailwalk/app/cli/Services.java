// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import org.tailwalk.app.platform.HostChecks;

/**
 * What the commands work with; wired in {@code Main}, replaced in tests.
 *
 * @param checks for the doctor
 */
public record Services(HostChecks checks) {}
