// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Conntrack's words: direction, status, tuple flags. */
#ifndef TAILWALK_CONNTRACK_DEFS_H
#define TAILWALK_CONNTRACK_DEFS_H

#include "metrics.h"

enum ct_dir {
	CT_EGRESS = 0,
	CT_INGRESS = 1,
	CT_SERVICE = 2,
};

enum ct_status {
	CT_NEW = 0,
	CT_ESTABLISHED = 1,
	CT_REPLY = 2,
	CT_RELATED = 3,
	CT_REOPENED = 4,
};

enum ct_action {
	ACTION_UNSPEC = 0,
	ACTION_CREATE = 1,
	ACTION_CLOSE = 2,
};

enum tuple_flag {
	TUPLE_F_OUT = 0,
	TUPLE_F_IN = 1,
	TUPLE_F_RELATED = 2,
	TUPLE_F_SERVICE = 4,
};

static __always_inline __u8 ct_metrics_dir(const enum ct_dir dir)
{
	return dir == CT_INGRESS ? METRIC_INGRESS : dir == CT_EGRESS ? METRIC_EGRESS : METRIC_SERVICE;
}

/* The flags of the first of two lookups, which asks for the opposite direction. */
static __always_inline __u8 ct_lookup_flags(const enum ct_dir dir)
{
	return dir == CT_INGRESS ? TUPLE_F_OUT : dir == CT_EGRESS ? TUPLE_F_IN : TUPLE_F_SERVICE;
}

static __always_inline bool ct_is_reply(int ct_status)
{
	return ct_status == CT_REPLY || ct_status == CT_RELATED;
}

#endif
