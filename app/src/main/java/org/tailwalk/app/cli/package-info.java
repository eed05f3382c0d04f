// SPDX-License-Identifier: Apache-2.0

/**
 * The command line. {@link org.tailwalk.app.cli.CommandLineInterface} is its door: arguments and
 * streams in, exit code out. To add a command: a class with picocli's annotations that gives an
 * {@link org.tailwalk.app.cli.ExitCode}, a line in {@code TailwalkCommand}, a section in
 * docs/commands.md.
 */
@NullMarked
package org.tailwalk.app.cli;

import org.jspecify.annotations.NullMarked;
