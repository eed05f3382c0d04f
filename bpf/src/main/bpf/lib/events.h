// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* What all notifications share: headers, capture length, the perf ring. */
#ifndef TAILWALK_EVENTS_H
#define TAILWALK_EVENTS_H

#include "ctx.h"
#include "maps.h"
#include "static_data.h"

enum notify_type {
	NOTIFY_DROP = 1,
	NOTIFY_DEBUG_MSG = 2,
	NOTIFY_DEBUG_CAPTURE = 3,
	NOTIFY_TRACE = 4,
	NOTIFY_POLICY_VERDICT = 5,
};

#define NOTIFY_CAPTURE_VERSION 1

struct notify_common {
	__u8 type;
	__u8 subtype;
	__u16 source;
	__u32 hash;
};

struct notify_capture {
	struct notify_common common;
	__u32 len_orig;
	__u16 len_cap;
	__u16 version;
};

_Static_assert(sizeof(struct notify_capture) == 16, "notification header");

static __always_inline struct notify_common notify_common(const struct __sk_buff *ctx, __u8 type, __u8 subtype)
{
	return (struct notify_common){
		.type = type,
		.subtype = subtype,
		.source = lxc_id(),
		.hash = ctx->hash,
	};
}

static __always_inline struct notify_capture notify_capture(const struct __sk_buff *ctx, __u8 type, __u8 subtype,
							     __u32 max_len)
{
	__u32 len = ctx->len;

	return (struct notify_capture){
		.common = notify_common(ctx, type, subtype),
		.len_orig = len,
		.len_cap = len < max_len ? len : max_len,
		.version = NOTIFY_CAPTURE_VERSION,
	};
}

/* The first len_cap bytes of the packet follow the structure in the ring. */
static __always_inline void notify_emit(struct __sk_buff *ctx, void *msg, __u32 size, __u16 len_cap)
{
	perf_event_output(ctx, &cilium_events, (__u64)len_cap << 32 | BPF_F_CURRENT_CPU, msg, size);
}

#endif
