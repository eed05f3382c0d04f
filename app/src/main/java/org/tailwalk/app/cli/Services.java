// SPDX-License-Identifier: Apache-2.0
package org.tailwalk.app.cli;

import org.tailwalk.app.platform.HostChecks;

/**
 * What the commands work with; wired in {@code Main}, replaced in tests.
 *
 * @param engines for replay and verify
 * @param window opens it
 * @param display whether there is one to open it on
 * @param checks for the doctor
 */
public record Services(Engines engines, WindowOpener window, boolean display, HostChecks checks) {}
