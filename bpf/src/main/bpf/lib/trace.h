// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Trace notifications: a packet passes an observation point. */
#ifndef TAILWALK_TRACE_H
#define TAILWALK_TRACE_H

#include "events.h"
#include "metrics.h"

enum trace_point {
	TRACE_TO_LXC = 0,
	TRACE_TO_PROXY = 1,
	TRACE_TO_HOST = 2,
	TRACE_TO_STACK = 3,
	TRACE_TO_OVERLAY = 4,
	TRACE_FROM_LXC = 5,
	TRACE_FROM_PROXY = 6,
	TRACE_FROM_HOST = 7,
	TRACE_FROM_STACK = 8,
	TRACE_FROM_OVERLAY = 9,
	TRACE_FROM_NETWORK = 10,
	TRACE_TO_NETWORK = 11,
};

/* Why a packet is traced: a conntrack status, or that none is known. */
#define TRACE_REASON_UNKNOWN 5

struct trace_ctx {
	__u8 reason;
	__u32 monitor;
};

struct trace_notify {
	struct notify_capture capture;
	__u32 src_label;
	__u32 dst_label;
	__u16 dst_id;
	__u8 reason;
	__u8 ipv6 : 1, pad : 7;
	__u32 ifindex;
	union {
		__be32 orig_ip4;
		union v6addr orig_ip6;
	};
};

_Static_assert(sizeof(struct trace_notify) == 48, "trace notification layout");

static __always_inline void trace_metrics(const struct __sk_buff *ctx, const enum trace_point point)
{
	switch (point) {
	case TRACE_TO_LXC:
		update_metrics(ctx, METRIC_INGRESS, REASON_FORWARDED);
		break;
	case TRACE_TO_HOST:
	case TRACE_TO_STACK:
	case TRACE_TO_OVERLAY:
	case TRACE_TO_NETWORK:
		update_metrics(ctx, METRIC_EGRESS, REASON_FORWARDED);
		break;
	case TRACE_FROM_HOST:
	case TRACE_FROM_STACK:
		if (!TRACE_COUNTS_FROM_STACK)
			break;
		/* fall through */
	case TRACE_FROM_OVERLAY:
	case TRACE_FROM_NETWORK:
		update_metrics(ctx, METRIC_INGRESS, REASON_PLAINTEXT);
		break;
	case TRACE_FROM_LXC:
	case TRACE_FROM_PROXY:
	case TRACE_TO_PROXY:
		break;
	}
}

/* Aggregation: from 1 on no FROM_ point, from 3 on only what conntrack wants reported. */
static __always_inline bool trace_wanted(const enum trace_point point, __u32 monitor)
{
	if (MONITOR_AGGREGATION >= 1 && point >= TRACE_FROM_LXC && point <= TRACE_FROM_NETWORK)
		return false;
	return MONITOR_AGGREGATION < 3 || monitor != 0;
}

static __always_inline struct trace_notify trace_notify(const struct __sk_buff *ctx, const enum trace_point point,
							 __u32 src, __u32 dst, __u16 dst_id, __u32 ifindex,
							 const struct trace_ctx *trace)
{
	return (struct trace_notify){
		.capture = notify_capture(ctx, NOTIFY_TRACE, point,
					  trace->monitor ? trace->monitor : TRACE_PAYLOAD_LEN),
		.src_label = src,
		.dst_label = dst,
		.dst_id = dst_id,
		.reason = trace->reason,
		.ifindex = ifindex,
	};
}

static __always_inline void send_trace_notify(struct __sk_buff *ctx, const enum trace_point point, __u32 src, __u32 dst,
					      __u16 dst_id, __u32 ifindex, const struct trace_ctx *trace)
{
	trace_metrics(ctx, point);
#ifdef TRACE_NOTIFY
	if (trace_wanted(point, trace->monitor)) {
		struct trace_notify msg = trace_notify(ctx, point, src, dst, dst_id, ifindex, trace);

		notify_emit(ctx, &msg, sizeof(msg), msg.capture.len_cap);
	}
#endif
}

static __always_inline void send_trace_notify4(struct __sk_buff *ctx, const enum trace_point point, __u32 src,
					       __u32 dst, __u16 dst_id, __u32 ifindex, __be32 orig_ip,
					       const struct trace_ctx *trace)
{
	trace_metrics(ctx, point);
#ifdef TRACE_NOTIFY
	if (trace_wanted(point, trace->monitor)) {
		struct trace_notify msg = trace_notify(ctx, point, src, dst, dst_id, ifindex, trace);

		msg.orig_ip4 = orig_ip;
		notify_emit(ctx, &msg, sizeof(msg), msg.capture.len_cap);
	}
#endif
}

static __always_inline void send_trace_notify6(struct __sk_buff *ctx, const enum trace_point point, __u32 src,
					       __u32 dst, __u16 dst_id, __u32 ifindex, const union v6addr *orig_ip,
					       const struct trace_ctx *trace)
{
	trace_metrics(ctx, point);
#ifdef TRACE_NOTIFY
	if (trace_wanted(point, trace->monitor)) {
		struct trace_notify msg = trace_notify(ctx, point, src, dst, dst_id, ifindex, trace);

		msg.ipv6 = 1;
		msg.orig_ip6 = *orig_ip;
		notify_emit(ctx, &msg, sizeof(msg), msg.capture.len_cap);
	}
#endif
}

#endif
