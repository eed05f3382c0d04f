// SPDX-License-Identifier: Apache-2.0
/** The terms of the datapath, told in one place: tooltips and lessons take them from here. */
@NullMarked
package org.tailwalk.app.glossary;

import org.jspecify.annotations.NullMarked;
